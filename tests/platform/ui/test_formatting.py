from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from duban.kernel.period import Period
from duban.platform.ui import formatting


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (Decimal("1234.5"), "", "1,234.50"),
        (Decimal("-1234.555"), "", "−1,234.56"),
        (Decimal("1234.5"), "CNY", "¥1,234.50"),
        (Decimal("-0.5"), "CNY", "−¥0.50"),
        (Decimal("-0.001"), "", "0.00"),
        (7, "CHF", "CHF 7.00"),
        (None, "CNY", "–"),
        ("", "", "–"),
        ("abc", "", "–"),
        (Decimal("NaN"), "", "–"),
    ],
)
def test_money(value: object, currency: str, text: str) -> None:
    assert formatting.money(value, currency) == text


def test_fen_is_hundredths() -> None:
    assert formatting.fen(123450) == "1,234.50"
    assert formatting.fen(None) == "–"


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("en", 2_860_000, "¥2.86M"),
        ("en", 61_420, "¥61.4k"),
        ("en", -61_420, "−¥61.4k"),
        ("en", 420, "¥420"),
        ("zh-hans", 2_860_000, "¥286.0万"),
        ("zh-hans", 286_000_000, "¥2.86亿"),
        ("zh-hans", None, "–"),
    ],
)
def test_compact_money(language: str, value: object, text: str) -> None:
    with translation.override(language):
        assert formatting.compact_money(value) == text


def test_percent_of_ratio() -> None:
    assert formatting.percent(Decimal("0.9414")) == "94.1%"
    assert formatting.percent(Decimal("0.9414"), 2) == "94.14%"
    assert formatting.percent(None) == "–"


def test_fixed_rounds_half_up_and_signs() -> None:
    assert formatting.fixed(Decimal("80.25"), 1) == "80.3"
    assert formatting.fixed(1.1, 1, plus=True) == "+1.1"
    assert formatting.fixed(0, 1, plus=True) == "0.0"
    assert formatting.fixed(-9.8, 1, plus=True) == "−9.8"


def test_day_and_minute_are_local() -> None:
    moment = datetime(2026, 10, 31, 20, 5, tzinfo=UTC)
    assert formatting.day(moment) == "2026-11-01"
    assert formatting.minute(moment) == "2026-11-01 04:05"
    assert formatting.day(date(2026, 10, 31)) == "2026-10-31"
    assert formatting.day(None) == formatting.minute(None) == "–"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (date(2026, 10, 31), "Oct 2026", "2026年10月"),
        ("2026-10", "Oct 2026", "2026年10月"),
        (Period.parse("2026Q4"), "Q4 2026", "2026年第4季度"),
        (None, "–", "–"),
    ],
)
def test_month(value: date | Period | str | None, english: str, chinese: str) -> None:
    assert formatting.month(value) == english
    with translation.override("zh-hans"):
        assert formatting.month(value) == chinese

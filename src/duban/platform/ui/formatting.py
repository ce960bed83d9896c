"""How numbers, money and times look on a page. Rounding here is for the eye only; amounts are rounded where they are made."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils import timezone
from django.utils.translation import get_language, pgettext

from duban.kernel.period import Period, PeriodKind

NOTHING = "–"
MINUS = "−"
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "HKD": "HK$"}


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def fixed(value: object, places: int, *, plus: bool = False) -> str:
    """`value` with thousands separated and `places` decimals, half up; `–` for nothing, a true minus for negatives."""
    number = _decimal(value)
    if number is None or not number.is_finite():
        return NOTHING
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else "+" if plus and rounded > 0 else ""
    return f"{sign}{abs(rounded):,.{places}f}"


def money(value: object, currency: str = "") -> str:
    """An amount to the fen, with the sign of its currency if one is named."""
    text = fixed(value, 2)
    symbol = SYMBOLS.get(currency, f"{currency} " if currency else "")
    if text == NOTHING or not symbol:
        return text
    return f"{MINUS}{symbol}{text[1:]}" if text.startswith(MINUS) else f"{symbol}{text}"


def fen(value: object) -> str:
    """An amount held in fen (hundredths), shown in yuan."""
    number = _decimal(value)
    return NOTHING if number is None else money(number / 100)


def compact_money(value: object, currency: str = "CNY") -> str:
    """A large amount in few signs: millions and thousands in English, 万 and 亿 in Chinese."""
    number = _decimal(value)
    if number is None:
        return NOTHING
    steps = ((10**8, "亿"), (10**4, "万")) if (get_language() or "").startswith("zh") else ((10**6, "M"), (10**3, "k"))
    symbol = SYMBOLS.get(currency, "")
    sign = MINUS if number < 0 else ""
    for size, unit in steps:
        if abs(number) >= size:
            places = 2 if size > 10**5 else 1
            return f"{sign}{symbol}{fixed(abs(number) / size, places)}{unit}"
    return f"{sign}{symbol}{fixed(abs(number), 0)}"


def percent(value: object, places: int = 1) -> str:
    """A ratio as a percentage."""
    number = _decimal(value)
    return NOTHING if number is None else f"{fixed(number * 100, places)}%"


def day(value: date | datetime | None) -> str:
    """A date as 2026-10-31, in local time."""
    return NOTHING if value is None else f"{_local(value):%Y-%m-%d}"


def minute(value: datetime | None) -> str:
    """A moment as 2026-11-05 09:12, in local time."""
    return NOTHING if value is None else f"{_local(value):%Y-%m-%d %H:%M}"


def month(value: date | Period | str | None) -> str:
    """A month or quarter in the reader's language."""
    if value is None or value == "":
        return NOTHING
    period = _period_of(value)
    if period.kind is PeriodKind.QUARTER:
        return pgettext("quarter", "Q{index} {year}").format(year=period.year, index=period.index)
    name = f"{period.index}月" if _is_chinese() else f"{period.start:%b}"
    return pgettext("month", "{name} {year}").format(year=period.year, name=name)


def _period_of(value: date | Period | str) -> Period:
    if isinstance(value, str):
        return Period.parse(value)
    return value if isinstance(value, Period) else Period.month_of(value)


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value

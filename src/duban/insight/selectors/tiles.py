"""The five figures on top of the cockpit, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from duban.insight.domain.page import CardRow, CockpitFigures
from duban.insight.selectors.addresses import address
from duban.kernel.period import Period
from duban.platform.ui import formatting


@dataclass(frozen=True)
class Tile:
    """One figure with its unit, its change, a note, and the list it leads to."""

    label: str
    value: str
    url: str
    unit: str = ""
    delta: str = ""
    delta_tone: str = ""
    note: str = ""
    note_tone: str = ""


def tiles(page: CockpitFigures, month: Period) -> Sequence[Tile]:
    """Score, money, findings, presence, expiry."""
    return (_score(page, month), _money(page, month), _findings(page), _presence(page, month), _expiry(page))


def counted(rows: Sequence[CardRow]) -> str:
    """How much the page speaks of, in one line."""
    return _("{estates} estates · {services} service lines · {vendors} vendors · {lines} contract lines").format(
        estates=len({row.estate_id for row in rows}),
        services=len({row.service_line for row in rows}),
        vendors=len({row.vendor for row in rows}),
        lines=len(rows),
    )


def _score(page: CockpitFigures, month: Period) -> Tile:
    change = page.score_change
    return Tile(
        label=_("Mean score by fee"),
        value="–" if page.score is None else f"{page.score}",
        url=address("scorecards:list", period=month.code),
        delta="" if change is None else f"{'▲' if change >= 0 else '▼'} {abs(change)}",
        delta_tone="good" if change is not None and change >= 0 else "bad",
        note=_("{unscored} of {lines} lines with insufficient data").format(
            unscored=page.unscored_count, lines=page.line_count
        ),
    )


def _money(page: CockpitFigures, month: Period) -> Tile:
    money = page.money
    return Tile(
        label=_("Payable of base fees"),
        value=formatting.compact_money(money.payable),
        url=address("settlement:list", period=month.code),
        delta="" if money.payable_share is None else formatting.percent(money.payable_share),
        delta_tone="neutral",
        note=_("deducted ¥{amount}").format(amount=formatting.money(money.deducted)),
    )


def _findings(page: CockpitFigures) -> Tile:
    late = page.findings.overdue
    return Tile(
        label=_("Findings not closed"),
        value=f"{page.findings.unsettled:,}",
        url=address("inspections:findings"),
        note=_("{count} overdue").format(count=late),
        note_tone="bad" if late else "good",
    )


def _presence(page: CockpitFigures, month: Period) -> Tile:
    return Tile(
        label=_("Posts manned"),
        value="–" if page.presence is None else formatting.percent(page.presence),
        url=address("attendance:list", month=month.code),
        note=_("slots present of slots due"),
    )


def _expiry(page: CockpitFigures) -> Tile:
    expiry = page.expiry
    return Tile(
        label=_("Ending within 90 days"),
        value=f"{expiry.contracts}",
        unit=_("contracts"),
        url=address("contracts:calendar"),
        delta=_("{count} certificates").format(count=expiry.certificates),
        delta_tone="neutral",
        note=_("{count} past their notice day").format(count=expiry.past_notice) if expiry.past_notice else "",
        note_tone="warning",
    )

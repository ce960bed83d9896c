"""The cockpit put together from its figures."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.insight.domain.movements import Movement, main_causes, movements, weighted_mean
from duban.insight.domain.page import CardRow, CockpitFigures, Slip
from duban.insight.selectors import figures
from duban.insight.selectors.addresses import address, addresses
from duban.insight.selectors.language import reader_language
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.platform.ui.charts import HeatCell, Heatmap

SLIPS_SHOWN = 6


def cockpit(actor: Actor, month: Period, today: date) -> tuple[CockpitFigures, list[CardRow]]:
    """Figures of one month for everything the actor sees, and the cards they rest on."""
    rows = figures.card_rows(actor, month)
    this_month = month.start.isoformat()
    now = [row for row in rows if row.period_start == this_month]
    last = [row for row in rows if row.period_start == month.previous().start.isoformat()]
    score, before = weighted_mean(figures.line_scores(now)), weighted_mean(figures.line_scores(last))
    return (
        CockpitFigures(
            score=score,
            score_change=score - before if score is not None and before is not None else None,
            line_count=len(now),
            unscored_count=sum(row.score is None for row in now),
            money=figures.money_totals(actor, month),
            findings=figures.finding_totals(actor, today),
            presence=figures.monthly_shares(actor, figures.PRESENCE, month, months=1).get(month.code),
            expiry=figures.expiry_totals(actor, today),
            slips=_slips(now, [row for row in rows if row.period_start != this_month]),
        ),
        now,
    )


def heatmap(rows: Sequence[CardRow]) -> Heatmap:
    """Estate × service line, coloured by score; a card without a score is hatched, a missing line stays empty."""
    estates = list(dict.fromkeys(row.estate for row in rows))
    services = list(dict.fromkeys(row.service_line for row in sorted(rows, key=lambda row: row.service_line)))
    names = {key: _service_name(key) for key in services}
    url = addresses("scorecards:detail")
    cells = [
        HeatCell(
            column=row.estate,
            row=names[row.service_line],
            value=row.score,
            url=url(row.code),
            hint=row.vendor,
        )
        for row in rows
    ]
    return Heatmap(columns=estates, rows=list(names.values()), cells=cells)


def _slips(now: Sequence[CardRow], earlier: Sequence[CardRow]) -> list[Slip]:
    by_line = {row.line_id: row for row in now}
    worst = movements(figures.line_scores(now), figures.line_scores(earlier))[:SLIPS_SHOWN]
    latest_before = {row.line_id: row.card_id for row in sorted(earlier, key=lambda row: row.period_start)}
    wanted = [by_line[move.line_id].card_id for move in worst]
    wanted += [latest_before[move.line_id] for move in worst if move.line_id in latest_before]
    losses = figures.indicator_losses(wanted)
    names = figures.indicator_names(wanted, reader_language())
    return [
        _slip(
            move,
            by_line[move.line_id],
            [
                names.get(key, key)
                for key in main_causes(
                    losses.get(by_line[move.line_id].card_id, []), losses.get(latest_before.get(move.line_id, 0), [])
                )
            ],
        )
        for move in worst
    ]


def _slip(move: Movement, row: CardRow, causes: Sequence[str]) -> Slip:
    name = f"{row.vendor} · {row.estate} {_service_name(row.service_line)}"
    reasons = ("、" if reader_language() == "zh" else ", ").join(causes)
    return Slip(name, address("scorecards:detail", row.code), move.score, move.change, reasons or _("no single cause"))


def _service_name(key: str) -> str:
    return _(SERVICE_LINE_LABELS[key])

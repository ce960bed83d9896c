"""Tables of one inspector's page; every figure carries the address of the checks it was made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.contracts.selectors.options import line_label
from duban.inspections.models import Reinspection
from duban.inspections.selectors.calibration import CalibrationPage, Report
from duban.inspections.selectors.calibration_evidence import Stratum
from duban.inspections.views.calibration_figures import Tile
from duban.inspections.views.calibration_words import Figures, few_pairs, inspector_url, signed, span
from duban.kernel.period import Period
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge, Crumb, Link


@dataclass(frozen=True)
class StratumRow:
    """One line in one quarter: own share, share of the others, difference in points."""

    line: str
    quarter: str
    url: str
    total: int
    rate: str
    others_total: int
    others_rate: str
    difference: str


@dataclass(frozen=True)
class EffectRow:
    """A month or a vendor: checks, effect with interval, what the effect is worth."""

    name: str
    url: str
    checks: int
    effect: str
    badge: Badge | None = None


@dataclass(frozen=True)
class TwiceLine:
    """One visit that was checked again."""

    code: str
    url: str
    line: str
    second: str
    checks: int
    agreed: int


def checks_url(person: str, **query: str) -> str:
    """Address of an inspector's checks, narrowed by the filters of that list."""
    address = reverse("inspections:calibration_checks", args=[person])
    return f"{address}?{urlencode(query)}" if query else address


def person_crumbs(page: CalibrationPage, person: str) -> list[Crumb]:
    """The way back from one inspector."""
    return [Crumb(_("Inspector calibration"), reverse("inspections:calibration")), Crumb(page.people[person])]


def evidence_frame(page: CalibrationPage, person: str, title: str) -> dict[str, object]:
    """What the lists behind an inspector's figures share."""
    back = [
        Link(page.people[person], inspector_url(person)),
        Link(_("Inspector calibration"), reverse("inspections:calibration")),
    ]
    return {"title": title, "links": back, "actions": []}


def person_tiles(person: str, figures: Report) -> list[Tile]:
    """The figures of one inspector at a glance, each with its address."""
    own = figures["inspectors"]
    shared = _("{count} on shared lines").format(count=own["shared"])
    return [
        Tile(_("Checks"), f"{own['checks']:,}", shared, checks_url(person)),
        _leniency_tile(own["effect"]),
        _spread_tile(person, figures["sameness"]),
        _agreement_tile(figures["agreements"]),
    ]


def _leniency_tile(effect: Figures | None) -> Tile:
    if effect is None:
        return Tile(_("Leniency (points)"), "–", _("not enough data"), "#strata")
    return Tile(_("Leniency (points)"), signed(effect["value"]), span(effect), "#strata")


def _spread_tile(person: str, same: Figures | None) -> Tile:
    value = f"{same['ratio']:.2f} ×" if same and same["ratio"] is not None else "–"
    note = _("1 × is as the others; {count} visits").format(count=same["visits"] if same else 0)
    return Tile(_("Spread of the visits"), value, note, reverse("inspections:calibration_visits", args=[person]))


def _agreement_tile(twice: Figures | None) -> Tile:
    label, kappa = _("Agreement (kappa)"), twice["kappa"] if twice else None
    if twice is None or kappa is None:
        return Tile(label, "–", few_pairs(twice or {"reason": "", "pairs": 0}), "#twice")
    return Tile(label, f"{kappa['value']:.2f}", _("{count} checks made twice").format(count=twice["pairs"]), "#twice")


def stratum_rows(person: str, strata: Sequence[Stratum]) -> list[StratumRow]:
    """Lines and quarters, the largest difference first, those where nobody else was last."""

    def weight(one: Stratum) -> tuple[bool, float]:
        return one.others_rate is None, -abs(one.rate - (one.others_rate or 0.0))

    return [_stratum(person, one) for one in sorted(strata, key=weight)]


def _stratum(person: str, one: Stratum) -> StratumRow:
    days = Period.parse(one.quarter)
    others = one.others_rate
    return StratumRow(
        line=line_label(one.line),
        quarter=one.quarter,
        url=checks_url(person, line=str(one.line.pk), day_from=days.start.isoformat(), day_to=days.end.isoformat()),
        total=one.total,
        rate=formatting.percent(one.rate),
        others_total=one.others_total,
        others_rate=formatting.percent(others) if others is not None else "",
        difference=signed(one.rate - others) if others is not None else "",
    )


def month_rows(person: str, figures: Report) -> list[EffectRow]:
    """Leniency month by month."""
    found = figures["drifts"]["points"] if figures["drifts"] else []
    return [_month(person, point) for point in found]


def _month(person: str, point: Figures) -> EffectRow:
    days = Period.parse(point["month"])
    url = checks_url(person, day_from=days.start.isoformat(), day_to=days.end.isoformat())
    return EffectRow(point["month"], url, point["checks"], span(point["effect"]))


def vendor_rows(page: CalibrationPage, person: str, figures: Report) -> list[EffectRow]:
    """What lies beyond line and inspector, vendor by vendor."""
    return [
        EffectRow(
            name=page.vendors.get(one["vendor"], one["vendor"]),
            url=checks_url(person, vendor=one["vendor"]),
            checks=one["checks"],
            effect=span(one["effect"]) if one["effect"] else "",
            badge=Badge(_("Stands out"), "bad") if one["is_marked"] else None,
        )
        for one in figures["favours"]
    ]


def twice_lines(tasks: Sequence[Reinspection]) -> list[TwiceLine]:
    """Visits of the inspector that somebody else checked again."""
    return [
        TwiceLine(
            code=task.code,
            url=reverse("inspections:reinspection", args=[task.code]),
            line=line_label(task.visit.line),
            second=task.inspector.name,
            checks=getattr(task, "checks", 0),
            agreed=getattr(task, "agreed", 0),
        )
        for task in tasks
    ]

"""What the pages say about comparisons of inspectors, in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duban.inspections.domain.calibration.kappa import reading as kappa_word
from duban.inspections.selectors.calibration import CalibrationPage, Report
from duban.platform.ui.charts import Forest, HeatCell, Heatmap, Series, Threshold, Trend
from duban.platform.ui.components import Badge, Crumb, Link

POINTS = 100
WIDEST = 10
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Tile:
    """One figure at the top."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class InspectorRow:
    """One inspector in the table."""

    name: str
    url: str
    checks: int
    shared: int
    effect: str
    badge: Badge


@dataclass(frozen=True)
class StepRow:
    """One step of the trace."""

    label: str
    rule: str
    result: str


def points(value: float) -> float:
    """Parts of the pass rate as points with one decimal; never a negative zero."""
    return round(value * POINTS, 1) + 0.0


def signed(value: float) -> str:
    """A difference with its sign: `+1.8`, `−0.4`."""
    return f"{points(value):+.1f}".replace("-", "−")


def span(effect: Figures) -> str:
    """An estimate with its interval: `+1.8 (+0.9 … +2.7)`."""
    return f"{signed(effect['value'])} ({signed(effect['low'])} … {signed(effect['high'])})"


def comparison_links() -> list[Link]:
    """Where to go from here."""
    return [Link(_("Checks made twice"), reverse("inspections:reinspections")), Link(_("Visits"), reverse("inspections:list"))]


def inspector_crumbs(page: CalibrationPage, person: str) -> list[Crumb]:
    """The way back from one inspector."""
    return [Crumb(_("Inspector calibration"), reverse("inspections:calibration")), Crumb(page.people[person])]


def calibration_tiles(page: CalibrationPage) -> list[Tile]:
    """How much was compared, and what came out, at a glance."""
    report = page.report
    marked = sum(bool(one["mark"]) for one in report["inspectors"])
    favours = sum(one["is_marked"] for one in report["favours"])
    agreement = report["agreement"]
    kappa = agreement["kappa"]
    return [
        Tile(_("Checks compared"), f"{report['checks']:,}", _("{count} lines and quarters").format(count=report["strata"])),
        Tile(_("Marked as lenient or strict"), f"{marked}", _("of {count} inspectors").format(count=len(page.people))),
        Tile(_("Favours that stand out"), f"{favours}", _("inspector and vendor")),
        Tile(
            _("Agreement (kappa)"),
            f"{kappa['value']:.2f}" if kappa else "–",
            _(kappa_word(kappa["value"])) if kappa else few_pairs(agreement),
        ),
    ]


def few_pairs(agreement: Figures) -> str:
    """Why there is no kappa."""
    if agreement["reason"] == "constant":
        return _("every answer was the same: chance explains it")
    return _("not enough data: {count} of 30 checks made twice").format(count=agreement["pairs"])


def readings(page: CalibrationPage) -> list[tuple[str, str]]:
    """What stands out, in sentences with their tone; or that nothing does."""
    found = [sentence for one in page.report["inspectors"] for sentence in _about_leniency(page, one) if one["mark"]]
    found += [_about_favour(page, one) for one in page.report["favours"] if one["is_marked"]]
    found += [sentence for one in page.report["sameness"] for sentence in _about_sameness(page, one)]
    found += [_about_drift(page, one) for one in page.report["drifts"] if one["is_marked"]]
    groups = page.report["components"]
    if len(groups) > 1:
        found.append((_("{count} groups of inspectors share no line with each other; they cannot be compared across groups: {groups}.").format(
            count=len(groups), groups=" | ".join(", ".join(page.people[name] for name in names) for names in groups)), "warning"))  # fmt: skip
    return found or [(_("Nothing stands out: all differences are within what chance explains."), "good")]


def inspector_reading(page: CalibrationPage, person: str, figures: Report) -> list[tuple[str, str]]:
    """Everything the comparison says of one inspector, in sentences."""
    found = _about_leniency(page, figures["inspectors"])
    found += [_about_favour(page, one) for one in figures["favours"] if one["is_marked"]]
    found += _about_sameness(page, figures["sameness"], is_whole=True) if figures["sameness"] else []
    if figures["drifts"] and figures["drifts"]["slope"]:
        found.append(_about_drift(page, figures["drifts"]))
    agreement = figures["agreements"]
    if agreement and agreement["kappa"]:
        told = _("Second inspectors agree with {name}: kappa {value} over {count} checks, {word}.")
        kappa = agreement["kappa"]["value"]
        words = {
            "name": page.people[person],
            "value": f"{kappa:.2f}",
            "count": agreement["pairs"],
            "word": _(kappa_word(kappa)),
        }
        found.append((told.format(**words), "neutral"))
    elif agreement:
        found.append((_("Agreement: {reason}.").format(reason=few_pairs(agreement)), "neutral"))
    return found


def _about_leniency(page: CalibrationPage, one: Figures) -> list[tuple[str, str]]:
    name = page.people[one["inspector"]]
    if one["effect"] is None:
        reason = (
            _("shares no line and quarter with anybody")
            if one["reason"] == "alone"
            else _("only {count} checks on shared lines").format(count=one["shared"])
        )
        return [(_("{name}: not enough data to compare, {reason}.").format(name=name, reason=reason), "neutral")]
    told = {
        "lenient": _("{name} is lenient: passes {points} of 100 checks more than the others on the same lines."),
        "severe": _("{name} is strict: passes {points} of 100 checks fewer than the others on the same lines."),
    }.get(
        one["mark"], _("{name} measures like the others: {points} of 100 checks apart, within chance or too little to matter.")
    )
    value = f"{abs(points(one['effect']['value'])):.1f}"
    return [(told.format(name=name, points=value), "warning" if one["mark"] else "good")]


def _about_favour(page: CalibrationPage, one: Figures) -> tuple[str, str]:
    told = (
        _("{name} finds little at {vendor}: {points} of 100 checks more pass there than elsewhere explains ({span}).")
        if one["effect"]["value"] > 0
        else _("{name} finds much at {vendor}: {points} of 100 checks fewer pass there than elsewhere explains ({span}).")
    )
    words = {"name": page.people[one["inspector"]], "vendor": page.vendors.get(one["vendor"], one["vendor"])}
    value = f"{abs(points(one['effect']['value'])):.1f}"
    return told.format(**words, points=value, span=span(one["effect"])), "bad"


def _about_sameness(page: CalibrationPage, one: Figures, *, is_whole: bool = False) -> list[tuple[str, str]]:
    name, found = page.people[one["inspector"]], []
    if one["is_narrow"]:
        told = _(
            "{name}'s visits vary {times} times less than those of the others: as if one figure were written for everybody."
        )
        found.append((told.format(name=name, times=f"{1 / max(one['ratio'], 0.01):.1f}"), "bad"))
    if one["is_copied"]:
        told = ngettext(
            "{name} handed in the very same failures on {count} visit.", "{name} handed in the very same failures on {count} visits.",
            one["repeats"],
        )  # fmt: skip
        found.append((told.format(name=name, count=one["repeats"]), "bad"))
    if is_whole and not found:
        found.append((_("{name}'s visits vary as those of the others do.").format(name=name) if one["ratio"] is not None
                      else _("Not enough visits to say how much they vary."), "neutral"))  # fmt: skip
    return found


def _about_drift(page: CalibrationPage, one: Figures) -> tuple[str, str]:
    name, slope = page.people[one["inspector"]], one["slope"]
    if not one["is_marked"]:
        return _("{name} shows no drift over the months.").format(name=name), "good"
    told = _("{name} grows more lenient by {points} points a month.") if slope["value"] > 0 else _(
        "{name} grows stricter by {points} points a month."
    )  # fmt: skip
    return told.format(name=name, points=f"{abs(slope['value'] * POINTS):.2f}"), "warning"


def inspector_rows(page: CalibrationPage) -> list[InspectorRow]:
    """The table: every inspector with figures, the not comparable ones last."""
    labels = {
        "lenient": Badge(_("Lenient"), "warning"),
        "severe": Badge(_("Strict"), "warning"),
        "": Badge(_("Like the others"), "good"),
    }
    return [
        InspectorRow(
            name=page.people[one["inspector"]],
            url=_url(one["inspector"]),
            checks=one["checks"],
            shared=one["shared"],
            effect=span(one["effect"]) if one["effect"] else "",
            badge=labels[one["mark"]] if one["effect"] else Badge(_("Not enough data")),
        )
        for one in page.report["inspectors"]
    ]


def forest_chart(page: CalibrationPage) -> Forest:
    """Leniency with intervals; who cannot be compared stands there without a figure."""
    rows: Sequence[Figures] = page.report["inspectors"]
    figures = [[points(one["effect"][key]) if one["effect"] else None for one in rows] for key in ("value", "low", "high")]
    return Forest(
        labels=[page.people[one["inspector"]] for one in rows],
        values=figures[0],
        lows=figures[1],
        highs=figures[2],
        unit=_("points of the pass rate"),
        urls=[_url(one["inspector"]) for one in rows],
    )


def favour_chart(page: CalibrationPage, person: str = "") -> Heatmap | None:
    """Inspectors against vendors, in points; hatched where too little is known."""
    rows = [one for one in page.report["favours"] if person in {"", one["inspector"]}]
    if not rows:
        return None
    vendors = sorted({page.vendors.get(one["vendor"], one["vendor"]) for one in rows})
    names = sorted({page.people[one["inspector"]] for one in rows})
    cells = [
        HeatCell(
            column=page.vendors.get(one["vendor"], one["vendor"]),
            row=page.people[one["inspector"]],
            value=points(one["effect"]["value"]) if one["effect"] else None,
            url=_url(one["inspector"]),
            hint=_("stands out") if one["is_marked"] else "" if one["effect"] else _("not enough data"),
        )
        for one in rows
    ]
    return Heatmap(vendors, names, cells, minimum=-WIDEST, maximum=WIDEST, unit=_(" points"))


def drift_chart(page: CalibrationPage, person: str = "") -> Trend | None:
    """Leniency month by month, one line for each inspector."""
    rows = [one for one in page.report["drifts"] if one["points"] and person in {"", one["inspector"]}]
    if not rows:
        return None
    months = sorted({point["month"] for one in rows for point in one["points"]})
    lines = []
    for one in rows:
        known = {point["month"]: points(point["effect"]["value"]) for point in one["points"]}
        lines.append(Series(page.people[one["inspector"]], [known.get(month) for month in months]))
    return Trend(months, lines, lines=[Threshold(_("mean of the group"), 0)], unit=_("points"))


def step_rows(page: CalibrationPage) -> list[StepRow]:
    """How the figures came about."""
    return [_step_row(**step) for step in page.report["trace"]]


def _step_row(label: str, rule: str, result: str, inputs: Mapping[str, str]) -> StepRow:
    return StepRow(_(label), _(rule).format(**inputs), result)


def _url(person: str) -> str:
    return reverse("inspections:calibration_inspector", args=[person])

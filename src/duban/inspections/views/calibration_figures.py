"""Figures, tables and charts of the pages that compare inspectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from operator import itemgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.inspections.domain.calibration.kappa import reading as kappa_word
from duban.inspections.selectors.calibration import CalibrationPage
from duban.inspections.views.calibration_words import Figures, few_pairs, inspector_url, points, span
from duban.platform.ui.charts import Band, Forest, HeatCell, Heatmap, Series, Threshold, Trend
from duban.platform.ui.components import Badge, Link

LEAST_REACH = 2
STEP_PARTS = itemgetter("label", "rule", "result", "inputs")


@dataclass(frozen=True)
class Tile:
    """One figure at the top."""

    label: str
    value: str
    note: str = ""
    url: str = ""


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


def comparison_links() -> list[Link]:
    """Where to go from here."""
    return [Link(_("Checks made twice"), reverse("inspections:reinspections")), Link(_("Visits"), reverse("inspections:list"))]


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
            url=inspector_url(one["inspector"]),
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
        urls=[inspector_url(one["inspector"]) for one in rows],
    )


def favour_chart(page: CalibrationPage, person: str = "") -> Heatmap | None:
    """Inspectors against vendors, in points; hatched where too little is known."""
    rows = [one for one in page.report["favours"] if person in {"", one["inspector"]}]
    cells = [_favour_cell(page, one) for one in rows]
    return _heatmap(sorted({cell.column for cell in cells}), cells)


def drift_map(page: CalibrationPage) -> Heatmap | None:
    """Inspectors against months, in points."""
    cells = [
        HeatCell(
            column=point["month"],
            row=page.people[one["inspector"]],
            value=points(point["effect"]["value"]),
            url=inspector_url(one["inspector"]),
        )
        for one in page.report["drifts"]
        for point in one["points"]
    ]
    return _heatmap(sorted({cell.column for cell in cells}), cells)


def drift_chart(page: CalibrationPage, person: str) -> Trend | None:
    """Leniency of one inspector month by month, with the interval as a band."""
    found: Sequence[Figures] = next((one["points"] for one in page.report["drifts"] if one["inspector"] == person), [])
    if not found:
        return None
    value, low, high = ([points(point["effect"][key]) for point in found] for key in ("value", "low", "high"))
    return Trend(
        [point["month"] for point in found],
        [Series(page.people[person], value)],
        lines=[Threshold(_("mean of the group"), 0)],
        band=Band(_("95 % interval"), low, high),
        unit=_("percentage points"),
    )


def step_rows(page: CalibrationPage) -> list[StepRow]:
    """How the figures came about."""
    parts = map(STEP_PARTS, page.report["trace"])
    return [StepRow(_(label), _(rule).format(**inputs), result) for label, rule, result, inputs in parts]


def _favour_cell(page: CalibrationPage, one: Figures) -> HeatCell:
    return HeatCell(
        column=page.vendors.get(one["vendor"], one["vendor"]),
        row=page.people[one["inspector"]],
        value=points(one["effect"]["value"]) if one["effect"] else None,
        url=inspector_url(one["inspector"]),
        hint=_("stands out") if one["is_marked"] else "" if one["effect"] else _("not enough data"),
    )


def _heatmap(columns: Sequence[str], cells: Sequence[HeatCell]) -> Heatmap | None:
    if not cells:
        return None
    widest = max((abs(cell.value) for cell in cells if isinstance(cell.value, float)), default=0.0)
    reach = max(LEAST_REACH, ceil(widest))
    return Heatmap(columns, sorted({cell.row for cell in cells}), cells, minimum=-reach, maximum=reach, unit=_(" points"))

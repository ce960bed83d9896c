"""What the pages say about comparisons of inspectors, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duban.inspections.domain.calibration.kappa import reading as kappa_word
from duban.inspections.selectors.calibration import CalibrationPage, Report
from duban.kernel.text import mark

POINTS = 100
LEAST_RATIO = 0.01
UNSETTLED = mark("Nobody else checked there, so who of them is off cannot be told: let a third person check again.")
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """One sentence with its tone, and the page of whom it speaks of (empty on that page itself, or where it speaks of many)."""

    text: str
    tone: str
    url: str = ""


def points(value: float) -> float:
    """Parts of the pass rate as points with two decimals; never a negative zero."""
    return round(value * POINTS, 2) + 0.0


def signed(value: float) -> str:
    """A difference with its sign: `+1.82`, `−0.40`."""
    return f"{points(value):+.2f}".replace("-", "−")


def span(effect: Figures) -> str:
    """An estimate with its interval: `+1.82 (+0.90 … +2.74)`."""
    return f"{signed(effect['value'])} ({signed(effect['low'])} … {signed(effect['high'])})"


def reach(effect: Figures) -> str:
    """An interval alone: `+0.90 … +2.74`."""
    return f"{signed(effect['low'])} … {signed(effect['high'])}"


def inspector_url(person: str) -> str:
    """The page of one inspector."""
    return reverse("inspections:calibration_inspector", args=[person])


def few_pairs(agreement: Figures) -> str:
    """Why there is no kappa."""
    if agreement["reason"] == "constant":
        return _("one side gave the same answer throughout, so chance explains it")
    return _("not enough data: {count} of 30 checks made twice").format(count=agreement["pairs"])


def readings(page: CalibrationPage) -> list[Reading]:
    """What stands out, each with its link; or that nothing does."""
    report = page.report
    found = [_leniency(page, one) for one in report["inspectors"] if one["mark"]]
    found += [_favour(page, one) for one in report["favours"] if one["is_marked"]]
    found += [said for one in report["sameness"] for said in _sameness(page, one)]
    found += [_drift(page, one) for one in report["drifts"] if one["is_marked"]]
    if len(report["components"]) > 1:
        found.append(_apart(page))
    return found or [Reading(_("Nothing stands out: all differences are within what chance explains."), "good")]


def inspector_readings(page: CalibrationPage, figures: Report) -> list[Reading]:
    """Everything the comparison says of one inspector."""
    found = [_leniency(page, figures["inspectors"])]
    found += [_favour(page, one) for one in figures["favours"] if one["is_marked"]]
    if figures["sameness"]:
        found += _sameness(page, figures["sameness"]) or [_ordinary(page, figures["sameness"])]
    if figures["drifts"] and figures["drifts"]["slope"]:
        found.append(_drift(page, figures["drifts"]))
    if figures["agreements"]:
        found.append(_agreement(page, figures["agreements"]))
    return [Reading(one.text, one.tone) for one in found]


def _leniency(page: CalibrationPage, one: Figures) -> Reading:
    name, url = page.people[one["inspector"]], inspector_url(one["inspector"])
    if one["effect"] is None:
        alone, few = _("shares no line and quarter with anybody"), _("only {count} checks on shared lines")
        reason = alone if one["reason"] == "alone" else few.format(count=one["shared"])
        return Reading(_("{name}: not enough data to compare, {reason}.").format(name=name, reason=reason), "neutral", url)
    told = {
        "lenient": _("{name} is lenient: passes {points} of 100 checks more than the others on the same lines."),
        "severe": _("{name} is strict: passes {points} of 100 checks fewer than the others on the same lines."),
        "": _("{name} measures like the others: {points} of 100 checks apart, within chance or too little to matter."),
    }[one["mark"]]
    value = f"{abs(points(one['effect']['value'])):.1f}"
    return Reading(told.format(name=name, points=value), "warning" if one["mark"] else "good", url)


def _favour(page: CalibrationPage, one: Figures) -> Reading:
    told = (
        _("{name} finds little at {vendor}: {points} of 100 checks more pass there than elsewhere explains ({span}).")
        if one["effect"]["value"] > 0
        else _("{name} finds much at {vendor}: {points} of 100 checks fewer pass there than elsewhere explains ({span}).")
    )
    words = {"name": page.people[one["inspector"]], "vendor": page.vendors.get(one["vendor"], one["vendor"])}
    if one.get("alike"):
        told = _("{name} and {others} judge {vendor} differently, by {points} of 100 checks ({span}). {unsettled}")
        words |= {"others": _others(page, one), "unsettled": _(UNSETTLED)}
    value = f"{abs(points(one['effect']['value'])):.1f}"
    return Reading(told.format(**words, points=value, span=reach(one["effect"])), "bad", inspector_url(one["inspector"]))


def _others(page: CalibrationPage, one: Figures) -> str:
    return "、".join(page.people[name] for name in one["alike"])


def _sameness(page: CalibrationPage, one: Figures) -> list[Reading]:
    name, url = page.people[one["inspector"]], inspector_url(one["inspector"])
    found: list[Reading] = []
    if one["is_narrow"]:
        told = _(
            "{name}'s visits vary {times} times less than those of the others: as if one figure were written for everybody."
        )
        found.append(Reading(told.format(name=name, times=f"{1 / max(one['ratio'], LEAST_RATIO):.1f}"), "bad", url))
    if one["is_copied"]:
        told = ngettext(
            "{name} handed in the very same failures on {count} visit.",
            "{name} handed in the very same failures on {count} visits.",
            one["repeats"],
        )
        found.append(Reading(told.format(name=name, count=one["repeats"]), "bad", url))
    return found


def _ordinary(page: CalibrationPage, one: Figures) -> Reading:
    if one["ratio"] is None:
        return Reading(_("Not enough visits to say how much they vary."), "neutral")
    return Reading(_("{name}'s visits vary as those of the others do.").format(name=page.people[one["inspector"]]), "good")


def _drift(page: CalibrationPage, one: Figures) -> Reading:
    name, url = page.people[one["inspector"]], inspector_url(one["inspector"])
    if not one["is_marked"]:
        return Reading(_("{name} shows no drift over the months.").format(name=name), "good", url)
    kinder, stricter = (
        _("{name} grows more lenient by {points} points a month."),
        _("{name} grows stricter by {points} points a month."),
    )
    value = one["slope"]["value"]
    told = kinder if value > 0 else stricter
    return Reading(told.format(name=name, points=f"{abs(value * POINTS):.2f}"), "warning", url)


def _agreement(page: CalibrationPage, one: Figures) -> Reading:
    if one["kappa"] is None:
        return Reading(_("Agreement: {reason}.").format(reason=few_pairs(one)), "neutral")
    told = _("Second inspectors agree with {name}: kappa {value} over {count} checks, {word}.")
    value = one["kappa"]["value"]
    words = {"name": page.people[one["inspector"]], "count": one["pairs"], "word": _(kappa_word(value))}
    return Reading(told.format(**words, value=f"{value:.2f}"), "neutral")


def _apart(page: CalibrationPage) -> Reading:
    groups = page.report["components"]
    told = _("{count} groups of inspectors share no line with each other; they cannot be compared across groups: {groups}.")
    names = " | ".join(", ".join(page.people[name] for name in group) for group in groups)
    return Reading(told.format(count=len(groups), groups=names), "neutral")

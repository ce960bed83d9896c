"""What the pages say about a result or a visit, in the reader's language."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult
from duban.inspections.selectors.results import ResultPage
from duban.inspections.selectors.visits import VisitPage
from duban.inspections.tables import fault_words, place_words, verdict_badge
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Badge, Fact


@dataclass(frozen=True)
class Header:
    """Title, state, grey line and buttons of a record page."""

    title: str
    state: Badge
    subtitle: str
    actions: list[Action]


@dataclass(frozen=True)
class VisitRow:
    """One result on the page of its visit."""

    item: str
    place: str
    badge: Badge
    note: str
    url: str
    finding: str
    failed: bool


def visit_rows(page: VisitPage) -> list[VisitRow]:
    """The results of a visit, ready to be drawn."""
    return [_visit_row(result) for result in page.results]


def result_header(page: ResultPage) -> Header:
    """Head of a result's page."""
    result = page.result
    actions = []
    if page.can_correct:
        actions.append(Action(_("Correct"), reverse("inspections:result_correct", args=[result.code]), method="get"))
    return Header(result.item.name, verdict_badge(result), f"{result.code} · {line_label(result.line)}", actions)


def result_facts(page: ResultPage) -> list[Fact]:
    """Facts of a result's page."""
    result = page.result
    standard = f"{result.item.standard} · {result.item.number}"
    found = [
        Fact(_("Checked at"), formatting.minute(result.at)),
        Fact(_("Counted for"), formatting.day(result.day)),
        Fact(_("Place"), place_words(result)),
        Fact(_("Standard item"), standard, hint=result.item.target),
        Fact(_("Frequency"), result.item.frequency),
        Fact(_("Severity"), fault_words(result)),
        Fact(_("Measured"), "" if result.value is None else f"{result.value.normalize():f} {result.item.unit}"),
        Fact(_("Remark"), result.note),
        Fact(_("Inspector"), page.inspector),
        Fact(_("Visit"), result.visit.code if result.visit else "", url=_visit_url(result)),
    ]
    return [fact for fact in found if fact.value]


def source_words(source: str, setter: str) -> str:
    """Where a limit comes from; what is shipped is written in Chinese and in English, “中文 · English”."""
    chinese, _dot, english = source.partition(" · ")
    if setter or not english:
        return source
    return chinese if (get_language() or "").startswith("zh") else english


def _visit_row(result: CheckResult) -> VisitRow:
    finding = getattr(result, "finding", None)
    return VisitRow(
        item=f"{result.item.number} {result.item.name}",
        place=place_words(result),
        badge=verdict_badge(result),
        note=result.note,
        url=reverse("inspections:result", args=[result.code]),
        finding=finding.code if finding else "",
        failed=result.verdict == Verdict.FAIL,
    )


def _visit_url(result: CheckResult) -> str:
    return reverse("inspections:visit", args=[result.visit.code]) if result.visit else ""

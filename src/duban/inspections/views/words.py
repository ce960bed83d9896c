"""What the pages say about a result or a finding, in the reader's language."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.states import FINDING_STATES
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckResult, Finding
from duban.inspections.selectors.findings import BoardColumn, FindingPage
from duban.inspections.selectors.results import ResultPage
from duban.inspections.selectors.visits import VisitPage
from duban.inspections.tables import grade_badge, place_words, verdict_badge
from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Badge, Fact, actions_of, badge_of


@dataclass(frozen=True)
class Header:
    """Title, state, grey line and buttons of a record page."""

    title: str
    state: Badge
    subtitle: str
    actions: list[Action]


@dataclass(frozen=True)
class BoardCard:
    """One finding on the board."""

    finding: Finding
    url: str
    place: str
    line: str
    grade: Badge


@dataclass(frozen=True)
class Lane:
    """One column of the board."""

    badge: Badge
    count: int
    cards: list[BoardCard]
    url: str


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
        Fact(_("Severity"), grade_badge(result).label),
        Fact(_("Measured"), "" if result.value is None else f"{result.value.normalize():f} {result.item.unit}"),
        Fact(_("Remark"), result.note),
        Fact(_("Inspector"), page.inspector),
        Fact(_("Visit"), result.visit.code if result.visit else "", url=_visit_url(result)),
    ]
    return [fact for fact in found if fact.value]


def finding_header(actor: Actor, page: FindingPage) -> Header:
    """Head of a finding's page, with the moves the reader may make now."""
    finding = page.finding
    moves = allowed_moves(finding, actor)

    def url_of(move: str) -> str:
        return reverse("inspections:finding_move", args=[finding.code, move])

    primary = next((move.name for move in moves if move.name in {"rectify", "close"}), "")
    actions = actions_of(moves, url_of, primary=primary)
    subtitle = f"{finding.code} · {line_label(finding.line)}"
    return Header(finding.item.name, badge_of(FINDING_STATES, finding.state), subtitle, actions)


def finding_facts(page: FindingPage) -> list[Fact]:
    """Facts of a finding's page."""
    finding = page.finding
    result = finding.check_result
    due = formatting.day(finding.due_on) if finding.due_on else _("Unknown: the working days of that year are not published")
    found = [
        Fact(_("Place"), place_words(finding)),
        Fact(_("Standard item"), f"{finding.item.standard} · {finding.item.number}", hint=finding.item.target),
        Fact(_("Severity"), grade_badge(finding).label),
        Fact(_("Found"), formatting.day(finding.found_on)),
        Fact(_("Rectify by"), due, hint=_("By working days from the severity: critical 1, major 3, minor 5")),
        Fact(_("Rectified"), formatting.day(finding.rectified_on) if finding.rectified_on else ""),
        Fact(_("Closed on"), formatting.day(finding.closed_on) if finding.closed_on else ""),
        Fact(_("Repeats"), _("%(count)d within 90 days before") % {"count": len(page.earlier)} if page.earlier else ""),
        Fact(_("Check result"), result.code if result else "", url=_result_url(result)),
    ]
    return [fact for fact in found if fact.value]


def board_columns(columns: tuple[BoardColumn, ...]) -> list[Lane]:
    """The board, ready to be drawn."""
    return [
        Lane(
            badge=badge_of(FINDING_STATES, column.state),
            count=column.count,
            cards=[_card(finding) for finding in column.findings],
            url=f"{reverse('inspections:findings')}?state={column.state}",
        )
        for column in columns
    ]


def _card(finding: Finding) -> BoardCard:
    url = reverse("inspections:finding", args=[finding.code])
    return BoardCard(finding, url, place_words(finding), line_label(finding.line), grade_badge(finding))


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


def _result_url(result: CheckResult | None) -> str:
    return reverse("inspections:result", args=[result.code]) if result else ""

"""What the pages say about findings, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.escalation import LEVEL_LABELS
from duban.inspections.domain.limits import UNIT_LABELS, Unit
from duban.inspections.domain.states import FINDING_STATES
from duban.inspections.models import CheckResult, Finding
from duban.inspections.selectors.findings import BoardColumn, FindingPage
from duban.inspections.tables import grade_badge, place_words, repeat_words
from duban.inspections.views.words import Header, source_words
from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge, Fact, Photo, actions_of, badge_of

OWN_FORMS = frozenset({"rectify", "close", "reopen"})
"""Moves that have a form of their own on the page; for the rest a button is enough."""


@dataclass(frozen=True)
class BoardCard:
    """One finding on the board."""

    finding: Finding
    url: str
    place: str
    line: str
    grade: Badge
    photo: Photo | None
    due: str
    level: str
    repeat: str


@dataclass(frozen=True)
class Lane:
    """One column of the board."""

    badge: Badge
    count: int
    cards: list[BoardCard]
    url: str


@dataclass(frozen=True)
class FindingRow:
    """One finding in a table on another record's page."""

    code: str
    url: str
    item: str
    place: str
    grade: Badge
    due: str
    state: Badge


@dataclass(frozen=True)
class Slides:
    """A picture before and one after, to be compared."""

    before: Photo
    after: Photo


def finding_header(actor: Actor, page: FindingPage) -> Header:
    """Head of a finding's page, with the moves the reader may make now and no form offers."""
    finding = page.finding
    has_form = OWN_FORMS if page.can_reply or page.can_recheck else frozenset[str]()
    moves = [move for move in allowed_moves(finding, actor) if move.name not in has_form]
    if finding.state == "rectified" and not page.can_recheck:
        moves = [move for move in moves if move.name not in {"close", "reopen"}]

    def url_of(move: str) -> str:
        return reverse("inspections:finding_move", args=[finding.code, move])

    subtitle = f"{finding.code} · {line_label(finding.line)}"
    return Header(finding.item.name, badge_of(FINDING_STATES, finding.state), subtitle, actions_of(moves, url_of))


def finding_facts(page: FindingPage) -> list[Fact]:
    """Facts of a finding's page."""
    finding = page.finding
    result = finding.check_result
    level = finding.escalation_level
    found = [
        Fact(_("Place"), place_words(finding)),
        Fact(_("Standard item"), f"{finding.item.standard} · {finding.item.number}", hint=finding.item.target),
        Fact(_("Severity"), grade_badge(finding).label),
        Fact(_("Found"), formatting.day(finding.found_on)),
        Fact(_("Rectify by"), due_words(finding), hint=rule_words(finding)),
        Fact(_("Owner"), page.owner),
        Fact(_("Rectified"), _moment(finding)),
        Fact(_("Closed on"), formatting.day(finding.closed_on) if finding.closed_on else ""),
        Fact(_("Repeats"), times_words(finding)),
        Fact(_("Reopened"), _("%(count)d times") % {"count": finding.reopened_count} if finding.reopened_count else ""),
        Fact(_("Escalated to"), _(LEVEL_LABELS[level]) if level else ""),
        Fact(_("Check result"), result.code if result else "", url=_result_url(result)),
    ]
    return [fact for fact in found if fact.value]


def due_words(finding: Finding) -> str:
    """By when, to the minute where a time was agreed; an unknown calendar says so."""
    if finding.due_at is not None:
        return formatting.minute(finding.due_at)
    if finding.due_on is not None:
        return formatting.day(finding.due_on)
    return _("Unknown: the working days of that year are not published")


def rule_words(finding: Finding) -> str:
    """How the time was reckoned, with its source."""
    rule = finding.due_rule
    if "extended" in rule:
        return _("More time was given: %(reason)s") % {"reason": rule["extended"]}
    if not rule:
        return ""
    unit = _(UNIT_LABELS[Unit(rule["unit"])])
    setter = rule.get("setter") or ""
    parts = (f"{rule['amount']} {unit}", setter, source_words(rule["source"], setter))
    return " · ".join(part for part in parts if part)


def times_words(finding: Finding) -> str:
    """“third time in 90 days”; nothing the first time."""
    if finding.repeat_number < 2:  # noqa: PLR2004 - the first time is no repeat
        return ""
    return _("time no. %(number)d within 90 days") % {"number": finding.repeat_number}


def slides_of(page: FindingPage) -> Slides | None:
    """The first picture of the fault against the newest of what was done, if there are both."""
    after = page.recheck or page.after
    return Slides(page.before[0], after[-1]) if page.before and after else None


def board_columns(columns: tuple[BoardColumn, ...], estate: int | None) -> list[Lane]:
    """The board, ready to be drawn; each column leads to its findings in the list."""
    only = f"&estate={estate}" if estate is not None else ""
    return [
        Lane(
            badge=badge_of(FINDING_STATES, column.state),
            count=column.count,
            cards=[_card(finding, column.photos.get(finding.pk)) for finding in column.findings],
            url=f"{reverse('inspections:findings')}?state={column.state}{only}",
        )
        for column in columns
    ]


def finding_rows(findings: Sequence[Finding]) -> list[FindingRow]:
    """Findings as rows of a table."""
    return [
        FindingRow(
            code=finding.code,
            url=reverse("inspections:finding", args=[finding.code]),
            item=finding.item.name,
            place=place_words(finding),
            grade=grade_badge(finding),
            due=due_words(finding),
            state=badge_of(FINDING_STATES, finding.state),
        )
        for finding in findings
    ]


def _card(finding: Finding, photo: Photo | None) -> BoardCard:
    level = finding.escalation_level
    return BoardCard(
        finding=finding,
        url=reverse("inspections:finding", args=[finding.code]),
        place=place_words(finding),
        line=line_label(finding.line),
        grade=grade_badge(finding),
        photo=photo,
        due=due_words(finding) if finding.state != "closed" else "",
        level=_(LEVEL_LABELS[level]) if level else "",
        repeat=repeat_words(finding),
    )


def _moment(finding: Finding) -> str:
    if finding.rectified_at is not None:
        return formatting.minute(timezone.localtime(finding.rectified_at))
    return formatting.day(finding.rectified_on) if finding.rectified_on else ""


def _result_url(result: CheckResult | None) -> str:
    return reverse("inspections:result", args=[result.code]) if result else ""

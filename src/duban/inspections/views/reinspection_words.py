"""What the pages say about checks made twice."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.verdicts import GRADE_LABELS, SEVERITIES, VERDICT_LABELS, Verdict
from duban.inspections.permissions import does_calibration
from duban.inspections.selectors.reinspections import ReinspectionPage
from duban.kernel.actor import Actor
from duban.kernel.states import Tone
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Badge, Fact


@dataclass(frozen=True)
class Compared:
    """One check with both answers."""

    item: str
    place: str
    first: Badge
    second: Badge
    note: str
    is_agreed: bool


def draw_actions(actor: Actor) -> list[Action]:
    """The button that draws a sample, for those who may."""
    if not does_calibration(actor):
        return []
    return [Action(_("Draw a sample"), reverse("inspections:reinspection_draw"), method="get", tone="primary", symbol="plus")]


def reinspection_actions(page: ReinspectionPage) -> list[Action]:
    """Calling off, for those who may, with a reason."""
    if not page.may_cancel:
        return []
    url = reverse("inspections:reinspection_cancel", args=[page.reinspection.code])
    return [Action(_("Call off"), url, tone="danger", needs_note=True, note_label=_("Reason"))]


def twice_facts(page: ReinspectionPage) -> list[Fact]:
    """What the task is about."""
    task = page.reinspection
    facts = [
        Fact(_("Contract line"), line_label(task.visit.line)),
        Fact(_("Second inspector"), task.inspector.name),
        Fact(_("First visit"), formatting.day(task.visit.day)),
        Fact(_("To be checked by"), formatting.day(task.due_on)),
        Fact(_("Seed"), task.seed, url=reverse("api:draws_get", args=[page.draw]) if page.draw else ""),
    ]
    if page.sees_both:
        facts.append(Fact(_("Same answer"), _("{agreed} of {count}").format(agreed=page.agreed, count=len(page.rows))))
    return facts


def twice_rows(page: ReinspectionPage) -> list[Compared]:
    """Both answers side by side; nothing while the task is open."""
    if not page.sees_both:
        return []
    return [
        Compared(row.item, row.place, answer_badge(row.first), answer_badge(row.second), row.note, row.is_agreed)
        for row in page.rows
    ]


def answer_badge(word: str) -> Badge:
    """An answer as a word with a shape: passed, failed with its severity, not applicable."""
    if word == "pass":
        return Badge(_(VERDICT_LABELS[Verdict.PASS]), Tone.GOOD)
    grade = next((grade for grade, severity in SEVERITIES.items() if severity.value == word), None)
    if grade is None:
        return Badge(_(VERDICT_LABELS[Verdict.NOT_APPLICABLE]))
    return Badge(f"{_(VERDICT_LABELS[Verdict.FAIL])} · {_(GRADE_LABELS[grade])}", Tone.BAD)

"""Lists of inspections."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.contracts.selectors.options import line_label, line_options
from duban.inspections.domain.escalation import LEVEL_LABELS
from duban.inspections.domain.states import FINDING_STATES, NOTICE_STATES, PRAISE_STATES, REINSPECTION_STATES
from duban.inspections.domain.verdicts import GRADE_LABELS, VERDICT_LABELS, Grade, Verdict
from duban.inspections.selectors.facts import place_label
from duban.platform.ui.components import Badge
from duban.platform.ui.listing import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    DateFilter,
    Kind,
    Listing,
    ReferenceFilter,
    TextFilter,
    state_choices,
)
from duban.vendors.selectors import company_options


def verdict_badge(row: Any) -> Badge:
    """The verdict as a word with a shape."""
    verdict = Verdict(row.verdict)
    return Badge(gettext(verdict.label), verdict.tone)


def grade_badge(row: Any) -> Badge:
    """The severity as a word with a shape; nothing where the check passed."""
    if getattr(row, "verdict", Verdict.FAIL) != Verdict.FAIL:
        return Badge("–")
    grade = Grade(row.severity)
    return Badge(gettext(grade.label), grade.tone)


def place_words(row: Any) -> str:
    """The place with the one it lies in."""
    if row.place is None:
        return ""
    return place_label(row.place.name, row.place.parent.name if row.place.parent else None)


def repeat_words(row: Any) -> str:
    """“third time” as a number; nothing the first time."""
    return gettext("time no. %(number)d") % {"number": row.repeat_number} if row.repeat_number > 1 else ""


def level_badge(row: Any) -> Badge:
    """How high the finding has climbed, as a word."""
    level = row.escalation_level
    return Badge(gettext(LEVEL_LABELS[level]), "bad" if level else "neutral") if level else Badge("–")


def _levels() -> list[tuple[str, str]]:
    return [(str(level), gettext(label)) for level, label in LEVEL_LABELS.items()]


def _verdicts() -> list[tuple[str, str]]:
    return [(str(verdict.value), gettext(label)) for verdict, label in VERDICT_LABELS.items()]


def _grades() -> list[tuple[str, str]]:
    return [(str(grade.value), gettext(label)) for grade, label in GRADE_LABELS.items()]


def _line(row: Any) -> str:
    return line_label(row.line)


VISITS = Listing(
    name="inspections.visits",
    columns=(
        Column("code", _("Visit"), link=lambda row: reverse("inspections:visit", args=[row.code])),
        Column("day", _("Day"), kind=Kind.DATE, sort="day"),
        Column("line", _("Contract line"), value=_line),
        Column("checklist", _("Checklist"), path="checklist.name", phone=False),
        Column("result_count", _("Items"), kind=Kind.NUMBER, places=0),
        Column("failed_count", _("Not passed"), kind=Kind.NUMBER, places=0, tone=lambda row: "bad" if row.failed_count else ""),
        Column("is_announced", _("Announced"), kind=Kind.YES_NO, phone=False),
    ),
    filters=(
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        DateFilter("day", _("Day")),
        BooleanFilter("is_announced", _("Announced")),
    ),
    search=("code", "note"),
    order="-day",
    empty_title=_("No visit yet"),
    empty_hint=_("Record a visit, or import check results."),
)

RESULTS = Listing(
    name="inspections.results",
    columns=(
        Column("code", _("Check result"), link=lambda row: reverse("inspections:result", args=[row.code])),
        Column("day", _("Day"), kind=Kind.DATE),
        Column("line", _("Contract line"), value=_line, phone=False),
        Column("place", _("Place"), value=place_words),
        Column("item", _("Checked item"), path="item.name", small=lambda row: row.item.number),
        Column("verdict", _("Verdict"), badge=verdict_badge),
        Column("severity", _("Severity"), badge=grade_badge),
        Column("photo_count", _("Photos"), kind=Kind.NUMBER, places=0, phone=False),
        Column("note", _("Remark"), phone=False, screen=False),
    ),
    filters=(
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        DateFilter("day", _("Day")),
        ChoiceFilter("verdict", _("Verdict"), choices=_verdicts),
        ChoiceFilter("severity", _("Severity"), choices=_grades),
        TextFilter("block", _("Block"), field="item__block", lookup_kind="exact"),
        TextFilter("item", _("Checked item"), field="item__name"),
        TextFilter("place", _("Place"), field="place__name"),
    ),
    search=(),
    row_key=lambda row: row.code,
    order="-id",
    empty_title=_("No check result"),
    empty_hint=_("Record a visit, or import check results."),
)

FINDINGS = Listing(
    name="inspections.findings",
    columns=(
        Column("code", _("Finding"), link=lambda row: reverse("inspections:finding", args=[row.code])),
        Column("item", _("Checked item"), path="item.name", small=lambda row: row.text),
        Column("place", _("Place"), value=place_words),
        Column("line", _("Contract line"), value=_line, phone=False),
        Column("severity", _("Severity"), badge=grade_badge),
        Column("found_on", _("Found"), kind=Kind.DATE, phone=False),
        Column("due_on", _("Rectify by"), kind=Kind.DATE, sort="due_on", tone=lambda row: "bad" if row.is_late else ""),
        Column("repeat_number", _("In 90 days"), value=repeat_words, phone=False),
        Column("owner", _("Owner"), path="owner.name", phone=False, screen=False),
        Column("escalation_level", _("Escalated to"), badge=level_badge, phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=FINDING_STATES),
    ),
    bulk=(
        BulkAction("notice", _("Rectification notice"), url_name="inspections:bulk_notice", permission="inspections.edit"),
        BulkAction("assign", _("Name the owner"), url_name="inspections:bulk_assign", permission="inspections.edit"),
        BulkAction("close", _("Accept the re-check"), url_name="inspections:bulk_close", permission="inspections.edit"),
        BulkAction("extend", _("Give more time"), url_name="inspections:bulk_extend", permission="inspections.edit"),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(FINDING_STATES)),
        ChoiceFilter("level", _("Escalated to"), choices=_levels, field="escalation_level"),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        ChoiceFilter("severity", _("Severity"), choices=_grades),
        DateFilter("found", _("Found"), field="found_on"),
        DateFilter("due", _("Rectify by"), field="due_on"),
        BooleanFilter("late", _("Overdue"), field="is_late"),
    ),
    search=("code", "item__name", "place__name", "text"),
    order="-found_on",
    empty_title=_("No finding"),
    empty_hint=_("Failed checks open findings by themselves."),
)

NOTICES = Listing(
    name="inspections.notices",
    columns=(
        Column("code", _("Notice"), link=lambda row: reverse("inspections:notice", args=[row.code])),
        Column("line", _("Contract line"), value=_line),
        Column("finding_count", _("Findings"), kind=Kind.NUMBER, places=0),
        Column("sent_at", _("Sent"), kind=Kind.DATETIME, phone=False),
        Column("reply_by", _("Answer by"), kind=Kind.DATETIME),
        Column("state", _("State"), kind=Kind.STATE, states=NOTICE_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(NOTICE_STATES)),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
    ),
    search=("code", "text"),
    order="-id",
    empty_title=_("No notice yet"),
    empty_hint=_("Choose findings in their list and draw up a notice."),
)

PRAISES = Listing(
    name="inspections.praises",
    columns=(
        Column("code", _("Praise"), link=lambda row: reverse("inspections:praise", args=[row.code])),
        Column("day", _("Day"), kind=Kind.DATE, sort="day"),
        Column("text", _("What was done well"), path="text"),
        Column("place", _("Place"), value=place_words, phone=False),
        Column("line", _("Contract line"), value=_line),
        Column("state", _("State"), kind=Kind.STATE, states=PRAISE_STATES),
    ),
    filters=(
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        DateFilter("day", _("Day")),
    ),
    search=("code", "text"),
    order="-day",
    empty_title=_("No praise yet"),
    empty_hint=_("Good work is worth a note: a scheme may reward it."),
)

CALIBRATION_CHECKS = Listing(
    name="inspections.calibration_checks",
    columns=(
        Column("code", _("Check result"), link=lambda row: reverse("inspections:result", args=[row.code])),
        Column("day", _("Day"), kind=Kind.DATE),
        Column("line", _("Contract line"), value=_line),
        Column("place", _("Place"), value=place_words, phone=False),
        Column("item", _("Checked item"), path="item.name", small=lambda row: row.item.number),
        Column("verdict", _("Verdict"), badge=verdict_badge),
        Column("severity", _("Severity"), badge=grade_badge, phone=False),
        Column("note", _("Remark"), phone=False, screen=False),
    ),
    filters=(
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        ReferenceFilter("vendor", _("Vendor"), options=company_options, field="line__contract__vendor_id"),
        DateFilter("day", _("Day")),
        ChoiceFilter("verdict", _("Verdict"), choices=_verdicts),
    ),
    search=(),
    row_key=lambda row: row.code,
    order="-id",
    empty_title=_("No check result"),
    empty_hint=_("Widen the days or take a filter away."),
)

REINSPECTIONS = Listing(
    name="inspections.reinspections",
    columns=(
        Column("code", _("Task"), link=lambda row: reverse("inspections:reinspection", args=[row.code])),
        Column("line", _("Contract line"), value=lambda row: line_label(row.visit.line)),
        Column("day", _("First visit"), path="visit.day", kind=Kind.DATE, phone=False),
        Column("inspector", _("Second inspector"), path="inspector.name"),
        Column("check_count", _("Items"), kind=Kind.NUMBER, places=0, phone=False),
        Column("due_on", _("To be checked by"), kind=Kind.DATE),
        Column("seed", _("Seed"), phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=REINSPECTION_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(REINSPECTION_STATES)),
        DateFilter("due_on", _("To be checked by")),
    ),
    search=("code", "inspector__name", "visit__line__estate__name"),
    order="-due_on",
    empty_title=_("No visit was drawn to be checked again"),
    empty_hint=_("Draw a sample: a second inspector checks without seeing the first answers, and both are compared."),
)

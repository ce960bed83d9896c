"""Lists of inspections."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.contracts.selectors.options import LABEL_READS, estate_options, line_label, line_options
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.inspections.domain.audits import GRADE_LABELS as AUDIT_GRADE_LABELS
from duban.inspections.domain.audits import GRADE_TONES, AuditGrade
from duban.inspections.domain.escalation import LEVEL_LABELS
from duban.inspections.domain.plans import TASK_KIND_LABELS
from duban.inspections.domain.states import (
    AUDIT_FINDING_STATES,
    AUDIT_STATES,
    FINDING_STATES,
    NOTICE_STATES,
    PLAN_STATES,
    PRAISE_STATES,
    REINSPECTION_STATES,
    TASK_STATES,
)
from duban.inspections.domain.verdicts import GRADE_LABELS, VERDICT_LABELS, Grade, Verdict
from duban.inspections.selectors.facts import place_label
from duban.platform.ui.addresses import address_of
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
    return Badge(gettext(Verdict(row.verdict).label), Verdict(row.verdict).tone)


def grade_badge(row: Any) -> Badge:
    """The severity as a word with a shape."""
    return Badge(gettext(Grade(row.severity).label), Grade(row.severity).tone)


def fault_badge(row: Any) -> Badge | None:
    """The severity of a check that failed; nothing where it passed."""
    return grade_badge(row) if row.verdict == Verdict.FAIL else None


def fault_words(row: Any) -> str:
    """The same as a word."""
    return gettext(Grade(row.severity).label) if row.verdict == Verdict.FAIL else ""


def audit_grade_badge(row: Any) -> Badge:
    """The grade of an audit's finding as a word with a shape."""
    grade = AuditGrade(row.grade)
    return Badge(gettext(AUDIT_GRADE_LABELS[grade]), GRADE_TONES[grade])


def place_words(row: Any) -> str:
    """The place with the one it lies in."""
    if row.place is None:
        return ""
    return place_label(row.place.name, row.place.parent.name if row.place.parent else None)


def repeat_words(row: Any) -> str:
    """“third time” as a number; nothing the first time."""
    return gettext("time no. %(number)d") % {"number": row.repeat_number} if row.repeat_number > 1 else ""


def level_words(row: Any) -> str:
    """How high the finding has climbed; nothing while it has not."""
    return gettext(LEVEL_LABELS[row.escalation_level]) if row.escalation_level else ""


def level_badge(row: Any) -> Badge | None:
    """The same as a badge."""
    return Badge(level_words(row), "bad") if row.escalation_level else None


def _levels() -> list[tuple[str, str]]:
    return [(str(level), gettext(label)) for level, label in LEVEL_LABELS.items()]


def _verdicts() -> list[tuple[str, str]]:
    return [(str(verdict.value), gettext(label)) for verdict, label in VERDICT_LABELS.items()]


def _grades() -> list[tuple[str, str]]:
    return [(str(grade.value), gettext(label)) for grade, label in GRADE_LABELS.items()]


def _audit_grades() -> list[tuple[str, str]]:
    return [(str(grade), gettext(label)) for grade, label in AUDIT_GRADE_LABELS.items()]


def _audited(row: Any) -> str:
    if row.line is not None:
        return line_label(row.line)
    return row.unit.name if row.unit is not None else ""


def _services() -> list[tuple[str, str]]:
    return [(key, gettext(label)) for key, label in SERVICE_LINE_LABELS.items()]


def _kinds() -> list[tuple[str, str]]:
    return [(str(key), gettext(label)) for key, label in TASK_KIND_LABELS.items()]


def _line(row: Any) -> str:
    return line_label(row.line)


VISITS = Listing(
    name="inspections.visits",
    columns=(
        Column("code", _("Visit"), link=lambda row: address_of("inspections:visit", row.code)),
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
    is_long=True,
    reads=("code", "day", "is_announced", "checklist__name", *LABEL_READS),
    empty_title=_("No visit yet"),
    empty_hint=_("Record a visit, or import check results."),
)

RESULTS = Listing(
    name="inspections.results",
    columns=(
        Column("code", _("Check result"), link=lambda row: address_of("inspections:result", row.code)),
        Column("day", _("Day"), kind=Kind.DATE),
        Column("line", _("Contract line"), value=_line, phone=False),
        Column("place", _("Place"), value=place_words),
        Column("item", _("Checked item"), path="item.name", small=lambda row: row.item.number),
        Column("verdict", _("Verdict"), badge=verdict_badge),
        Column("severity", _("Severity"), value=fault_words, badge=fault_badge),
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
    is_long=True,
    reads=(
        *("day", "verdict", "severity", "photo_count", "note", "item__name", "item__number"),
        *("place__name", "place__parent__name"),
        *LABEL_READS,
    ),
    empty_title=_("No check result"),
    empty_hint=_("Record a visit, or import check results."),
)

FINDINGS = Listing(
    name="inspections.findings",
    columns=(
        Column("code", _("Finding"), link=lambda row: address_of("inspections:finding", row.code)),
        Column("item", _("Checked item"), path="item.name", small=lambda row: row.text),
        Column("place", _("Place"), value=place_words),
        Column("line", _("Contract line"), value=_line, phone=False),
        Column("severity", _("Severity"), badge=grade_badge),
        Column("found_on", _("Found"), kind=Kind.DATE, phone=False),
        Column("due_on", _("Rectify by"), kind=Kind.DATE, sort="due_on", tone=lambda row: "bad" if row.is_late else ""),
        Column("repeat_number", _("In 90 days"), value=repeat_words, phone=False),
        Column("owner", _("Owner"), path="owner.name", phone=False, screen=False),
        Column("escalation_level", _("Escalated to"), value=level_words, badge=level_badge, phone=False),
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
        ReferenceFilter("estate", _("Estate"), options=estate_options, field="line__estate_id"),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        ChoiceFilter("severity", _("Severity"), choices=_grades),
        DateFilter("found", _("Found"), field="found_on"),
        DateFilter("due", _("Rectify by"), field="due_on"),
        BooleanFilter("late", _("Overdue"), field="is_late"),
    ),
    search=("code", "item__name", "place__name", "text"),
    order="-found_on",
    is_long=True,
    reads=(
        *("code", "state", "text", "severity", "found_on", "due_on", "repeat_number", "escalation_level", "item__name"),
        *("place__name", "place__parent__name"),
        *LABEL_READS,
    ),
    empty_title=_("No finding"),
    empty_hint=_("Failed checks open findings by themselves."),
)

NOTICES = Listing(
    name="inspections.notices",
    columns=(
        Column("code", _("Notice"), link=lambda row: address_of("inspections:notice", row.code)),
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
        Column("code", _("Praise"), link=lambda row: address_of("inspections:praise", row.code)),
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
        Column("code", _("Check result"), link=lambda row: address_of("inspections:result", row.code)),
        Column("day", _("Day"), kind=Kind.DATE),
        Column("line", _("Contract line"), value=_line),
        Column("place", _("Place"), value=place_words, phone=False),
        Column("item", _("Checked item"), path="item.name", small=lambda row: row.item.number),
        Column("verdict", _("Verdict"), badge=verdict_badge),
        Column("severity", _("Severity"), value=fault_words, badge=fault_badge, phone=False),
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
    is_long=True,
    empty_title=_("No check result"),
    empty_hint=_("Widen the days or take a filter away."),
)

REINSPECTIONS = Listing(
    name="inspections.reinspections",
    columns=(
        Column("code", _("Task"), link=lambda row: address_of("inspections:reinspection", row.code)),
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

PLANS = Listing(
    name="inspections.plans",
    columns=(
        Column("name", _("Plan"), link=lambda row: address_of("inspections:plans_one", row.code), small=lambda row: row.code),
        Column("office", _("Office"), path="office.name", phone=False),
        Column("service_line", _("Service line"), value=lambda row: gettext(SERVICE_LINE_LABELS[row.service_line])),
        Column("frequency", _("How often"), path="get_frequency_display"),
        Column("is_announced", _("Announced"), kind=Kind.YES_NO, phone=False),
        Column("waiting_count", _("To be made"), kind=Kind.NUMBER, places=0),
        Column("done_count", _("Rounds made"), kind=Kind.NUMBER, places=0, phone=False),
        Column(
            "missed_count", _("Not inspected"), kind=Kind.NUMBER, places=0, tone=lambda row: "bad" if row.missed_count else ""
        ),
        Column("state", _("State"), kind=Kind.STATE, states=PLAN_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(PLAN_STATES)),
        ChoiceFilter("service_line", _("Service line"), choices=_services),
    ),
    search=("code", "name"),
    order="-id",
    empty_title=_("No plan yet"),
    empty_hint=_("Make a plan: it makes the tasks by itself, and shows what nobody inspected."),
)

TASKS = Listing(
    name="inspections.tasks",
    columns=(
        Column("code", _("Task"), link=lambda row: address_of("inspections:task", row.code)),
        Column("line", _("Contract line"), value=_line),
        Column("plan", _("Plan"), path="plan.name", phone=False),
        Column("checklist", _("Checklist"), path="checklist.name", phone=False),
        Column("planned_on", _("Planned for"), kind=Kind.DATE, phone=False),
        Column("due_on", _("To be done by"), kind=Kind.DATE, sort="due_on", tone=lambda row: "bad" if row.is_late else ""),
        Column("kind", _("Kind"), path="get_kind_display", phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=TASK_STATES),
    ),
    filters=(
        BooleanFilter("mine", _("Mine"), field="is_mine"),
        ChoiceFilter("state", _("State"), choices=state_choices(TASK_STATES)),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        ChoiceFilter("kind", _("Kind"), choices=_kinds),
        DateFilter("due", _("To be done by"), field="due_on"),
        BooleanFilter("late", _("Overdue"), field="is_late"),
    ),
    search=("code", "plan__name"),
    order="-due_on",
    empty_title=_("No task"),
    empty_hint=_("Plans make tasks two weeks ahead. Change the filter, or make a plan."),
)

AUDITS = Listing(
    name="inspections.audits",
    columns=(
        Column("title", _("Audit"), link=lambda row: address_of("inspections:audit", row.code), small=lambda row: row.code),
        Column("office", _("Programme"), path="programme.office.name", phone=False),
        Column("starts_on", _("From"), kind=Kind.DATE, sort="starts_on"),
        Column("ends_on", _("Until"), kind=Kind.DATE, phone=False),
        Column("finding_count", _("Audit findings"), kind=Kind.NUMBER, places=0),
        Column("unverified_count", _("Not verified yet"), kind=Kind.NUMBER, places=0, phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=AUDIT_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(AUDIT_STATES)),
        DateFilter("starts", _("From"), field="starts_on"),
    ),
    search=("code", "title"),
    order="-starts_on",
    empty_title=_("No audit yet"),
    empty_hint=_("Write down the programme of the year and plan audits into it."),
)

AUDIT_FINDINGS = Listing(
    name="inspections.audit_findings",
    columns=(
        Column("code", _("Finding"), link=lambda row: address_of("inspections:audit_finding", row.code)),
        Column("grade", _("Grade"), badge=audit_grade_badge),
        Column("statement", _("What the audit found"), path="statement"),
        Column("audited", _("Who answers"), value=_audited, phone=False),
        Column("audit", _("Audit"), path="audit.title", small=lambda row: row.audit.code, phone=False),
        Column("due_on", _("Action by"), kind=Kind.DATE, sort="due_on", tone=lambda row: "bad" if row.is_late else ""),
        Column("state", _("State"), kind=Kind.STATE, states=AUDIT_FINDING_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(AUDIT_FINDING_STATES), multiple=True),
        ChoiceFilter("grade", _("Grade"), choices=_audit_grades),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        BooleanFilter("late", _("Overdue"), field="is_late"),
    ),
    search=("code", "statement", "audit__code", "audit__title"),
    order="-id",
    empty_title=_("No finding of an audit"),
    empty_hint=_("Findings are noted on the page of an audit that is being carried out."),
)

"""What the pages say about plans and tasks, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duban.contracts.selectors.options import line_label, service_words
from duban.inspections.domain.plans import SPAN_LABELS, Frequency, SamplingMode, Span
from duban.inspections.domain.states import PLAN_STATES, TASK_STATES
from duban.inspections.domain.verdicts import GRADE_LABELS, Grade
from duban.inspections.models import InspectionPlan, InspectionTask
from duban.inspections.selectors.plans import ClassCurve, PlanPage
from duban.inspections.selectors.tasks import TaskPage
from duban.inspections.views.words import Header
from duban.kernel.actor import Actor
from duban.orgs.domain.roles import Role
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.charts import Chart, Series, Trend
from duban.platform.ui.components import Action, Badge, Fact, actions_of, badge_of

BY_HAND = frozenset({"start", "finish", "cancel"})


@dataclass(frozen=True)
class TaskRow:
    """One task on the page of its plan."""

    code: str
    url: str
    line: str
    planned_on: str
    due_on: str
    places: str
    state: Badge


def plan_header(actor: Actor, page: PlanPage) -> Header:
    """Head of a plan's page."""
    plan = page.plan

    def url_of(move: str) -> str:
        return reverse("inspections:plans_move", args=[plan.code, move])

    edit = Action(_("Edit"), reverse("inspections:plans_edit", args=[plan.code]), method="get", symbol="edit")
    shown = [edit] if page.can_edit and plan.state != "retired" else []
    actions = [*shown, *actions_of(allowed_moves(plan, actor), url_of)]
    subtitle = f"{plan.code} · {plan.office} · {service_words(plan.service_line)}"
    return Header(plan.name, badge_of(PLAN_STATES, plan.state), subtitle, actions)


def often_words(plan: InspectionPlan) -> str:
    """How often the plan asks for a round."""
    if plan.frequency != Frequency.CALENDAR:
        times = ngettext("%(times)d time %(span)s", "%(times)d times %(span)s", plan.times)
        usual = times % {"times": plan.times, "span": _(SPAN_LABELS[Span(plan.span)])}
        if plan.frequency == Frequency.TIMES:
            return usual
        limits = {"usual": usual, "least": plan.times_min, "most": plan.times_max}
        return _("By risk: usually %(usual)s, from %(least)d to %(most)d") % limits
    names = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    weeks = _("every %(weeks)d weeks") % {"weeks": plan.every_weeks} if plan.every_weeks > 1 else ""
    days = [names[day - 1] for day in sorted(plan.weekdays)]
    dates = [_("day %(day)d of the month") % {"day": day} for day in sorted(plan.month_days)]
    return ", ".join([*days, *dates, *([weeks] if weeks else [])])


def sampling_words(plan: InspectionPlan) -> str:
    """How many places a round goes to."""
    if plan.sampling == SamplingMode.COUNT:
        return ngettext("%(count)d place by lot", "%(count)d places by lot", plan.sample_count) % {"count": plan.sample_count}
    if plan.sampling == SamplingMode.AQL:
        values = {"level": plan.level, "major": plan.aql_major.normalize(), "minor": plan.aql_minor.normalize()}
        return _("GB/T 2828.1, level %(level)s, AQL major %(major)s, minor %(minor)s") % values
    return _("All places")


def plan_facts(page: PlanPage) -> list[Fact]:
    """Facts of a plan's page."""
    plan = page.plan
    until = formatting.day(plan.ends_on) if plan.ends_on else _("open")
    found = [
        Fact(_("How often"), often_words(plan)),
        Fact(_("Estates"), ", ".join(estate.name for estate in page.estates) or _("All of the office")),
        Fact(_("Contract lines"), str(page.lines) if page.lines else _("All of the service line")),
        Fact(
            _("Places"),
            ", ".join(str(place) for place in page.places) or str(plan.get_place_kind_display() or _("The line as a whole")),
        ),
        Fact(_("Sampling"), sampling_words(plan)),
        Fact(_("Checklist"), plan.checklist.name if plan.checklist else _("All items of the standard")),
        Fact(_("Who makes the rounds"), role_words(plan.roles) or _("Everybody who may record checks there")),
        Fact(_("Reduced inspection"), _("Allowed") if plan.reduced_allowed and plan.sampling == SamplingMode.AQL else ""),
        Fact(_("Announced to the vendor"), _("Yes") if plan.is_announced else _("No: the vendor sees it after the check-in")),
        Fact(_("In use from"), f"{formatting.day(plan.starts_on)} – {until}"),
        *_counting_facts(plan),
    ]
    return [fact for fact in found if fact.value]


def _counting_facts(plan: InspectionPlan) -> list[Fact]:
    return [
        Fact(_("Counts for the score"), str(plan.get_score_trust_display())),
        Fact(_("Counts for money"), str(plan.get_money_trust_display())),
        Fact(_("Records below that"), str(plan.get_below_trust_display())),
    ]


def role_words(roles: Sequence[str]) -> str:
    """Roles by their names."""
    return "、".join(_(Role(role).label) for role in roles)


def coverage_tiles(page: PlanPage) -> list[tuple[str, int]]:
    """Label and number of the tiles: what was made of what was planned."""
    found = page.coverage
    return [
        (_("Made in time"), found.in_time),
        (_("Made late"), found.late),
        (_("Not inspected"), found.missed),
        (_("To be made"), found.waiting),
    ]


def curve_chart(page: PlanPage) -> Chart | None:
    """The operating characteristic of each class of faults."""
    if not page.curves:
        return None
    labels = [_percent(point.fraction) for point in page.curves[0].points]
    series = [
        Series(_class(curve), [round(float(point.probability) * 100, 1) for point in curve.points]) for curve in page.curves
    ]
    return Trend(labels=labels, series=series, unit="%", minimum=0, maximum=100)


def curve_sentences(page: PlanPage) -> list[str]:
    """What the curves mean, in a sentence for each class."""
    text = _("%(name)s: %(n)d of %(lot)d places are drawn, at most %(ac)d may be faulty.")
    meaning = _("A vendor with 10 %% bad places passes with probability %(chance)s.")
    return [
        " ".join(
            (
                text % {"name": _class(curve), "lot": curve.lot, "n": curve.n, "ac": curve.ac},
                meaning % {"chance": _percent(curve.bad_passes, 1)},
            )
        )
        for curve in page.curves
    ]


def task_rows(tasks: Sequence[InspectionTask]) -> list[TaskRow]:
    """Tasks, ready to be drawn."""
    return [
        TaskRow(
            code=task.code,
            url=reverse("inspections:task", args=[task.code]),
            line=line_label(task.line),
            planned_on=formatting.day(task.planned_on),
            due_on=formatting.day(task.due_on),
            places=drawn_words(task),
            state=badge_of(TASK_STATES, task.state),
        )
        for task in tasks
    ]


def drawn_words(task: InspectionTask) -> str:
    """“13 of 120”, or nothing where the round is about the line as a whole."""
    lot = task.sampling.get("lot", 0)
    return _("%(n)d of %(lot)d") % {"n": task.sampling["n"], "lot": lot} if lot else ""


def task_header(actor: Actor, page: TaskPage) -> Header:
    """Head of a task's page."""
    task = page.task

    def url_of(move: str) -> str:
        return reverse("inspections:task_move", args=[task.code, move])

    enter = Action(_("Enter results"), reverse("inspections:task_entry", args=[task.code]), method="get", tone="primary")
    assign = Action(_("Name the inspectors"), reverse("inspections:task_assign", args=[task.code]), method="get")
    moves = [] if actor.is_vendor else [move for move in allowed_moves(task, actor) if move.name in BY_HAND]
    shown = [*([enter] if page.can_enter else []), *([assign] if page.can_plan and page.can_enter else [])]
    title = task.plan.name if task.plan else str(task.get_kind_display())
    return Header(
        title, badge_of(TASK_STATES, task.state), f"{task.code} · {line_label(task.line)}", [*shown, *actions_of(moves, url_of)]
    )


def task_facts(page: TaskPage) -> list[Fact]:
    """Facts of a task's page; the places come below."""
    task = page.task
    window = " – ".join(f"{value:%H:%M}" for value in (task.window_from, task.window_to) if value)
    found = [
        Fact(_("Planned for"), formatting.day(task.planned_on)),
        Fact(_("To be done by"), formatting.day(task.due_on)),
        Fact(_("Time of day"), window),
        Fact(_("Checklist"), task.checklist.name if task.checklist else _("All items of the standard")),
        Fact(_("Why this day"), "; ".join(_reason(reason) for reason in task.reasons)),
        Fact(_("Places"), drawn_words(task)),
        Fact(_("Seed"), str(task.seed) if task.sampling.get("mode") in {"count", "aql"} else ""),
        Fact(_("Inspectors"), ", ".join(person.name for person in page.inspectors)),
        Fact(_("Who makes the rounds"), role_words(task.plan.roles) if task.plan and page.can_plan else ""),
        Fact(_("Announced to the vendor"), _("Yes") if task.is_announced else _("No: the vendor sees it after the check-in")),
        Fact(_("Checked in"), formatting.minute(task.checked_in_at) if task.checked_in_at else ""),
        Fact(_("Finished"), formatting.minute(task.finished_at) if task.finished_at else ""),
        Fact(_("Remark"), task.note),
    ]
    return [fact for fact in found if fact.value]


def _reason(reason: Mapping[str, Any]) -> str:
    label = str(reason["label"])
    return _(label).format(**reason["inputs"])


def _class(curve: ClassCurve) -> str:
    return _(GRADE_LABELS[Grade[curve.name.upper()]])


def _percent(value: object, places: int = 0) -> str:
    return f"{float(str(value)) * 100:.{places}f} %"

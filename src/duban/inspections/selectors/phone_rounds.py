"""What phones carry of rounds, and what the answers they send refer to."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from duban.estates.selectors.phones import carried_places
from duban.inspections.domain.rectification import REPEAT_DAYS
from duban.inspections.domain.states import RUNNING
from duban.inspections.domain.verdicts import SEVERITIES, VERDICT_WORDS, Grade, Verdict
from duban.inspections.models import Finding, FindingReply, InspectionTask, OtherAnswer
from duban.inspections.models.tasks import TASK_PATHS
from duban.inspections.permissions import Code, is_another, makes_round
from duban.inspections.selectors.blind import blind_visits
from duban.inspections.selectors.evidence import photos_by_result
from duban.kernel.actor import Actor
from duban.platform.files.selectors import attachment_url, attachments_of_many
from duban.platform.scope import within
from duban.standards.models import Standard, StandardItem
from duban.standards.selectors import phone_checklists, phone_item

AHEAD = timedelta(days=7)
MOST_READ, MOST_TASKS, MOST_FINDINGS = 240, 60, 200


def tasks_chosen(actor: Actor, codes: Collection[str]) -> dict[str, InspectionTask]:
    """Tasks of the actor's offices by code, with their places, locked in key order; unknown ones are left out."""
    rows = InspectionTask.objects.for_actor(actor).filter(code__in=codes).select_for_update(of=("self",))
    found = rows.select_related("checklist", "plan", *TASK_PATHS).prefetch_related("places").order_by("pk")
    return {task.code: task for task in found}


def task_key(task: InspectionTask) -> int:
    """The standard whose items a task goes through: that of its checklist, else that of its line; 0 if there is none."""
    return (task.checklist.standard_id if task.checklist else task.line.standard_id) or 0


def items_of_tasks(tasks: Iterable[InspectionTask]) -> dict[tuple[int, str], int]:
    """(standard, key of the item) → item, of all standards of the tasks: one query."""
    rows = StandardItem.objects.filter(standard__in={task_key(task) for task in tasks})
    return {(standard, key): pk for pk, standard, key in rows.values_list("pk", "standard_id", "key")}


def pack_tasks(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Tasks of the next week the person may make: his own, and those given to nobody in particular; three queries.

    `second` names the answers of this person that do not count because somebody else's was captured earlier.
    """
    tasks = _due(actor, today)
    second = _second(actor, tasks)
    return [_task(task) | {"second": second.get(task.pk, [])} for task in tasks]


def _second(actor: Actor, tasks: list[InspectionTask]) -> dict[int | None, list[dict[str, str]]]:
    rows = OtherAnswer.objects.filter(inspector=actor.person_id, result__visit__task__in=tasks).order_by("pk")
    found: dict[int | None, list[dict[str, str]]] = {}
    for task, place, item, verdict in rows.values_list(
        "result__visit__task_id", "result__place__tag", "result__item__key", "result__verdict"
    ):
        found.setdefault(task, []).append({"place": place or "", "item": item, "counts": VERDICT_WORDS[Verdict(verdict)]})
    return found


def pack_checklists(actor: Actor, today: date) -> list[dict[str, Any]]:
    """What those tasks go through, once each, with how often each item was missed lately at each place: seven queries."""
    tasks = _due(actor, today)
    repeats = _repeats(tasks, today)
    found = phone_checklists({task.checklist_id for task in tasks if task.checklist_id is not None})
    found += _of_standards({task.line.standard for task in tasks if task.checklist is None})
    for checklist in found:
        for item in checklist["items"]:
            item["repeats_90"] = repeats.get(item["key"], {})
    return found


def _of_standards(standards: Collection[Standard | None]) -> list[dict[str, Any]]:
    """All items of the standards of lines whose task names no checklist."""
    known = {standard.pk: standard for standard in standards if standard is not None}
    items: dict[int, list[dict[str, Any]]] = {key: [] for key in known}
    rows = StandardItem.objects.filter(standard__in=known).select_related("good_picture", "bad_picture")
    for item in rows.order_by("standard_id", "id"):
        items[item.standard_id].append(phone_item(known[item.standard_id], item))
    return [
        {
            "code": standard.code,
            "version": standard.version,
            "name": standard.name,
            "name_en": standard.name_en,
            "items": items[key],
            "form": None,
        }
        for key, standard in sorted(known.items())
    ]


def pack_places(actor: Actor, today: date) -> list[dict[str, Any]]:
    """The places of those tasks with the way down to them: four queries."""
    return carried_places({place.pk for task in _due(actor, today) for place in task.places.all()})


def pack_findings(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Findings that wait for the person's side: the vendor to put right, the office to look again; five queries.

    The two hundred that are due last, as the phone lists them.

    With what the vendor answered and the pictures after, for whoever looks again; nothing a blind re-inspection hides.
    """
    states = {"rectified"} if not actor.is_vendor else {"open", "reopened"}
    rows = Finding.objects.for_actor(actor).filter(state__in=states).exclude(check_result__visit__in=blind_visits(actor))
    rows = rows.select_related("item", "place", "check_result", *TASK_PATHS)
    found = list(rows.order_by(F("due_on").desc(nulls_last=True), "pk")[:MOST_FINDINGS])
    photos = photos_by_result([finding.check_result for finding in found if finding.check_result])
    replies = {reply.finding_id: reply for reply in FindingReply.objects.filter(finding__in=found).order_by("pk")}
    after = attachments_of_many(Finding, [finding.pk for finding in found])
    return [
        _finding(actor, finding, today)
        | {
            "photos": [photo.thumbnail_url for photo in photos.get(finding.check_result_id or 0, ())],
            "after": [attachment_url(each, variant="thumb") for each in after[finding.pk] if each.file.is_image],
            "reply": _reply(replies.get(finding.pk)),
        }
        for finding in found
    ]


def _due(actor: Actor, today: date) -> list[InspectionTask]:
    paths = actor.office_paths(Code.EDIT)
    mine = within("line__estate__office__path", paths) | within("line__contract__office__path", paths)
    rows: QuerySet[InspectionTask] = InspectionTask.objects.filter(mine, state__in=RUNNING, planned_on__lte=today + AHEAD)
    rows = rows.filter(Q(inspectors=actor.person_id) | Q(inspectors__isnull=True)).distinct()
    found = rows.select_related("checklist__standard", "line__standard", "plan", *TASK_PATHS)
    due = found.prefetch_related("places").order_by("due_on", "pk")[:MOST_READ]
    return [task for task in due if makes_round(actor, task)][:MOST_TASKS]


def _checklist_code(task: InspectionTask) -> str:
    if task.checklist is not None:
        return task.checklist.code
    return task.line.standard.code if task.line.standard else ""


def _task(task: InspectionTask) -> dict[str, Any]:
    line = task.line
    return {
        "code": task.code,
        "title": task.plan.name if task.plan else line.estate.name,
        "line": f"{line.contract.code}/{line.number}",
        "line_name": str(line.contract.vendor),
        "estate": line.estate.code,
        "estate_name": line.estate.short_name or line.estate.name,
        "service_line": line.service_line,
        "checklist": _checklist_code(task),
        "due_on": task.due_on.isoformat(),
        "window_from": task.window_from.isoformat("minutes") if task.window_from else None,
        "window_to": task.window_to.isoformat("minutes") if task.window_to else None,
        "places": [place.tag for place in task.places.all()],
        **{
            name: getattr(task, name)
            for name in ("is_announced", "needs_checkin", "gallery_allowed", "signature_needed", "state")
        },
    }


def _repeats(tasks: list[InspectionTask], today: date) -> dict[str, dict[str, int]]:
    """Key of the item → place → findings of the last 90 days on the lines of the tasks."""
    rows = Finding.objects.filter(
        line__in={task.line_id for task in tasks}, found_on__gte=today - timedelta(days=REPEAT_DAYS), place__isnull=False
    )
    found: dict[str, dict[str, int]] = {}
    for item, tag in rows.values_list("item__key", "place__tag"):
        counts = found.setdefault(item, {})
        counts[tag] = counts.get(tag, 0) + 1
    return found


def _reply(reply: FindingReply | None) -> dict[str, Any] | None:
    if reply is None:
        return None
    return {"cause": reply.cause, "action": reply.action, "at": reply.at.isoformat(), "name": reply.name}


def _finding(actor: Actor, finding: Finding, today: date) -> dict[str, Any]:
    may = Code.RECTIFY if actor.is_vendor else Code.EDIT
    line = finding.line
    return {
        "code": finding.code,
        "title": finding.item.title,
        "place": finding.place.tag if finding.place else "",
        "place_name": finding.place.name if finding.place else "",
        "severity": SEVERITIES[Grade(finding.severity)],
        "state": finding.state,
        "due_on": finding.due_on.isoformat() if finding.due_on else None,
        "is_overdue": bool(finding.due_on and finding.due_on < today),
        "waits_for": "vendor" if actor.is_vendor else "recheck",
        "can_act": any(actor.can(may, path) for path in finding.permission_paths())
        and (actor.is_vendor or is_another(actor, finding)),
        "text": finding.text,
        "found_on": finding.found_on.isoformat(),
        "repeat_number": finding.repeat_number,
        "estate_name": line.estate.short_name or line.estate.name,
        "vendor_name": str(line.contract.vendor),
    }

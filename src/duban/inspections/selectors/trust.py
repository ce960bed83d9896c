"""What trust asks of inspections: where a record from a phone belongs, and what its grade lets count."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from duban.contracts.models import ContractLine
from duban.contracts.selectors import lines_by_id, lines_by_reference
from duban.estates.models import Place
from duban.estates.selectors.phones import Circle, circles_of
from duban.inspections.domain.identity import form_verdict_id
from duban.inspections.domain.plans import floors_of
from duban.inspections.models import CheckResult, Finding, FormAnswer, InspectionTask, Praise
from duban.inspections.models.tasks import TASK_PATHS
from duban.inspections.selectors.facts import ANSWER, CHECK_IN, FORM, PRAISE, place_label
from duban.inspections.selectors.phone_rounds import task_key
from duban.inspections.selectors.results import WITH_PATHS
from duban.kernel.actor import Actor
from duban.kernel.trust import Floors, TrustGrade
from duban.platform.trust.models import TrustMark, TrustReview
from duban.platform.trust.selectors import marks_of
from duban.platform.trust.shapes import Ground, Stand
from duban.standards.models import StandardItem

ANSWERS = ("inspections.reply", "inspections.recheck")
PRAISE_FLOORS = Floors(TrustGrade.C, TrustGrade.C)
"""Praise of the lowest grade adds nothing until somebody has looked at it: no plan says what counts for what nobody planned."""


def grounds_of_rounds(actor: Actor, envelopes: Sequence[Any]) -> Mapping[UUID, Ground]:
    """Where arrivals, answers and forms of rounds belong; those of unknown tasks are left out. Four queries."""
    wanted = {item.payload.task for item in envelopes}
    rows = InspectionTask.objects.for_actor(actor).filter(code__in=wanted).select_related("checklist", *TASK_PATHS)
    tasks = {task.code: task for task in rows.prefetch_related("places__parent")}
    keys = {item.payload.item for item in envelopes if hasattr(item.payload, "item")}
    names = _item_names(tasks.values(), keys) if keys else {}
    said = {item.id: item.payload for item in envelopes if item.payload.task in tasks}
    places = {key: _place_of(tasks[payload.task], payload.place) for key, payload in said.items()}
    circles = circles_of(place for place in places.values() if place)
    return {key: _of_task(tasks[payload.task], payload, places[key], names, circles) for key, payload in said.items()}


def grounds_of_findings(actor: Actor, envelopes: Sequence[Any]) -> Mapping[UUID, Ground]:
    """Where answers to findings and re-checks belong; they count by themselves, whatever their grade. Two queries."""
    wanted = {item.payload.finding for item in envelopes}
    rows = Finding.objects.for_actor(actor).filter(code__in=wanted).select_related(*WITH_PATHS, "item", "place__parent")
    findings = {finding.code: finding for finding in rows}
    circles = circles_of(finding.place for finding in findings.values() if finding.place)
    return {
        item.id: _of_finding(findings[item.payload.finding], circles) for item in envelopes if item.payload.finding in findings
    }


def grounds_of_praise(actor: Actor, envelopes: Sequence[Any]) -> Mapping[UUID, Ground]:
    """Where good finds belong; those on unknown lines are left out, as applying them will say. Four queries."""
    wanted = {item.id: tuple(item.payload.line.split("/")) for item in envelopes}
    keys = lines_by_reference(set(wanted.values()), actor=actor)
    rows = lines_by_id(set(keys.values()))
    tags = {item.payload.place for item in envelopes if item.payload.place}
    seen = Place.objects.for_actor(actor).filter(tag__in=tags).select_related("parent")
    places = {row.tag: row for row in seen} if tags else {}
    circles = circles_of(places.values())
    return {
        item.id: _of_praise(rows[keys[wanted[item.id]]], item.payload.text, places.get(item.payload.place), circles)
        for item in envelopes
        if wanted[item.id] in keys
    }


def marks_of_result(result: CheckResult) -> list[TrustMark]:
    """Grades of a result: of the answer or form it was made from, and of doubted corrections; the worst first. Five queries."""
    doubts = reviews_of_results([result]).get(result.pk, [])
    return _worst_first([result.client_id, *(review.mark_id for review in doubts)])


def marks_of_task(task: InspectionTask) -> list[TrustMark]:
    """Grades of the doubted arrivals and forms of a task, the worst first. Two queries."""
    return _worst_first(_doubted((CHECK_IN, FORM), task.code))


def marks_of_finding(finding: Finding) -> list[TrustMark]:
    """Grades of the result a finding rests on, and of doubted answers and re-checks; the worst first. Two queries."""
    own = finding.check_result.client_id if finding.check_result else None
    return _worst_first([own, *_doubted(ANSWERS, finding.code)])


def marks_of_praise(praise: Praise) -> list[TrustMark]:
    """Grades of a doubted good find. Two queries."""
    return _worst_first(_doubted((PRAISE,), praise.code))


def reviews_of_results(results: Collection[CheckResult]) -> dict[int, list[TrustReview]]:
    """Reviews of the records each result was made from: answers and corrections of its own, and forms. Four queries."""
    found: defaultdict[int, list[TrustReview]] = defaultdict(list)
    codes = {result.code: result.pk for result in results}
    for review in TrustReview.objects.filter(kind=ANSWER, record__in=codes).order_by("pk"):
        found[codes[review.record]].append(review)
    forms = _doubted_forms(results)
    asked = CheckResult.objects.filter(pk__in=codes.values(), visit__task__in=forms)
    for pk, task, client_id, key in asked.values_list("pk", "visit__task", "client_id", "item__key") if forms else ():
        found[pk] += [review for root, review in forms.get(task or 0, ()) if form_verdict_id(root, key) == client_id]
    return dict(found)


def _doubted_forms(results: Collection[CheckResult]) -> dict[int, list[tuple[UUID, TrustReview]]]:
    """Doubted forms by task, each with the envelope of the first of those it corrects."""
    tasks = InspectionTask.objects.filter(visits__in={result.visit_id for result in results})
    reviews = {row.mark_id: row for row in TrustReview.objects.filter(kind=FORM, record__in=tasks.values("code"))}
    found: defaultdict[int, list[tuple[UUID, TrustReview]]] = defaultdict(list)
    for task, root, key in FormAnswer.objects.filter(client_id__in=reviews).values_list("task", "root_id", "client_id"):
        found[task].append((root, reviews[key]))
    return dict(found)


def _doubted(kinds: Sequence[str], record: str) -> list[UUID]:
    return list(TrustReview.objects.filter(kind__in=kinds, record=record).order_by("pk").values_list("mark_id", flat=True))


def _worst_first(keys: Sequence[UUID | None]) -> list[TrustMark]:
    return sorted(marks_of(keys).values(), key=lambda mark: (-mark.weight, mark.captured_at))


def _item_names(tasks: Any, keys: set[str]) -> dict[tuple[int, str], str]:
    rows = StandardItem.objects.filter(standard__in={task_key(task) for task in tasks}, key__in=keys)
    return {(standard, key): name for standard, key, name in rows.values_list("standard_id", "key", "name")}


def _place_of(task: InspectionTask, tag: str) -> Place | None:
    return next((place for place in task.places.all() if place.tag == tag), None)


def _of_task(
    task: InspectionTask,
    said: Any,
    place: Place | None,
    names: Mapping[tuple[int, str], str],
    circles: Mapping[int, Circle],
) -> Ground:
    is_answer = hasattr(said, "item")
    return Ground(
        office=task.line.estate.office.path,
        keeper=task.line.contract.office.path,
        stand=_stand(place, circles),
        floors=floors_of(task.score_trust, task.money_trust, task.below_trust),
        title=names.get((task_key(task), said.item), said.item) if is_answer else task.code,
        about=_about(task.line.estate, place),
        page="inspections:result" if is_answer else "inspections:task",
    )


def _of_finding(finding: Finding, circles: Mapping[int, Circle]) -> Ground:
    return Ground(
        office=finding.line.estate.office.path,
        keeper=finding.line.contract.office.path,
        stand=_stand(finding.place, circles),
        title=finding.item.name,
        about=_about(finding.line.estate, finding.place),
        page="inspections:finding",
    )


def _of_praise(line: ContractLine, text: str, place: Place | None, circles: Mapping[int, Circle]) -> Ground:
    return Ground(
        office=line.estate.office.path,
        keeper=line.contract.office.path,
        stand=_stand(place, circles),
        floors=PRAISE_FLOORS,
        title=text,
        about=_about(line.estate, place),
        page="inspections:praise",
    )


def _stand(place: Place | None, circles: Mapping[int, Circle]) -> Stand | None:
    if place is None:
        return None
    circle = circles.get(place.pk)
    point = (circle.latitude, circle.longitude) if circle else None
    return Stand(place.tag, point, circle.radius_m if circle else place.radius_m, place.is_rotating)


def _about(estate: Any, place: Place | None) -> str:
    where = place_label(place.name, place.parent.name if place.parent else None) if place else ""
    return " · ".join(part for part in (estate.short_name or estate.name, where) if part)

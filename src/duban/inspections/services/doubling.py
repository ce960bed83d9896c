"""Two answers to one item at one place of one task: the one captured earlier counts, the other is kept beside it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from duban.inspections.domain.rows import CheckRow
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import AnswerChange, CheckPhoto, CheckResult, OtherAnswer, Visit
from duban.inspections.selectors.results import WITH_PATHS
from duban.inspections.services.correcting import correct_result
from duban.inspections.services.trust import recount_results
from duban.kernel.actor import Actor
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.audit.services import audited, write_entry
from duban.platform.events import announce
from duban.platform.files.services import attach
from duban.platform.sync.services import rename_record
from duban.platform.trust.services import move_marks

EARLIER = mark("another answer to this was captured earlier")
SHARED = ("visit_id", "inspector_id", "at", "verdict", "severity", "value", "note", "client_id")
Spot = tuple[int | None, int | None, int]
"""Task, place, item."""


def split_rows(rows: Sequence[CheckRow]) -> tuple[list[CheckRow], list[tuple[Spot, CheckRow]]]:
    """Rows that are the first answer at their spot, and those whose spot is taken: two statements.

    A row that is stored already, as a result or beside one, is in neither: a repeated delivery changes nothing.
    """
    task_of = dict(Visit.objects.filter(pk__in={row.visit_id for row in rows}).values_list("pk", "task_id"))
    stored = CheckResult.objects.filter(visit__task__in=set(task_of.values()))
    taken: dict[Spot, UUID | None] = {
        (task, place, item): client
        for task, place, item, client in stored.values_list("visit__task_id", "place_id", "item_id", "client_id")
    }
    known = set(taken.values()) | set(
        OtherAnswer.objects.filter(client_id__in=[row.client_id for row in rows]).values_list("client_id", flat=True)
    )
    first: list[CheckRow] = []
    others: list[tuple[Spot, CheckRow]] = []
    for row in rows:
        if row.client_id in known:
            continue
        spot = (task_of[cast("int", row.visit_id)], row.place_id, row.item_id)
        if spot in taken:
            others.append((spot, row))
        else:
            taken[spot] = row.client_id
            first.append(row)
    return first, others


@transaction.atomic
def keep_others(*, actor: Actor, others: Sequence[tuple[Spot, CheckRow]]) -> Mapping[UUID | None, OtherAnswer]:
    """Keep answers whose spot is taken; client id → what was put beside the result.

    One that was captured before the result (of the same moment: that with the smaller number) takes its place, and what
    counted until now is put beside it; the audit trail of the result says so. Raises as `correct_result`. Announces
    `EvidenceChanged` where the result changed.
    """
    kept: dict[UUID | None, OtherAnswer] = {}
    for (task, place, item), row in others:
        rows = CheckResult.objects.select_for_update(of=("self",)).filter(visit__task=task, place=place, item=item)
        result = rows.select_related("item", *WITH_PATHS).order_by("pk")[0]
        was, said = _counted(result), _said(result, row)
        is_earlier = (said["at"], str(said["client_id"])) < (result.at, str(result.client_id))
        other = OtherAnswer(result=result, **(was if is_earlier else said))
        with audited(actor=actor, record=other, action="create"):
            other.save()
        write_entry(actor=actor, record=result, action="second_answer", changes={"other_answer": [None, other.code]})
        if is_earlier:
            _give_way(actor, result, other, said, row)
        kept[other.client_id] = other
    return kept


def _counted(result: CheckResult) -> dict[str, Any]:
    return {name: getattr(result, name) for name in SHARED}


def _said(result: CheckResult, row: CheckRow) -> dict[str, Any]:
    severity = Grade.of(result.item.severity) if row.severity is None else row.severity
    values = {name: getattr(row, name) for name in SHARED} | {"verdict": int(row.verdict)}
    return values | {"severity": int(severity if row.verdict == Verdict.FAIL else Grade.MINOR)}


def _give_way(actor: Actor, result: CheckResult, other: OtherAnswer, said: Mapping[str, Any], row: CheckRow) -> None:
    """Put the earlier answer in the place of the one that counted, whose photos and grade of trust go with it."""
    announce(EvidenceChanged("inspections", ((result.line_id, result.day),)))
    for photo in CheckPhoto.objects.filter(check_result=result).select_related("file").order_by("pk"):
        attach(actor=actor, target=other, file=photo.file, name=f"{photo.file.sha256[:12]}.jpg")
        photo.delete()
    with audited(actor=actor, record=result, action="edit", reason=EARLIER):
        for name in ("visit_id", "inspector_id", "at", "value", "client_id"):
            setattr(result, name, said[name])
        result.day, result.photo_count = row.day, 0
        result.save(update_fields=["visit", "inspector", "at", "value", "client_id", "day", "photo_count"])
    _move_origins(other)
    recount_results([result.pk])
    severity = Grade(said["severity"])
    correct_result(actor=actor, result=result, verdict=row.verdict, severity=severity, reason=EARLIER, note=row.note)


def _move_origins(other: OtherAnswer) -> None:
    """What came from a phone and made the answer that counted names from now on what was put beside the result."""
    if other.client_id is None:
        return
    changes = AnswerChange.objects.filter(root_id=other.client_id).values_list("client_id", flat=True)
    keys = [other.client_id, *changes]
    move_marks(keys=keys, record=other.code)
    rename_record(keys=keys, record=other.code)

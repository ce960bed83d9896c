"""Recording check results in bulk."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.rows import CheckRow, Recorded
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult
from duban.inspections.services.checking import CHUNK, Known, check_rows, load_known
from duban.inspections.services.opening import open_findings
from duban.kernel.actor import Actor
from duban.kernel.metrics import EvidenceChanged
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.imports.statements import insert_rows

BATCH = 2000
NOON = time(12)


@transaction.atomic
def record_results(*, actor: Actor, rows: Sequence[CheckRow]) -> Recorded:
    """Record results in bulk, open a finding for each failed one, announce the changed days; one audit entry in all.

    Rows whose `client_id` is already stored are known and left out, so that a repeated delivery changes nothing; of rows
    that carry the same one inside the call the first counts. Raises `NotFound` for a line the actor does not see,
    `NotAllowed` without `inspections.edit` there, `Invalid` naming each row that does not fit; then nothing is written.
    The cost is a fixed number of statements for each 2,000 rows. Announces `EvidenceChanged`.
    """
    if not rows:
        return Recorded(0, 0, 0)
    known = load_known(actor, rows)
    check_rows(rows, known)
    fresh = _fresh(rows)
    if not fresh:
        return Recorded(0, len(rows), 0)
    drafts = _drafts(fresh, known)
    failed = [draft for draft in drafts if draft["verdict"] == Verdict.FAIL]
    results = CheckResult.objects.bulk_create([CheckResult(**draft) for draft in failed], batch_size=BATCH)
    insert_rows(CheckResult, [draft for draft in drafts if draft["verdict"] != Verdict.FAIL])
    findings = open_findings(results=results, texts={})
    lines = sorted({row.line_id for row in fresh})
    changes = {"results": [None, len(fresh)], "findings": [None, len(findings)], "lines": [None, lines]}
    write_entry(actor=actor, record=known.lines[fresh[0].line_id], action="record_results", changes=changes)
    announce(EvidenceChanged("inspections", tuple(sorted({(row.line_id, row.day) for row in fresh}))))
    return Recorded(len(fresh), len(rows) - len(fresh), len(findings))


def _fresh(rows: Sequence[CheckRow]) -> list[CheckRow]:
    asked = [row.client_id for row in rows if row.client_id is not None]
    seen: set[UUID] = set()
    for start in range(0, len(asked), CHUNK):
        seen.update(_stored(asked[start : start + CHUNK]))
    fresh = []
    for row in rows:
        if row.client_id is None or row.client_id not in seen:
            fresh.append(row)
        if row.client_id is not None:
            seen.add(row.client_id)
    return fresh


def _stored(client_ids: list[UUID]) -> set[UUID]:
    found = CheckResult.objects.filter(client_id__in=client_ids).values_list("client_id", flat=True)
    return {client_id for client_id in found if client_id is not None}


def _drafts(rows: Sequence[CheckRow], known: Known) -> list[dict[str, Any]]:
    """The rows as column values; a time that is not given is noon."""
    zone = timezone.get_current_timezone()
    noons = {day: datetime.combine(day, NOON, tzinfo=zone) for day in {row.day for row in rows}}
    grades = {key: Grade.of(item.severity) for key, item in known.items.items()}
    return [
        {
            "line_id": row.line_id,
            "item_id": row.item_id,
            "place_id": row.place_id,
            "visit_id": row.visit_id,
            "inspector_id": row.inspector_id,
            "day": row.day,
            "at": row.at or noons[row.day],
            "verdict": int(row.verdict),
            "severity": int(_grade(row, grades)),
            "value": row.value,
            "photo_count": 0,
            "note": row.note,
            "client_id": row.client_id,
        }
        for row in rows
    ]


def _grade(row: CheckRow, grades: Mapping[int, Grade]) -> Grade:
    if row.verdict != Verdict.FAIL:
        return Grade.MINOR
    return grades[row.item_id] if row.severity is None else row.severity

"""Entering a visit in the office: one line, one day, one checklist, a verdict for each item."""

from collections.abc import Sequence

from django.db import transaction

from duban.contracts.models import ContractLine
from duban.inspections.domain.rows import CheckRow
from duban.inspections.domain.visits import VisitInput, VisitLine
from duban.inspections.models import CheckResult, Visit, line_paths
from duban.inspections.permissions import Code
from duban.inspections.services.photos import add_photos
from duban.inspections.services.recording import record_results
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.audit.services import audited


@transaction.atomic
def record_visit(*, actor: Actor, line: ContractLine, entry: VisitInput) -> Visit:
    """Record a visit with its results and photos; failed items open findings.

    Raises `NotAllowed` without `inspections.edit` at the line, `Invalid` if nothing was checked or a row does not
    fit. Announces `EvidenceChanged`.
    """
    actor.require_any(Code.EDIT, line_paths(line)[:2])
    if not entry.lines:
        raise Invalid(errors=(FieldError("lines", mark("Give at least one item a verdict.")),))
    visit = Visit(
        line=line,
        task_id=entry.task_id,
        checklist_id=entry.checklist_id,
        inspector_id=actor.person_id,
        day=entry.day,
        is_announced=entry.is_announced,
        note=entry.note,
    )
    with audited(actor=actor, record=visit, action="create"):
        visit.save()
    record_results(actor=actor, rows=[_row(visit, found) for found in entry.lines])
    _store_photos(actor, visit, entry.lines)
    return visit


def _row(visit: Visit, found: VisitLine) -> CheckRow:
    return CheckRow(
        line_id=visit.line_id,
        item_id=found.item_id,
        day=visit.day,
        verdict=found.verdict,
        place_id=found.place_id,
        severity=found.severity,
        note=found.note,
        inspector_id=visit.inspector_id,
        visit_id=visit.pk,
    )


def _store_photos(actor: Actor, visit: Visit, lines: Sequence[VisitLine]) -> None:
    if not any(found.photos for found in lines):
        return
    results = {(result.item_id, result.place_id): result for result in CheckResult.objects.filter(visit=visit)}
    for found in lines:
        if found.photos:
            add_photos(actor=actor, result=results[found.item_id, found.place_id], uploads=found.photos)

"""Checks made twice: drawing them, and handing in what the second inspector found."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from duban.inspections.domain.calibration.drawing import Candidate, Opinion, case_of, draw
from duban.inspections.domain.events import VisitsDrawn
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import Reinspection, ReinspectionDraw, SecondOpinion, Visit
from duban.inspections.permissions import Code
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.orgs.domain.roles import Role
from duban.orgs.models import Unit
from duban.orgs.selectors import people_in_role
from duban.platform.audit.services import write_entries
from duban.platform.events import announce
from duban.platform.records import assign_codes
from duban.platform.scope import within
from duban.platform.states import advance

LEAST_CHECKS = 5


@transaction.atomic
def reinspections_draw(*, actor: Actor, start: date, end: date, count: int, due_on: date, seed: str) -> list[Reinspection]:
    """Draw `count` visits from `start` to `end` to be checked again, and share them out among inspectors of their offices.

    Drawn from the offices where the actor compares inspectors; visits of fewer than five checks, visits without an inspector
    and those drawn before are left out. Raises `NotAllowed`, `Invalid` where nothing can be drawn.
    """
    paths = actor.office_paths(Code.CALIBRATE)
    if not paths:
        raise NotAllowed
    visits = Visit.objects.annotate(checks=Count("results")).filter(
        within("line__estate__office__path", paths),
        day__range=(start, end),
        inspector__isnull=False,
        reinspection__isnull=True,
        checks__gte=LEAST_CHECKS,
    )
    rows = visits.values_list("pk", "inspector_id", "line__estate__office_id")
    candidates = [Candidate(visit, first or 0, office) for visit, first, office in rows]
    seconds = _seconds({one.office for one in candidates})
    drawn = draw(candidates, seconds, count, seed)
    if not drawn:
        raise Invalid(errors=(FieldError("count", mark("No visit of these days can be checked again by somebody else.")),))
    case = case_of(candidates, seconds, count, seed)
    tenant = Unit.objects.get(path=actor.tenant_path)
    kept = ReinspectionDraw.objects.create(tenant=tenant, starts_on=start, ends_on=end, seed=seed, case=case)
    made = [Reinspection(draw=kept, visit_id=one.visit, inspector_id=one.second, seed=seed, due_on=due_on) for one in drawn]
    assign_codes(made)
    Reinspection.objects.bulk_create(made)
    stored = Reinspection.objects.filter(code__in=[one.code for one in made]).order_by("code")
    written = list(stored.select_related("visit__line__estate__office", "visit__line__contract__office", "inspector"))
    write_entries(actor=actor, changed=[(one, {"seed": ["", seed]}) for one in written], action="draw")
    announce(VisitsDrawn(kept.code))
    return written


@transaction.atomic
def reinspection_answer(*, actor: Actor, reinspection: Reinspection, opinions: Mapping[int, Opinion]) -> Reinspection:
    """Hand in what the second inspector found; `opinions` by key of the first check result, all of them.

    Only whoever the task was given to may. Raises `NotAllowed`, `WrongState`, `Invalid` naming the checks without an answer.
    """
    if actor.person_id is None or actor.person_id != reinspection.inspector_id:
        raise NotAllowed
    asked = list(reinspection.visit.results.order_by("pk").values_list("pk", flat=True))
    missing = [key for key in asked if key not in opinions]
    if missing:
        message = mark("Please answer this one too: only whole re-inspections can be compared.")
        raise Invalid(errors=tuple(FieldError(f"item-{key}", message) for key in missing))
    moved = advance(reinspection, "finish", actor=actor)
    moved.done_at = timezone.now()
    moved.save(update_fields=["done_at", "changed_at"])
    SecondOpinion.objects.bulk_create([_opinion(moved, key, opinions[key]) for key in asked], batch_size=500)
    return moved


@transaction.atomic
def reinspection_cancel(*, actor: Actor, reinspection: Reinspection, note: str) -> Reinspection:
    """Call a task off, with a reason. Raises `NotAllowed`, `WrongState`, `Invalid`."""
    return advance(reinspection, "cancel", actor=actor, note=note)


def _opinion(reinspection: Reinspection, key: int, said: Opinion) -> SecondOpinion:
    severity = said.severity if said.verdict == Verdict.FAIL else Grade.MINOR
    return SecondOpinion(reinspection=reinspection, first_id=key, verdict=said.verdict, severity=severity, note=said.note[:300])


def _seconds(offices: Collection[int]) -> dict[int, list[int]]:
    """Office → its quality inspectors: one statement for each office."""
    return {
        unit.pk: [person.pk for person in people_in_role(Role.QUALITY_INSPECTOR, unit.path)]
        for unit in Unit.objects.filter(pk__in=offices).order_by("pk")
    }

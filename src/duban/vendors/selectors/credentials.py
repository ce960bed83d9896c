"""Reads of personal credentials and proofs of insurance."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from duban.kernel.actor import Actor
from duban.platform.records import get_by_code
from duban.vendors.domain.certificates import REMINDER_DAYS, Expiry, reminder_due
from duban.vendors.models import InsuranceProof, Worker, WorkerCredential
from duban.vendors.permissions import Code
from duban.vendors.selectors.records import expiry_condition

WITH_COMPANY = ("worker__company__tenant", "worker__company__unit", "file")


@dataclass(frozen=True)
class DueCredential:
    """A credential whose reminder is due, and which of the reminders it is."""

    credential: WorkerCredential
    days: int


def credentials_of(actor: Actor) -> QuerySet[WorkerCredential]:
    """Personal credentials the actor may see, each with `is_double`: another person holds one of the same number."""
    actor.require(Code.VIEW)
    same = WorkerCredential.objects.filter(
        worker__company__tenant=OuterRef("worker__company__tenant"), kind=OuterRef("kind"), number=OuterRef("number")
    )
    others = same.exclude(worker=OuterRef("worker")).exclude(state="rejected")
    return WorkerCredential.objects.for_actor(actor).select_related(*WITH_COMPANY).annotate(is_double=Exists(others))


def credential_get(actor: Actor, code: str) -> WorkerCredential:
    """One credential of the actor's scope, or `NotFound`."""
    return get_by_code(credentials_of(actor), code)


def proof_get(actor: Actor, code: str) -> InsuranceProof:
    """One proof of insurance of the actor's scope, or `NotFound`."""
    actor.require(Code.VIEW)
    return get_by_code(InsuranceProof.objects.for_actor(actor).select_related("worker__company__tenant"), code)


def credentials_in_state(rows: QuerySet[WorkerCredential], state: Expiry, today: date) -> QuerySet[WorkerCredential]:
    """Only credentials that stand in one state of expiry on a day."""
    return rows.filter(expiry_condition(state, today))


@dataclass(frozen=True)
class BoardRow:
    """One kind of credential on the expiry board: how many of the people employed today stand where."""

    kind: str
    expired: int
    within_30: int
    within_90: int
    later: int
    waiting: int
    rejected: int


def expiry_board(actor: Actor, today: date) -> list[BoardRow]:
    """Every kind of credential that people employed today hold, with how many run out when: one grouped query."""
    actor.require(Code.VIEW)
    near, soon = today + timedelta(days=30), today + timedelta(days=REMINDER_DAYS[0])
    holds = ~Q(state="rejected")
    rows = WorkerCredential.objects.for_actor(actor).filter(worker__in=Worker.objects.employed_on(today))
    counted = (
        rows.order_by()
        .values("kind")
        .annotate(
            expired=Count("id", filter=holds & Q(valid_until__lt=today)),
            within_30=Count("id", filter=holds & Q(valid_until__range=(today, near))),
            within_90=Count("id", filter=holds & Q(valid_until__gt=near, valid_until__lte=soon)),
            later=Count("id", filter=holds & (Q(valid_until__gt=soon) | Q(valid_until__isnull=True))),
            waiting=Count("id", filter=Q(state="entered")),
            rejected=Count("id", filter=Q(state="rejected")),
        )
    )
    return [BoardRow(**row) for row in counted.order_by("kind")]


def worker_credentials(actor: Actor, worker: Worker) -> list[WorkerCredential]:
    """All credentials of one person, by kind, the longest-lived first."""
    return list(credentials_of(actor).filter(worker=worker).order_by("kind", "-valid_until", "id"))


def worker_proofs(worker: Worker) -> list[InsuranceProof]:
    """All proofs of insurance of one person, the newest first."""
    return list(InsuranceProof.objects.filter(worker=worker).select_related("file").order_by("-valid_until", "id"))


def same_number_elsewhere(credential: WorkerCredential) -> list[WorkerCredential]:
    """Credentials of the same kind and number that other people of the tenant hold and nobody has rejected."""
    rows = WorkerCredential.objects.filter(
        worker__company__tenant=credential.worker.company.tenant_id, kind=credential.kind, number=credential.number
    )
    return list(rows.exclude(worker=credential.worker_id).exclude(state="rejected").order_by("pk"))


def credentials_by_worker(worker_ids: Collection[int]) -> dict[int, list[WorkerCredential]]:
    """Worker key → credentials that nobody has rejected, in one query."""
    found: dict[int, list[WorkerCredential]] = {key: [] for key in worker_ids}
    rows = WorkerCredential.objects.filter(worker_id__in=list(worker_ids)).exclude(state="rejected")
    for credential in rows.order_by("worker_id", "id"):
        found[credential.worker_id].append(credential)
    return found


def credential_reminders_due(today: date) -> list[DueCredential]:
    """Every reminder of a person still employed that is due today and has not gone out, over all tenants."""
    soon = today + timedelta(days=REMINDER_DAYS[0])
    employed = Worker.objects.employed_on(today).filter(company__is_active=True)
    rows = WorkerCredential.objects.filter(valid_until__gte=today, valid_until__lte=soon, worker__in=employed)
    found: list[DueCredential] = []
    for credential in rows.exclude(state="rejected").select_related(*WITH_COMPANY).order_by("id"):
        days = reminder_due(credential.valid_until, today, credential.last_reminder_days)
        if days is not None:
            found.append(DueCredential(credential, days))
    return found

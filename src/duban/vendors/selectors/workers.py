"""Reads of vendors' people: lists, one person, the same person at two vendors."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from duban.kernel.actor import Actor
from duban.platform.records import get_by_code
from duban.platform.sealing import unseal
from duban.vendors.domain.workers import masked_identity
from duban.vendors.models import InsuranceProof, Worker, WorkerCredential
from duban.vendors.permissions import Code

WITH_COMPANY = ("company__tenant", "company__unit")


def workers_of(actor: Actor) -> QuerySet[Worker]:
    """People of vendors the actor may see, with their companies; `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    return Worker.objects.for_actor(actor).select_related(*WITH_COMPANY)


def worker_get(actor: Actor, code: str) -> Worker:
    """One person of the actor's scope, or `NotFound`."""
    return get_by_code(workers_of(actor), code)


def workers_listed(actor: Actor, today: date) -> QuerySet[Worker]:
    """People with what the register shows of each: credentials in order, run out and waiting, insured today, at two vendors."""
    own = WorkerCredential.objects.filter(worker=OuterRef("pk"))
    insured = InsuranceProof.objects.filter(worker=OuterRef("pk"), valid_from__lte=today, valid_until__gte=today)
    twins = Worker.objects.filter(
        company__tenant=OuterRef("company__tenant"), identity_hash=OuterRef("identity_hash"), left_on__isnull=True
    ).exclude(company=OuterRef("company"))
    return workers_of(actor).annotate(
        credential_count=Count("credentials", filter=~Q(credentials__state="rejected")),
        has_expired=Exists(own.exclude(state="rejected").filter(valid_until__lt=today)),
        is_waiting=Exists(own.filter(state="entered")),
        is_insured=Exists(insured),
        is_double=Exists(twins.filter(~Q(identity_hash=""))),
    )


def employed_on(day: date) -> QuerySet[Worker]:
    """People of any vendor who are employed on a day, to narrow rows that are scoped already."""
    return Worker.objects.employed_on(day)


def identity_masked(worker: Worker) -> str:
    """The identity number with its middle hidden."""
    return masked_identity(unseal(worker.identity_sealed))


def worker_twins(worker: Worker) -> list[Worker]:
    """The same person at other companies of the tenant, employed there still: found by the keyed hash."""
    if not worker.identity_hash:
        return []
    same = Worker.objects.filter(company__tenant=worker.company.tenant_id, identity_hash=worker.identity_hash)
    return list(same.exclude(company=worker.company_id).filter(left_on__isnull=True).select_related("company").order_by("pk"))


def workers_by_id(ids: Collection[int]) -> dict[int, Worker]:
    """People by key, for apps above that already scoped their own rows."""
    return Worker.objects.select_related(*WITH_COMPANY).in_bulk(list(ids))


def tenants_with_leavers() -> list[str]:
    """Paths of the tenants that still keep the name of somebody who left."""
    rows = Worker.objects.filter(left_on__isnull=False, anonymised_at__isnull=True)
    return list(rows.order_by("company__tenant__path").values_list("company__tenant__path", flat=True).distinct())

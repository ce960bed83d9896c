"""People of vendors: entering, changing, leaving, reading the identity, forgetting it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor, system_actor
from duban.kernel.dated import NoValue
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.text import mark
from duban.platform.audit.services import write_entries, write_entry
from duban.platform.parameters.selectors import value_on
from duban.platform.sealing import fingerprint, seal, unseal
from duban.vendors.domain.workers import (
    YOUNGEST,
    Category,
    WorkerDetails,
    age_on,
    born_on,
    identity_number,
    is_identity_number,
    years_before,
)
from duban.vendors.models import Company, InsuranceProof, Worker, WorkerCredential
from duban.vendors.permissions import can_keep_workers, can_reveal_identity
from duban.vendors.selectors.workers import tenants_with_leavers

RETENTION = "retention.worker"
PLAIN = ("category", "service_line", "entered_on")
FORGOTTEN = "*"
BATCH = 500


def checked_identity(text: str, on: date) -> str:
    """An identity number in its compact form; `Invalid` unless it is one and its holder old enough."""
    if not is_identity_number(text):
        message = mark("This is not an identity number: its date or its check character is wrong.")
        raise Invalid(errors=(FieldError("identity", message),))
    number = identity_number(text)
    if age_on(born_on(number), on) < YOUNGEST:
        message = mark("Nobody under {years} may be employed (Labour Law §15).")
        raise Invalid(errors=(FieldError("identity", message, {"years": YOUNGEST}),))
    return number


@transaction.atomic
def worker_enter(*, actor: Actor, company: Company, details: WorkerDetails) -> Worker:
    """Enter a person. Raises `NotAllowed`, or `Invalid` for a wrong number or a person the company already employs."""
    if not can_keep_workers(actor, company):
        raise NotAllowed
    worker = Worker(company=company)
    changes = _fill(worker, details)
    worker.save()
    write_entry(actor=actor, record=worker, action="create", changes=changes)
    return worker


@transaction.atomic
def worker_update(*, actor: Actor, worker: Worker, details: WorkerDetails) -> Worker:
    """Change a person's fields; the trail says which, and never a name or a number. Raises `NotAllowed` or `Invalid`."""
    locked = _locked(actor, worker)
    changes = _fill(locked, details)
    if changes:
        locked.save()
        write_entry(actor=actor, record=locked, action="edit", changes=changes)
    return locked


@transaction.atomic
def worker_leave(*, actor: Actor, worker: Worker, left_on: date | None) -> Worker:
    """Note the last day of employment, or take it back with `None`. Raises `NotAllowed` or `Invalid`."""
    locked = _locked(actor, worker)
    if left_on is not None and locked.entered_on is not None and left_on < locked.entered_on:
        raise Invalid(errors=(FieldError("left_on", mark("The last day lies before the first day.")),))
    if left_on is None:
        _refuse_double(locked)
    before, locked.left_on = locked.left_on, left_on
    locked.save(update_fields=["left_on", "changed_at"])
    write_entry(actor=actor, record=locked, action="leave", changes={"left_on": [before, left_on]})
    return locked


@transaction.atomic
def worker_reveal(*, actor: Actor, worker: Worker) -> tuple[str, str]:
    """Whole name and identity number. That they were looked at, and by whom, is entered in the audit trail."""
    if not can_reveal_identity(actor, worker):
        raise NotAllowed
    write_entry(actor=actor, record=worker, action="reveal_identity")
    return worker.name, unseal(worker.identity_sealed)


def workers_anonymise(*, today: date) -> int:
    """Forget names, numbers and files of people who left longer ago than `retention.worker` says; how many they were.

    A tenant for which the register says nothing is left alone: nothing is deleted on a guess. Safe to repeat.
    """
    return sum(_anonymise(path, today) for path in tenants_with_leavers())


@transaction.atomic
def _anonymise(tenant_path: str, today: date) -> int:
    try:
        years = int(value_on(RETENTION, on=today, tenant_path=tenant_path).value)
    except NoValue:
        return 0
    left = Worker.objects.filter(company__tenant__path=tenant_path, anonymised_at__isnull=True)
    rows = left.filter(left_on__lt=years_before(today, years)).select_related("company__tenant").order_by("pk")
    workers = list(rows.select_for_update(of=("self",)))
    _forget(workers)
    if workers:
        changed = [(worker, {"anonymised_at": [None, today]}) for worker in workers]
        write_entries(actor=system_actor(tenant_path), changed=changed, action="anonymise")
    return len(workers)


def _forget(workers: Sequence[Worker]) -> None:
    now = timezone.now()
    for worker in workers:
        worker.name, worker.identity_sealed, worker.identity_hash = FORGOTTEN, "", ""
        worker.person_id, worker.anonymised_at = None, now
    names = ["name", "identity_sealed", "identity_hash", "person", "anonymised_at"]
    Worker.objects.bulk_update(workers, names, batch_size=BATCH)
    keys = [worker.pk for worker in workers]
    credentials = list(WorkerCredential.objects.filter(worker_id__in=keys))
    for credential in credentials:
        credential.number, credential.file_id = credential.code, None
    WorkerCredential.objects.bulk_update(credentials, ["number", "file"], batch_size=BATCH)
    proofs = list(InsuranceProof.objects.filter(worker_id__in=keys))
    for proof in proofs:
        proof.number, proof.file_id = proof.code, None
    InsuranceProof.objects.bulk_update(proofs, ["number", "file"], batch_size=BATCH)


def _locked(actor: Actor, worker: Worker) -> Worker:
    if not can_keep_workers(actor, worker.company):
        raise NotAllowed
    rows = Worker.objects.select_for_update(of=("self",)).select_related("company__tenant", "company__unit")
    locked = rows.get(pk=worker.pk)
    if locked.anonymised_at is not None:
        raise WrongState(mark("This person left long ago and was made anonymous."))
    return locked


def _fill(worker: Worker, details: WorkerDetails) -> dict[str, list[object]]:
    """Set the fields; returns what changed, with name and number only as the fact that they did."""
    _check(worker, details)
    changes: dict[str, list[object]] = {}
    for name in PLAIN:
        before, after = getattr(worker, name) if worker.code else None, getattr(details, name)
        if before != after:
            changes[name] = [before, after]
        setattr(worker, name, after)
    name = details.name.strip()
    if worker.name != name:
        changes["name"] = ["*", "*"]
        worker.name = name
    if details.identity is not None:
        _seal(worker, checked_identity(details.identity, details.entered_on), changes)
    _refuse_double(worker)
    return changes


def _check(worker: Worker, details: WorkerDetails) -> None:
    if not details.name.strip():
        raise Invalid(errors=(FieldError("name", mark("Please enter the name.")),))
    if details.category not in set(Category):
        raise Invalid(errors=(FieldError("category", mark("There is no such kind of post.")),))
    if worker.left_on is not None and worker.left_on < details.entered_on:
        raise Invalid(errors=(FieldError("entered_on", mark("The first day lies after the last day.")),))


def _seal(worker: Worker, identity: str, changes: dict[str, list[object]]) -> None:
    found = fingerprint(identity, scope=worker.audit_scope())
    if worker.identity_hash != found:
        changes["identity"] = ["*", "*"]
        worker.identity_hash, worker.identity_sealed = found, seal(identity)


def _refuse_double(worker: Worker) -> None:
    others = Worker.objects.filter(company=worker.company_id, identity_hash=worker.identity_hash, left_on__isnull=True)
    if worker.identity_hash and others.exclude(pk=worker.pk).exists():
        raise Invalid(errors=(FieldError("identity", mark("The company already employs a person with this identity number.")),))

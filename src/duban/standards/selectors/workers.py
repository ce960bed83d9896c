"""The licence gate for people: set-based, for whole rosters and lists of tasks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext

from duban.kernel.dated import NoValue
from duban.kernel.errors import FieldError, Invalid
from duban.platform.parameters.selectors import value_on
from duban.standards.domain.licences import Held, Requirement
from duban.standards.domain.worker_gate import (
    NOT_EMPLOYED,
    REFUSALS,
    Employment,
    WorkerDuty,
    WorkerGate,
    judge_worker,
)
from duban.standards.selectors.licences import requirements_of_tenant
from duban.vendors.domain.certificates import CERTIFICATE_LABELS
from duban.vendors.models import Worker, WorkerCredential
from duban.vendors.selectors import credentials_by_worker, workers_by_id

PROVISIONAL = "licence.provisional_days"
MOST_ERRORS = 20


def worker_gates(duties: Iterable[WorkerDuty]) -> dict[WorkerDuty, WorkerGate]:
    """The verdict on every duty: who may stand there, and what is missing by which rule. Four queries for each tenant."""
    wanted = list(dict.fromkeys(duties))
    return _gates(wanted, workers_by_id({duty.worker for duty in wanted}))


def require_licensed(duties: Iterable[WorkerDuty], *, field: str = "worker") -> None:
    """Raise `Invalid` unless every person may do what is asked: it names person, day, credential and law, 20 at most."""
    wanted = list(dict.fromkeys(duties))
    workers = workers_by_id({duty.worker for duty in wanted})
    closed = [gate for gate in _gates(wanted, workers).values() if not gate.is_open]
    errors = [error for gate in closed for error in refusals_of(gate, workers[gate.duty.worker], field)]
    if errors:
        raise Invalid(errors=tuple(errors[:MOST_ERRORS]))


def refusals_of(gate: WorkerGate, worker: Worker, field: str) -> list[FieldError]:
    """Why a closed gate is closed, as the errors of an input."""
    person = {"worker": f"{worker.masked} {worker.code}", "day": gate.duty.on.isoformat()}
    if not gate.is_employed:
        return [FieldError(field, NOT_EMPLOYED, person)]
    return [
        FieldError(field, REFUSALS[finding.verdict], {**person, **_rule_words(finding.requirement)})
        for finding in gate.licences.problems
    ]


def _rule_words(rule: Requirement) -> dict[str, str]:
    label = CERTIFICATE_LABELS.get(rule.certificate_kind, rule.certificate_kind)
    return {"credential": gettext(label), "law": gettext(rule.source)}


def _gates(duties: Sequence[WorkerDuty], workers: Mapping[int, Worker]) -> dict[WorkerDuty, WorkerGate]:
    stored = credentials_by_worker(workers.keys())
    tenants = {worker.company.tenant.path for worker in workers.values()}
    rules = {path: requirements_of_tenant(path) for path in tenants}
    grace = {path: _grace(path) for path in tenants}
    found: dict[WorkerDuty, WorkerGate] = {}
    for duty in duties:
        worker = workers[duty.worker]
        path = worker.company.tenant.path
        held = personally_held(stored[worker.pk], grace[path])
        found[duty] = judge_worker(duty, rules[path], held, Employment(worker.entered_on, worker.left_on))
    return found


def personally_held(credentials: Iterable[WorkerCredential], grace_days: int) -> list[Held]:
    """Credentials of people as the gate reads them."""
    return [
        Held(
            one.kind,
            one.number,
            one.valid_from,
            one.valid_until,
            is_verified=one.state == "verified",
            provisional_until=one.entered_on + timedelta(days=grace_days),
        )
        for one in credentials
    ]


def _grace(tenant_path: str) -> int:
    try:
        return int(value_on(PROVISIONAL, on=timezone.localdate(), tenant_path=tenant_path).value)
    except NoValue:
        return 0

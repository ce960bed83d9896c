"""Whole ledgers of people, credentials and insurance, written set by set; the import engine keeps the audit entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Min
from django.utils import timezone

from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS, keys_of_words
from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed
from duban.platform.events import announce
from duban.platform.imports import ImportCounts, ImportRow, Progress, upsert
from duban.platform.records import assign_codes
from duban.platform.sealing import fingerprint, seal
from duban.vendors.domain.events import WorkerCredentialChanged
from duban.vendors.models import Company, InsuranceProof, Worker, WorkerCredential
from duban.vendors.permissions import can_keep_workers
from duban.vendors.selectors import companies_by_id
from duban.vendors.services.workers import checked_identity

BATCH = 1000
COMPARED = ("name", "service_line", "category", "entered_on", "left_on")
WRITTEN = (*COMPARED, "identity_hash", "identity_sealed")
Known = Mapping[tuple[int, str], Worker]


def workers_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new people and change known ones, found by their identity number, or by their name where a row has none."""
    companies = _companies(rows, actor)
    known = _known(companies)
    fresh, changed = [], []
    for row in rows:
        company = companies[row["company"]]
        identity = checked_identity(row["identity"], row["entered_on"]) if row["identity"] else ""
        mark = fingerprint(identity, scope=company.tenant.path)
        worker = _same_person(known, company, mark, row["name"])
        if worker is None:
            fresh.append(_filled(Worker(company=company), row, identity, mark))
        elif _differs(worker, row, mark):
            changed.append(_filled(worker, row, identity, mark))
    assign_codes(fresh)
    Worker.objects.bulk_create(fresh, batch_size=BATCH)
    progress(len(fresh))
    Worker.objects.bulk_update(changed, WRITTEN, batch_size=BATCH)
    progress(len(rows))
    return ImportCounts(len(fresh), len(changed), len(rows) - len(fresh) - len(changed))


def worker_credentials_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new credentials and change known ones, by person, kind and number; what changed waits for verification again.

    Announces one `WorkerCredentialChanged` for each person named.
    """
    _companies(rows, actor)
    today = timezone.localdate()
    own = WorkerCredential.objects.filter(worker_id__in={row["worker"] for row in rows})
    before = {(one.worker_id, one.kind, one.number): _content(one) for one in own}
    values = [{**_plain(row), "entered_on": today, "entered_by_id": actor.person_id, "state": "entered"} for row in rows]
    wanted = [one for one in values if before.get((one["worker_id"], one["kind"], one["number"])) != _content_of(one)]
    counts = (
        upsert(WorkerCredential, wanted, key=("worker", "kind", "number"), existing=own, progress=progress)
        if wanted
        else ImportCounts()
    )
    for worker_id, first in own.order_by().values_list("worker_id").annotate(first=Min("valid_from")):
        announce(WorkerCredentialChanged(worker_id, first, None))
    return counts + ImportCounts(unchanged=len(values) - len(wanted))


def insurance_proofs_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new proofs and change known ones, by person, kind, number and first day."""
    _companies(rows, actor)
    return upsert(
        InsuranceProof,
        [_plain(row) for row in rows],
        key=("worker", "kind", "number", "valid_from"),
        existing=InsuranceProof.objects.for_actor(actor),
        progress=progress,
    )


def _companies(rows: Sequence[ImportRow], actor: Actor) -> dict[int, Company]:
    """The companies named, all of them the actor's to keep people for; else `NotAllowed`."""
    found = companies_by_id({row["company"] for row in rows})
    if not all(can_keep_workers(actor, company) for company in found.values()):
        raise NotAllowed
    return found


def _known(companies: Mapping[int, Company]) -> dict[tuple[int, str], Worker]:
    """Who is employed already, by keyed hash and by name; a name that two share finds nobody."""
    found: dict[tuple[int, str], Worker] = {}
    doubled: set[tuple[int, str]] = set()
    for worker in Worker.objects.filter(company_id__in=companies, anonymised_at__isnull=True).order_by("left_on", "pk"):
        if worker.identity_hash:
            found.setdefault((worker.company_id, worker.identity_hash), worker)
        name = (worker.company_id, worker.name)
        doubled |= {name} & found.keys()
        found[name] = worker
    return {key: worker for key, worker in found.items() if key not in doubled}


def _same_person(known: Known, company: Company, mark: str, name: str) -> Worker | None:
    """Whoever has the number; without one, whoever has the name, but never somebody of another number."""
    found = known.get((company.pk, mark)) if mark else None
    by_name = known.get((company.pk, name))
    is_other = by_name is not None and bool(mark) and by_name.identity_hash not in {"", mark}
    return found or (None if is_other else by_name)


def _filled(worker: Worker, row: ImportRow, identity: str, mark: str) -> Worker:
    for name, value in _values(row).items():
        setattr(worker, name, value)
    if identity and worker.identity_hash != mark:
        worker.identity_hash, worker.identity_sealed = mark, seal(identity)
    return worker


def _differs(worker: Worker, row: ImportRow, mark: str) -> bool:
    values = _values(row)
    is_new_number = bool(mark) and worker.identity_hash != mark
    return is_new_number or values != {name: getattr(worker, name) for name in values}


def _values(row: ImportRow) -> dict[str, Any]:
    words = [row["service_line"]] if row["service_line"] else []
    lines = keys_of_words(words, SERVICE_LINE_WORDS)[0]
    return {**{name: row[name] for name in COMPARED}, "service_line": next(iter(lines), "")}


def _plain(row: ImportRow) -> dict[str, Any]:
    kept = {name: value for name, value in row.values.items() if name not in {"company", "worker"}}
    return {**kept, "worker_id": row["worker"]}


def _content(one: WorkerCredential) -> tuple[object, ...]:
    return (one.issuer, one.valid_from, one.valid_until)


def _content_of(values: Mapping[str, object]) -> tuple[object, ...]:
    return (values["issuer"], values["valid_from"], values["valid_until"])

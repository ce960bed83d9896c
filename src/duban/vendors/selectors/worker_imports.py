"""What the ledgers of people, credentials and insurance look up and check, and what goes out again."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS, keys_of_words
from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem
from duban.vendors.domain.workers import is_identity_number
from duban.vendors.models import InsuranceProof, Worker, WorkerCredential
from duban.vendors.selectors.imports import ENDS_BEFORE_START, UNKNOWN_LINE, company_keys

Texts = tuple[str, ...]
NO_IDENTITY = Reason(
    mark("This is not an identity number: its date or its check character is wrong."), mark("Correct the number.")
)
TWICE = Reason(mark("The same person stands twice in the file."), mark("Keep one of the two rows."))


def worker_keys(codes: Collection[Texts], *, actor: Actor) -> dict[Texts, int]:
    """(company, code or name) → key of a person the company employs: two queries. A name that two share is left out."""
    companies = company_keys({company for company, _person in codes}, actor=actor)
    rows = Worker.objects.for_actor(actor).filter(company_id__in=set(companies.values()), anonymised_at__isnull=True)
    found: dict[tuple[int, str], set[int]] = {}
    for pk, company_id, code, name in rows.values_list("id", "company_id", "code", "name"):
        for text in (code, name):
            found.setdefault((company_id, text), set()).add(pk)
    keys = {code: found.get((companies[code[0]], code[1]), set()) for code in codes if code[0] in companies}
    return {code: next(iter(workers)) for code, workers in keys.items() if len(workers) == 1}


def worker_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Numbers that are none, people who stand there twice, unknown service lines, days out of order."""
    del actor
    seen: set[tuple[int, str]] = set()
    for row in rows:
        identity = row["identity"]
        if identity and not is_identity_number(identity):
            yield row.problem("identity", NO_IDENTITY)
        person = (row["company"], identity or row["name"])
        if person in seen:
            yield row.problem("name", TWICE)
        seen.add(person)
        for word in keys_of_words([row["service_line"]] if row["service_line"] else [], SERVICE_LINE_WORDS)[1]:
            yield row.problem("service_line", UNKNOWN_LINE, word=word)
        if row["left_on"] is not None and row["left_on"] < row["entered_on"]:
            yield row.problem("left_on", ENDS_BEFORE_START)


def span_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Validities that end before they begin."""
    del actor
    for row in rows:
        if row["valid_until"] is not None and row["valid_until"] < row["valid_from"]:
            yield row.problem("valid_until", ENDS_BEFORE_START)


def worker_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """People as an import would bring them in; the identity number does not leave the house."""
    rows = Worker.objects.for_actor(actor).filter(anonymised_at__isnull=True).select_related("company")
    for worker in rows.order_by("company__credit_code", "code"):
        yield {
            "company": worker.company.credit_code,
            "name": worker.name,
            "identity": "",
            "service_line": SERVICE_LINE_WORDS[worker.service_line][0] if worker.service_line else "",
            "category": worker.category,
            "entered_on": worker.entered_on,
            "left_on": worker.left_on,
        }


def credential_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Personal credentials as an import would bring them in."""
    rows = WorkerCredential.objects.for_actor(actor).filter(worker__anonymised_at__isnull=True)
    for one in rows.select_related("worker__company").order_by("worker__code", "kind", "number"):
        yield {**_of_worker(one), "number": one.number, "issuer": one.issuer}


def proof_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Proofs of insurance as an import would bring them in."""
    rows = InsuranceProof.objects.for_actor(actor).filter(worker__anonymised_at__isnull=True)
    for one in rows.select_related("worker__company").order_by("worker__code", "kind", "valid_from"):
        yield {**_of_worker(one), "number": one.number, "insurer": one.insurer}


def _of_worker(one: WorkerCredential | InsuranceProof) -> dict[str, object]:
    return {
        "company": one.worker.company.credit_code,
        "worker": one.worker.code,
        "kind": one.kind,
        "valid_from": one.valid_from,
        "valid_until": one.valid_until,
    }

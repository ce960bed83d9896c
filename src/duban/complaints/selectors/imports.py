"""What a ledger of complaints is checked against, and what goes out again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from duban.complaints.models import Complaint
from duban.complaints.permissions import Code
from duban.contracts.models import ContractLine
from duban.contracts.selectors.lines import lines_by_reference
from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem
from duban.platform.sealing import unseal

WRONG_LINE = Reason(
    mark("This contract line did not serve the estate on that day."),
    mark("Correct the line, or leave contract and line empty."),
)
IN_FUTURE = Reason(mark("The time lies in the future."), mark("Correct the time."))
TOO_EARLY = Reason(mark("The time lies before the complaint was received."), mark("Correct one of the two times."))


def estate_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Code, name or own number of an estate where the actor enters complaints → key; a shared name is left out."""
    found: dict[str, set[int]] = {}
    rows = Estate.objects.for_actor(actor).select_related("office")
    for estate in rows:
        if actor.can(Code.EDIT, estate.office.path):
            for text in {estate.code, estate.name, estate.external_number} & set(codes):
                found.setdefault(text, set()).add(estate.pk)
    return {text: next(iter(keys)) for text, keys in found.items() if len(keys) == 1}


def line_keys(codes: Collection[tuple[str, ...]], *, actor: Actor) -> Mapping[tuple[str, ...], int]:
    """(contract, line) → key of the contract line."""
    return lines_by_reference(codes, actor=actor)


def complaint_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """A line of another estate or time, times in the future or before the receipt."""
    del actor
    named = {row["line"] for row in rows if row.get("line")}
    fields = ("id", "estate_id", "starts_on", "ends_on")
    lines = {pk: rest for pk, *rest in ContractLine.objects.filter(pk__in=named).values_list(*fields)}
    now = timezone.now()
    for row in rows:
        received = row["received_at"]
        if row.get("line"):
            estate, starts, ends = lines[row["line"]]
            if estate != row["estate"] or not starts <= timezone.localdate(received) <= ends:
                yield row.problem("line", WRONG_LINE)
        if received > now:
            yield row.problem("received_at", IN_FUTURE)
        for key in ("first_reply_at", "closed_at"):
            if row.get(key) and row[key] < received:
                yield row.problem(key, TOO_EARLY)


@dataclass(frozen=True)
class Known:
    """What is stored of a complaint that a ledger brings again."""

    contact: str
    state: str
    validity: str


def known_complaints(rows: Sequence[ImportRow]) -> dict[tuple[int, str], Known]:
    """(estate, external number) → what is stored: one query."""
    estates = {row["estate"] for row in rows}
    stored = Complaint.objects.filter(estate_id__in=estates).exclude(external_number="")
    fields = ("estate_id", "external_number", "reporter_contact_sealed", "state", "validity")
    return {
        (estate, number): Known(unseal(sealed), state, validity)
        for estate, number, sealed, state, validity in stored.values_list(*fields)
    }


def complaint_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every complaint as an import would bring it in; names and contacts stay at home."""
    same = ("category", "service_line", "channel", "received_at", "text", "place_name", "due_at", "first_reply_at", "closed_at")
    rows = Complaint.objects.for_actor(actor).select_related("estate", "line__contract").order_by("id")
    for complaint in rows.iterator(chunk_size=2000):
        yield {
            "external_number": complaint.external_number or complaint.code,
            "estate": complaint.estate.code,
            "contract": complaint.line.contract.code if complaint.line else None,
            "line": str(complaint.line.number) if complaint.line else None,
            "validity": complaint.validity,
            **{name: getattr(complaint, name) for name in same},
        }

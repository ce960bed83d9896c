"""Whole ledgers of complaints; the import engine keeps the audit entry of the run."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from duban.complaints.domain.categories import categories
from duban.complaints.models import Complaint, Validity
from duban.complaints.permissions import Code
from duban.complaints.selectors.imports import Known, known_complaints
from duban.complaints.services.clocks import promise
from duban.contracts.selectors.options import lines_on
from duban.kernel.actor import Actor
from duban.kernel.metrics import EvidenceChanged
from duban.platform.events import announce
from duban.platform.imports import ImportCounts, ImportRow, Progress, upsert
from duban.platform.scope import within
from duban.platform.sealing import seal

SAME = ("external_number", "category", "channel", "received_at", "text", "place_name", "reporter_name", "validity")
ORDER = ("received", "routed", "replied", "closed")
Served = Mapping[tuple[int, str, date], int]


def complaints_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new complaints and change known ones, by estate and number in the other system.

    Without contract and line, the line that served the estate on the day of receipt is taken. Announces `EvidenceChanged`.
    """
    served = lines_on((row["estate"], _service(row), _day(row)) for row in rows)
    counts = upsert(
        Complaint,
        _values(rows, served),
        key=("estate_id", "external_number"),
        existing=Complaint.objects.filter(within("estate__office__path", actor.office_paths(Code.EDIT))),
        narrow="external_number",
        progress=progress,
    )
    pairs = {(line, _day(row)) for row in rows if (line := _line(row, served)) is not None}
    if pairs and counts.created + counts.updated:
        announce(EvidenceChanged("complaints", tuple(sorted(pairs))))
    return counts


def _values(rows: Sequence[ImportRow], served: Served) -> Iterator[dict[str, Any]]:
    known = known_complaints(rows)
    for row in rows:
        line = _line(row, served)
        values = {name: row.get(name) or "" for name in SAME}
        values |= {
            "estate_id": row["estate"],
            "line_id": line,
            "service_line": _service(row),
            "day": _day(row),
            "due_at": row.get("due_at") or promise(row["category"], row["received_at"]),
            "first_reply_at": row.get("first_reply_at"),
            "closed_at": row.get("closed_at"),
            "state": _state(row, line),
        }
        yield _beside(known.get((row["estate"], values["external_number"])), values, row.get("reporter_contact") or "")


def _beside(known: Known | None, values: dict[str, Any], contact: str) -> dict[str, Any]:
    """What a ledger may change: it never turns a complaint back, forgets its check, or seals the same contact anew."""
    if known is not None:
        if known.state == "reopened" or ORDER.index(known.state) > ORDER.index(values["state"]):
            values["state"] = known.state
        if values["validity"] == Validity.PENDING:
            values["validity"] = known.validity
    if contact and (known is None or known.contact != contact):
        values["reporter_contact_sealed"] = seal(contact)
    return values


def _state(row: ImportRow, line: int | None) -> str:
    if row.get("closed_at"):
        return "closed"
    if row.get("first_reply_at"):
        return "replied"
    return "routed" if line is not None else "received"


def _line(row: ImportRow, served: Served) -> int | None:
    named: int | None = row.get("line")
    return named if named is not None else served.get((row["estate"], _service(row), _day(row)))


def _service(row: ImportRow) -> str:
    return row.get("service_line") or categories()[row["category"]].service_line


def _day(row: ImportRow) -> date:
    return timezone.localdate(row["received_at"])

"""Whether people may stand where a roster puts them: employed by the vendor and licensed on that day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from duban.attendance.domain.cells import Placement, cell_key
from duban.attendance.domain.lacks import lack_reasons
from duban.attendance.domain.rosters import Cell
from duban.attendance.models import Assignment
from duban.estates.models import Post
from duban.kernel.errors import FieldError
from duban.standards.domain.worker_gate import WorkerDuty
from duban.standards.selectors import refusals_of, worker_gates
from duban.vendors.models import Worker


def duty_at(post: Post, cell: Cell, worker: int) -> WorkerDuty:
    """What somebody at a cell of a post is to do."""
    return WorkerDuty(worker, cell[1], post.service_line, credentials=tuple(post.required_credentials))


def licence_refusals(cells: Mapping[Cell, Placement], posts: Iterable[Post]) -> list[FieldError]:
    """Why people may not stand at these cells, each named as the page names the cell: a handful of statements."""
    known = {post.pk: post for post in posts}
    duties = {
        cell: duty_at(known[cell[0]], cell, worker)
        for cell, (_planned, worker) in cells.items()
        if worker is not None and cell[0] in known
    }
    gates = worker_gates(duties.values())
    workers = Worker.objects.in_bulk({duty.worker for duty in duties.values() if not gates[duty].is_open})
    return [
        error
        for cell, duty in duties.items()
        if not gates[duty].is_open
        for error in refusals_of(gates[duty], workers[duty.worker], cell_key(known[cell[0]].code, cell))
    ]


def lacks_at(posts: Iterable[Post], stays: Sequence[tuple[Cell, int]]) -> list[list[str]]:
    """Why the check-ins of people at cells are exceptions for the gate, one list for each: a handful of statements."""
    known = {post.pk: post for post in posts}
    duties = [duty_at(known[cell[0]], cell, worker) for cell, worker in stays]
    gates = worker_gates(duties)
    return [lack_reasons(gates[duty]) for duty in duties]


def missing_of(posts: Iterable[Post], placed: Mapping[Cell, Placement]) -> dict[tuple[int, date], list[str]]:
    """Person and day → the kinds of credentials that a roster's cells ask for and the person lacks: a handful of statements."""
    known = {post.pk: post for post in posts}
    duties = [
        duty_at(known[cell[0]], cell, who) for cell, (_plan, who) in placed.items() if who is not None and cell[0] in known
    ]
    found: dict[tuple[int, date], list[str]] = {}
    for duty, gate in worker_gates(duties).items():
        lacks = found.setdefault((duty.worker, duty.on), [])
        lacks += [
            one.requirement.certificate_kind for one in gate.licences.problems if one.requirement.certificate_kind not in lacks
        ]
    return found


def swap_duties(rows: Iterable[Assignment]) -> list[WorkerDuty]:
    """What the people of these places are to do, after a swap."""
    return [duty_at(row.post, (row.post_id, row.day, row.shift), row.worker_id) for row in rows if row.worker_id is not None]


def swapped_duties(first: Assignment, second: Assignment | None, worker: Worker | None) -> list[WorkerDuty]:
    """What people would have to do if they changed places, or if `worker` stood in."""
    pairs = [(first, second.worker_id if second else worker.pk if worker else None)]
    pairs += [(second, first.worker_id)] if second else []
    return [duty_at(row.post, (row.post_id, row.day, row.shift), who) for row, who in pairs if who is not None]

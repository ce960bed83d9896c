"""A visit on its way in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from duban.inspections.domain.verdicts import Grade, Verdict


@dataclass(frozen=True)
class VisitLine:
    """What was found for one item; `photos` are uploaded files."""

    item_id: int
    verdict: Verdict
    severity: Grade | None = None
    place_id: int | None = None
    note: str = ""
    photos: tuple[Any, ...] = ()


@dataclass(frozen=True)
class VisitInput:
    """A visit as it is entered; `task_id` is the task that sent somebody, if one did."""

    day: date
    checklist_id: int | None = None
    task_id: int | None = None
    is_announced: bool = True
    note: str = ""
    lines: tuple[VisitLine, ...] = ()

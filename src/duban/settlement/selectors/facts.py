"""The facts a line rests on, ready to be read and opened."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from duban.settlement.domain.figures import LineKind
from duban.settlement.models import StatementLine

DETAIL_PAGES = {
    ("inspections", "CR"): "inspections:result",
    ("inspections", "FD"): "inspections:finding",
    ("attendance", "AS"): "attendance:slot",
    ("complaints", "CP"): "complaints:detail",
}
MARKS = re.compile(r"-[A-Z]$")
"""Ends the code of a second fact about one record (a reply or a guard that came late); the record itself is the evidence."""


@dataclass(frozen=True)
class FactRow:
    """One fact behind a line; `was_charged` is false where it was free or charged elsewhere."""

    code: str
    on: date | None
    label: str
    place: str
    quantity: Decimal
    points: Decimal
    url: str
    was_charged: bool


def facts_of(line: StatementLine) -> list[FactRow]:
    """The facts of a line as they stood when it was computed, in order of date; for a score line those that took points."""
    stored = _stored_facts(line)
    if line.kind == LineKind.SCORE:
        chosen = [fact for fact in stored if Decimal(fact["points"])]
    else:
        wanted = set(line.facts)
        chosen = [fact for fact in stored if fact["ref"] in wanted]
    return [_row(fact, was_charged=line.kind != LineKind.ABSORBED) for fact in chosen]


def _stored_facts(line: StatementLine) -> list[dict[str, Any]]:
    name = line.key.split(":")[1] if ":" in line.key else ""
    for stored in line.statement.inputs.get("lines", ()):
        if stored["line"] == name:
            return list(stored["facts"])
    return []


def _row(fact: dict[str, Any], *, was_charged: bool) -> FactRow:
    app, _, code = str(fact["ref"]).partition("/")
    return FactRow(
        code=code,
        on=date.fromisoformat(fact["on"]),
        label=fact["label"] or fact["kind"],
        place=fact["subject"],
        quantity=Decimal(fact["quantity"]),
        points=Decimal(fact["points"]),
        url=address_of(app, code),
        was_charged=was_charged,
    )


def address_of(app: str, code: str) -> str:
    """Where a fact of an evidence app is shown; empty where that app has no page for it."""
    name = DETAIL_PAGES.get((app, code.split("-", maxsplit=1)[0]))
    return reverse(name, args=[MARKS.sub("", code)]) if name else ""

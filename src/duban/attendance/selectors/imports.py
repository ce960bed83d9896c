"""What a ledger of slots looks up and is checked against, and what goes out again."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from duban.attendance.domain.rows import SlotRow
from duban.attendance.domain.slots import Shift, SlotState
from duban.attendance.models import Slot
from duban.contracts.models import ContractLine
from duban.contracts.selectors.lines import lines_by_reference
from duban.estates.models import Post
from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem

Texts = tuple[str, ...]
OUT_OF_TERM = Reason(
    mark("The day lies outside the term of the contract line, {starts} – {ends}."), mark("Correct the day or the line.")
)


def post_keys(codes: Collection[Texts], *, actor: Actor) -> dict[Texts, int]:
    """(contract, line, post) → key of the post at the line's estate, by its code or name: three queries.

    A name that two posts of an estate share is left out, so that nothing is guessed.
    """
    lines = lines_by_reference({code[:2] for code in codes}, actor=actor)
    estates = dict(ContractLine.objects.filter(pk__in=set(lines.values())).values_list("id", "estate_id"))
    posts = Post.objects.filter(estate_id__in=set(estates.values())).values_list("id", "estate_id", "code", "name")
    found: dict[tuple[int, str], set[int]] = {}
    for pk, estate_id, code, name in posts:
        for text in (code, name):
            found.setdefault((estate_id, text), set()).add(pk)
    keys = {code: found.get((estates[lines[code[:2]]], code[2]), set()) for code in codes if code[:2] in lines}
    return {code: next(iter(posts)) for code, posts in keys.items() if len(posts) == 1}


def slot_row_of(row: ImportRow) -> SlotRow:
    """A row of the ledger as the service records it."""
    return SlotRow(
        line_id=row["line"],
        post_id=row["post"],
        day=row["day"],
        shift=Shift(row["shift"]),
        state=SlotState(row["state"]),
        planned_hours=row["planned_hours"],
        rostered_name=row.get("rostered_name") or "",
        actual_name=row.get("actual_name") or "",
        checkin_at=row.get("checkin_at"),
        checkout_at=row.get("checkout_at"),
        late_minutes=row.get("late_minutes") or 0,
        source=row.get("source") or "",
        note=row.get("note") or "",
    )


def slot_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterable[RowProblem]:
    """Days outside the term of the contract line."""
    del actor
    lines = ContractLine.objects.filter(pk__in={row["line"] for row in rows}).values_list("id", "starts_on", "ends_on")
    terms = {pk: (starts, ends) for pk, starts, ends in lines}
    for row in rows:
        starts, ends = terms[row["line"]]
        if not starts <= row["day"] <= ends:
            yield row.problem("day", OUT_OF_TERM, starts=starts, ends=ends)


def slot_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every slot as an import would bring it in."""
    same = (
        "day",
        "shift",
        "state",
        "planned_hours",
        "rostered_name",
        "actual_name",
        "checkin_at",
        "checkout_at",
        "late_minutes",
    )
    rows = Slot.objects.for_actor(actor).select_related("line__contract", "post").order_by("post_id", "day", "shift")
    for slot in rows.iterator(chunk_size=2000):
        values = {name: getattr(slot, name) for name in (*same, "source", "note")}
        yield {
            "contract": slot.line.contract.code,
            "line": str(slot.line.number),
            "post": slot.post.code,
            **values,
        }

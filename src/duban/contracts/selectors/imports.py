"""What the ledgers of contracts and lines look up and check, and what goes out again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from duban.contracts.domain.price_list import PriceItem, read_price_list, write_price_list
from duban.contracts.domain.terms import Claim, Term, overlaps_of
from duban.contracts.models import Contract, ContractLine
from duban.contracts.permissions import Code
from duban.estates.domain.service_line_words import SPECIAL_WORK_WORDS, keys_of_words
from duban.estates.selectors import offices_of
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.imports import ImportRow, Reason, RowProblem
from duban.platform.scope import within
from duban.standards.models import Standard
from duban.vendors.domain.company import split_words

ENDS_BEFORE_START = Reason(mark("The last day lies before the first day."), mark("Correct one of the two dates."))
OUT_OF_TERM = Reason(
    mark("The line runs outside the contract's term {starts_on} to {ends_on}."),
    mark("Correct the dates, or change the contract first."),
)
OVERLAP = Reason(
    mark("{other} already serves this estate with this service from {starts_on} to {ends_on}."),
    mark("Correct the dates: two lines may not serve the same estate on the same day."),
)
IN_PERFORMANCE = Reason(
    mark("This is in performance and cannot be changed by an import."),
    mark("Leave the row as it stands in the system, or change it by a supplement."),
)
UNKNOWN_WORK = Reason(
    mark("“{word}” is no special work."), mark("Write 电梯, 消防, 电工, 高处作业, 垃圾清运 or 消杀, parted by 、.")
)
PRICE_LIST_HINT = mark("Write name | unit | price, several parted by ;.")
OTHER_LINE = Reason(mark("The standard belongs to another service line."), mark("Name a standard of this service line."))


def office_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Name, short name or code of an office where the actor may draw up contracts → key."""
    found: dict[str, int] = {}
    for office in offices_of(actor, Code.EDIT):
        for text in (office.code, office.name, office.short_name):
            if text in set(codes):
                found.setdefault(text, office.pk)
    return found


def contract_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Number or code of a contract the actor may draw up → key."""
    wanted = set(codes)
    rows = Contract.objects.filter(within("office__path", actor.office_paths(Code.EDIT))).filter(
        Q(code__in=wanted) | Q(number__in=wanted)
    )
    return {text: key for key, *texts in rows.values_list("pk", "code", "number") for text in texts if text in wanted}


def standard_keys(codes: Collection[str], *, actor: Actor) -> dict[str, int]:
    """Key or code of a standard in force → key of the record."""
    wanted = set(codes)
    rows = Standard.objects.for_actor(actor).filter(state="in_force").filter(Q(key__in=wanted) | Q(code__in=wanted))
    return {text: key for key, *texts in rows.values_list("pk", "key", "code") for text in texts if text in wanted}


def contract_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterator[RowProblem]:
    """Terms that end before they begin, and changes of contracts that are no longer drafts: one query."""
    existing = {
        (contract.office_id, contract.number): contract
        for contract in Contract.objects.for_actor(actor).filter(number__in={row["number"] for row in rows})
    }
    for row in rows:
        if row["ends_on"] < row["starts_on"]:
            yield row.problem("ends_on", ENDS_BEFORE_START)
        contract = existing.get((row["office"], row["number"]))
        if contract is not None and contract.state != "draft" and changes_of(contract, contract_values(row)):
            yield row.problem("number", IN_PERFORMANCE)


def contract_values(row: ImportRow) -> dict[str, Any]:
    """The model's fields of one row of the ledger of contracts."""
    values = {**row.values, "office_id": row["office"], "vendor_id": row["vendor"]}
    for name in ("office", "vendor", "is_in_performance"):
        del values[name]
    return values


def line_values(row: ImportRow) -> dict[str, Any]:
    """The model's fields of one row of the ledger of lines."""
    values = {**row.values, "contract_id": row["contract"], "estate_id": row["estate"], "standard_id": row.get("standard")}
    for name in ("contract", "estate", "standard"):
        del values[name]
    values["special_works"] = list(keys_of_words(split_words(row["special_works"] or ""), SPECIAL_WORK_WORDS)[0])
    values["price_list"] = [item.stored() for item in price_list_of(row)[0]]
    return values


def price_list_of(row: ImportRow) -> tuple[tuple[PriceItem, ...], tuple[FieldError, ...]]:
    """The unit prices in the cell, and what is wrong with it."""
    try:
        return read_price_list(row["price_list"] or ""), ()
    except Invalid as refusal:
        return (), refusal.errors


def changes_of(record: Contract | ContractLine, values: Mapping[str, Any]) -> bool:
    """Whether a row says anything else than what is stored."""
    return any(getattr(record, name) != value for name, value in values.items())


def line_row_problems(rows: Sequence[ImportRow], *, actor: Actor) -> Iterator[RowProblem]:
    """Lines outside their contract's term, doubled service inside the file or with the database, changes of what runs.

    Four queries however many rows.
    """
    contracts = Contract.objects.for_actor(actor).in_bulk({row["contract"] for row in rows})
    lines = ContractLine.objects.filter(contract__in=contracts).select_related("contract", "standard")
    existing = {(line.contract_id, line.number): line for line in lines}
    services = dict(
        Standard.objects.filter(pk__in={row.get("standard") for row in rows} - {None}).values_list("pk", "service_line")
    )
    sound = []
    for row in rows:
        problems = list(_own_problems(row, contracts[row["contract"]], existing, services))
        yield from problems
        if not problems:
            sound.append(row)
    yield from _overlap_problems(sound, contracts, existing)


def _own_problems(
    row: ImportRow,
    contract: Contract,
    existing: Mapping[tuple[int, int], ContractLine],
    services: Mapping[int, str],
) -> Iterator[RowProblem]:
    if row["ends_on"] < row["starts_on"]:
        yield row.problem("ends_on", ENDS_BEFORE_START)
    elif not contract.term.holds(Term(row["starts_on"], row["ends_on"])):
        shown = {"starts_on": contract.starts_on.isoformat(), "ends_on": contract.ends_on.isoformat()}
        yield row.problem("starts_on", OUT_OF_TERM, **shown)
    line = existing.get((row["contract"], row["number"]))
    if line is not None and contract.state != "draft" and changes_of(line, line_values(row)):
        yield row.problem("number", IN_PERFORMANCE)
    for word in keys_of_words(split_words(row["special_works"] or ""), SPECIAL_WORK_WORDS)[1]:
        yield row.problem("special_works", UNKNOWN_WORK, word=word)
    for error in price_list_of(row)[1]:
        yield row.problem("price_list", Reason(error.message, PRICE_LIST_HINT), **error.params)
    if row.get("standard") and services[row["standard"]] != row["service_line"]:
        yield row.problem("standard", OTHER_LINE)


def _overlap_problems(
    rows: Sequence[ImportRow], contracts: Mapping[int, Contract], existing: Mapping[tuple[int, int], ContractLine]
) -> Iterator[RowProblem]:
    by_name = {f"#{row.number}": row for row in rows}
    replaced = {existing[key].pk for row in rows if (key := (row["contract"], row["number"])) in existing}
    claims = [
        Claim(f"#{row.number}", (row["estate"], row["service_line"]), Term(row["starts_on"], row["ends_on"])) for row in rows
    ]
    claims += _stored_claims({row["estate"] for row in rows}, replaced)
    for overlap in overlaps_of(claims):
        mine = by_name.get(overlap.second.name) or by_name.get(overlap.first.name)
        if mine is None:
            continue
        other = overlap.first.name if f"#{mine.number}" == overlap.second.name else overlap.second.name
        partner = by_name.get(other)
        name = contracts[partner["contract"]].number if partner else other
        shared = {"starts_on": overlap.shared.starts_on.isoformat(), "ends_on": overlap.shared.ends_on.isoformat()}
        yield mine.problem("starts_on", OVERLAP, other=name, **shared)


def _stored_claims(estate_ids: Collection[int], without: Collection[int]) -> list[Claim]:
    rows = ContractLine.objects.filter(estate_id__in=estate_ids).exclude(contract__state="draft").select_related("contract")
    return [
        Claim(line.contract.number, (line.estate_id, line.service_line), term)
        for line in rows.order_by("id")
        if line.pk not in without and (term := line.performed_term) is not None
    ]


def contract_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every contract as an import would bring it in."""
    rows = Contract.objects.for_actor(actor).select_related("office", "vendor").order_by("number", "id")
    for one in rows:
        values = {field.attname: field.value_from_object(one) for field in one._meta.concrete_fields}
        yield {**values, "office": one.office.name, "vendor": one.vendor.credit_code, "is_in_performance": one.state != "draft"}


def line_export_rows(actor: Actor) -> Iterable[Mapping[str, object]]:
    """Every contract line as an import would bring it in."""
    rows = ContractLine.objects.for_actor(actor).select_related("contract", "estate", "standard")
    for one in rows.order_by("contract__number", "contract_id", "number"):
        values = {field.attname: field.value_from_object(one) for field in one._meta.concrete_fields}
        works = "、".join(SPECIAL_WORK_WORDS[work][0] for work in one.special_works)
        yield {
            **values,
            "contract": one.contract.number,
            "estate": one.estate.external_number or one.estate.code,
            "standard": one.standard.key if one.standard else "",
            "special_works": works,
            "price_list": write_price_list(one.price_list, between="; "),
        }

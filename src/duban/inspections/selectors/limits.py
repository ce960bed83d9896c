"""The limits that hold for contract lines, and the page on which they are changed."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files

from django.db.models import Q

from duban.contracts.models import Contract, ContractLine
from duban.inspections.domain.limits import Limit, Limits, OwnLimit, Subject, Unit, limits_for
from duban.inspections.models import TimeLimit
from duban.inspections.permissions import Code
from duban.kernel.actor import Actor
from duban.orgs.models import Unit as Office
from duban.platform.records import get_by_code


@dataclass(frozen=True)
class LineFacts:
    """What opening and escalating findings needs to know of a contract line."""

    contract_id: int
    office_path: str
    contract_office_path: str
    vendor_path: str


@dataclass(frozen=True)
class LimitRow:
    """One limit on the page: what holds, and whether it was set right here."""

    limit: Limit
    is_own: bool


@cache
def shipped_limits() -> Limits:
    """The defaults that come with the product, from `data/limits.json`, each with its source."""
    rows = json.loads((files("duban.inspections") / "data" / "limits.json").read_text(encoding="utf-8"))
    return {Subject(row["subject"]): _shipped(row) for row in rows}


def line_facts(line_ids: Collection[int]) -> dict[int, LineFacts]:
    """Contract, office and vendor of lines the caller has already been allowed to use: one statement."""
    fields = ("id", "contract_id", "estate__office__path", "contract__office__path", "contract__vendor__unit__path")
    rows = ContractLine.objects.filter(pk__in=line_ids).values_list(*fields)
    return {pk: LineFacts(contract, office, signing, vendor) for pk, contract, office, signing, vendor in rows}


def limits_of(facts: Mapping[int, LineFacts]) -> dict[int, Limits]:
    """The limits of each line: one statement."""
    own = _own({fact.contract_id for fact in facts.values()}, {fact.office_path for fact in facts.values()})
    return {
        line_id: limits_for(shipped_limits(), own, contract_id=fact.contract_id, office_path=fact.office_path)
        for line_id, fact in facts.items()
    }


def office_limits(actor: Actor, office: Office) -> tuple[LimitRow, ...]:
    """The limits as they stand at an office, its own marked: one statement. `NotAllowed` without the right to see any."""
    actor.require(Code.VIEW)
    own = _own((), {office.path})
    held = limits_for(shipped_limits(), own, contract_id=0, office_path=office.path)
    mine = {entry.limit.subject for entry in own if entry.office_path == office.path}
    return tuple(LimitRow(held[subject], subject in mine) for subject in Subject)


def contract_limits(actor: Actor, contract: Contract) -> tuple[LimitRow, ...]:
    """The limits as they stand for a contract, its own marked; those of its estates may differ where it sets none."""
    actor.require(Code.VIEW)
    own = _own({contract.pk}, {contract.office.path})
    held = limits_for(shipped_limits(), own, contract_id=contract.pk, office_path=contract.office.path)
    mine = {entry.limit.subject for entry in own if entry.contract_id == contract.pk}
    return tuple(LimitRow(held[subject], subject in mine) for subject in Subject)


def limit_offices(actor: Actor) -> list[Office]:
    """Offices whose limits the actor may change, from the top down."""
    return list(Office.objects.for_actor(actor).exclude(kind="vendor").order_by("path"))


def limit_contracts(actor: Actor) -> list[Contract]:
    """Contracts in the actor's scope whose limits may differ, by code."""
    return list(Contract.objects.for_actor(actor).select_related("vendor").order_by("code"))


def limit_contract(actor: Actor, code: str) -> Contract:
    """A contract in the actor's scope, for its limits, or `NotFound`."""
    return get_by_code(Contract.objects.for_actor(actor).select_related("office", "vendor"), code)


def limit_office(actor: Actor, code: str) -> Office:
    """An office in the actor's scope, for its limits, or `NotFound`."""
    return get_by_code(Office.objects.for_actor(actor).exclude(kind="vendor"), code)


def _own(contracts: Collection[int], offices: Collection[str]) -> list[OwnLimit]:
    above = {path[: end + 1] for path in offices for end, letter in enumerate(path) if letter == "/" and end}
    rows = TimeLimit.objects.filter(Q(contract__in=contracts) | Q(office__path__in=above)).select_related("office", "contract")
    return [
        OwnLimit(
            Limit(
                Subject(row.subject),
                row.amount,
                Unit(row.unit),
                row.source,
                row.ends_at,
                confidence="",
                setter=row.contract.code if row.contract else str(row.office),
            ),
            row.contract_id,
            row.office.path if row.office else "",
        )
        for row in rows
    ]


def _shipped(row: Mapping[str, str]) -> Limit:
    ends_at = time.fromisoformat(row.get("ends_at", "18:00"))
    return Limit(Subject(row["subject"]), int(row["amount"]), Unit(row["unit"]), row["source"], ends_at, row["confidence"])

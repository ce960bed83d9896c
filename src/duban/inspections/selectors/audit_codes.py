"""From the public codes other systems use to the keys that the services of audits take."""

from collections.abc import Collection

from duban.contracts.models import ContractLine
from duban.inspections.models import Audit
from duban.inspections.selectors.audits import audit_items, audit_people, units_to_audit
from duban.inspections.selectors.plans import places_by_tag
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.orgs.models import Unit
from duban.platform.records import get_by_code
from duban.standards.models import Checklist, Standard

Wanted = dict[str, list[str]]


def plan_keys(actor: Actor, wanted: Wanted) -> dict[str, tuple[int, ...]]:
    """Keys of everything an audit names by code, in the given order; `Invalid` names each code that is not known."""
    people = {person.username: person.pk for person in audit_people(actor)}
    known: dict[str, dict[str, int]] = {
        "lead": people,
        "members": people,
        "units": dict(units_to_audit(actor).filter(code__in=wanted["units"]).values_list("code", "pk")),
        "lines": line_keys(actor, wanted["lines"]),
        "standards": dict(Standard.objects.for_actor(actor).filter(code__in=wanted["standards"]).values_list("code", "pk")),
        "checklists": dict(Checklist.objects.for_actor(actor).filter(code__in=wanted["checklists"]).values_list("code", "pk")),
    }
    require_known(wanted, known)
    return {name: tuple(known[name][code] for code in codes) for name, codes in wanted.items()}


def finding_keys(actor: Actor, audit: Audit, wanted: dict[str, str]) -> dict[str, int | None]:
    """Keys of what a finding names by code, `None` where it names nothing; `Invalid` names each code that is not known."""
    named: Wanted = {name: [code] if code else [] for name, code in wanted.items()}
    known: dict[str, dict[str, int]] = {
        "item": dict(audit_items(audit).filter(key__in=named["item"]).order_by("-standard_id").values_list("key", "pk")),
        "line": line_keys(actor, named["line"]),
        "unit": dict(audit.units.filter(code__in=named["unit"]).values_list("code", "pk")),
        "place": places_by_tag(actor, named["place"]),
    }
    require_known(named, known)
    return {name: known[name][code] if code else None for name, code in wanted.items()}


def office_to_audit(actor: Actor, code: str) -> Unit:
    """An office in the actor's scope, or `NotFound`."""
    return get_by_code(units_to_audit(actor), code)


def line_keys(actor: Actor, codes: Collection[str]) -> dict[str, int]:
    """`CT-2026-0001/2` → key of the contract line, as far as the actor sees it: one statement."""
    contracts = {code.rpartition("/")[0] for code in codes}
    rows = ContractLine.objects.for_actor(actor).filter(contract__code__in=contracts)
    found = {f"{contract}/{number}": pk for contract, number, pk in rows.values_list("contract__code", "number", "pk")}
    return {code: found[code] for code in codes if code in found}


def require_known(wanted: Wanted, known: dict[str, dict[str, int]]) -> None:
    """Raise `Invalid` naming each code that is not among the known ones of its field."""
    message = mark("“{code}” is not known.")
    strange = [
        FieldError(name, message, {"code": code}) for name, codes in wanted.items() for code in codes if code not in known[name]
    ]
    if strange:
        raise Invalid(errors=tuple(strange))

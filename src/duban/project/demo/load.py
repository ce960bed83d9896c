"""Building the demo company from its seed."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction

from duban.contracts.models import ContractLine
from duban.kernel.actor import system_actor
from duban.kernel.metrics import EvidenceChanged
from duban.orgs.models import Unit
from duban.project.demo.checks import build_checks
from duban.project.demo.clock import at
from duban.project.demo.company import FIRST_DAY, LAST_DAY
from duban.project.demo.comparing import compare_inspectors
from duban.project.demo.contracting import build_contracts
from duban.project.demo.history import last_month, play_history
from duban.project.demo.registers import World, build_registers, recall
from duban.project.demo.rules import bind_rules
from duban.project.demo.voices import build_complaints, build_slots, build_surveys
from duban.scorecards.services.facts import mark_dirty
from duban.settlement.models import Statement
from duban.standards.models import Standard, StandardItem
from duban.standards.services.defaults import install_defaults

SEED = 20261101
STANDARD_LEVEL = "-2"


def is_loaded() -> bool:
    """Whether the demo company is complete: its last month to be played is settled."""
    return Statement.objects.filter(period_code=last_month().code, state="paid").exists()


def load_demo(say: Callable[[str], None]) -> None:
    """Create the whole demo company. Deterministic: the same seed makes the same names, figures and pictures.

    Registers and evidence are one transaction; each month after that is played once. An interrupted load is continued
    by the next one.
    """
    world = World(random=Random(SEED))
    if Unit.objects.exists():
        recall(world)
    else:
        _build(world, say)
    play_history(world, system_actor(world.tenant.path), say)


def _build(world: World, say: Callable[[str], None]) -> None:
    with transaction.atomic(), at(FIRST_DAY):
        build_registers(world)
        say("offices, people, estates, vendors")
        standards = _standards(world)
        lines = build_contracts(world, standards)
        bind_rules(world, system_actor(world.tenant.path), lines, FIRST_DAY)
        say(f"{len(lines)} contract lines")
        say(f"{build_checks(world, lines, _items(standards)):,} check results")
        say(f"{build_slots(world, lines):,} attendance slots")
        say(f"{build_complaints(world, lines):,} complaints, {build_surveys(world, lines)} satisfaction scores")
        say(f"{compare_inspectors(world)} visits to be checked twice, inspectors compared")
        _mark_everything(lines)


def _standards(world: World) -> dict[str, Standard]:
    install_defaults(
        actor=system_actor(world.tenant.path), tenant=world.tenant, office=world.units["华东区域"], on=date(2025, 1, 1)
    )
    found = {standard.service_line: standard for standard in Standard.objects.filter(tenant=world.tenant).order_by("key")}
    for standard in Standard.objects.filter(tenant=world.tenant, key__endswith=STANDARD_LEVEL):
        found[standard.service_line] = standard
    return found


def _items(standards: dict[str, Standard]) -> dict[int, list[StandardItem]]:
    items: dict[int, list[StandardItem]] = {}
    for item in StandardItem.objects.filter(standard__in=standards.values()).order_by("id"):
        items.setdefault(item.standard_id, []).append(item)
    return items


def _mark_everything(lines: list[ContractLine]) -> None:
    days = [date.fromordinal(number) for number in range(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1)]
    for line in lines:
        mark_dirty(EvidenceChanged("demo", tuple((line.pk, day) for day in days if day >= line.starts_on)))

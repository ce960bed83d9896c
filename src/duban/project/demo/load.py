"""Building the demo company from its seed."""

from collections.abc import Callable
from datetime import date
from random import Random

from django.db import transaction

from duban.attendance.models import PayrollProof, Roster
from duban.contracts.models import ContractLine
from duban.inspections.models import Audit, FormAnswer, RectificationNotice
from duban.kernel.actor import system_actor
from duban.kernel.metrics import EvidenceChanged
from duban.orgs.models import Unit
from duban.project.demo.auditing import play_audits
from duban.project.demo.checks import build_checks
from duban.project.demo.clock import at
from duban.project.demo.company import FIRST_DAY, GROUP, LAST_DAY
from duban.project.demo.comparing import compare_inspectors
from duban.project.demo.contracting import build_contracts
from duban.project.demo.counting import count_work
from duban.project.demo.doubts import send_doubts
from duban.project.demo.episodes import play_episodes
from duban.project.demo.form_round import play_form_round
from duban.project.demo.history import last_month, play_history
from duban.project.demo.item_pictures import show_items
from duban.project.demo.manning import man_posts
from duban.project.demo.patrolling import walk_patrols
from duban.project.demo.payrolls import hand_in_payrolls, is_month_over
from duban.project.demo.registers import World, build_registers, recall
from duban.project.demo.rounds import build_rounds, plan_today
from duban.project.demo.rules import bind_rules
from duban.project.demo.voices import build_complaints, build_slots, build_surveys
from duban.scorecards.services.facts import mark_dirty
from duban.settlement.models import Statement
from duban.standards.models import Standard, StandardItem
from duban.standards.services.defaults import install_defaults

SEED = 20261101
STANDARD_LEVEL = "-2"


def is_loaded() -> bool:
    """Whether the demo company is complete: its last month to be played is settled, its last weeks are told."""
    is_settled = Statement.objects.filter(period_code=last_month().code, state="paid").exists()
    told = (RectificationNotice, Audit, FormAnswer, Roster, *((PayrollProof,) if is_month_over() else ()))
    return is_settled and all(model.objects.exists() for model in told)


def is_taken() -> bool:
    """Whether the database holds a company that is not ours, among whose records the demo has no business."""
    return Unit.objects.exists() and not Unit.objects.filter(name=GROUP, parent=None).exists()


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
    say(f"{plan_today(world)} rounds wait for their inspectors")
    say(f"{play_episodes(world)} rectification notices, answered, re-checked, escalated")
    say(f"{play_audits(world)} quality audits, one of them closed, one still to come")
    say(f"{play_form_round(world)} filled-in form of a checklist")
    say(f"{send_doubts(world)} doubtful records from phones, some of them decided")
    say(f"{man_posts(world):,} check-ins and check-outs behind rosters")
    say(f"{walk_patrols(world):,} patrol rounds, one of them under way")
    say(f"{hand_in_payrolls(world)} exceptions in the ledgers of the posts")


def _build(world: World, say: Callable[[str], None]) -> None:
    with transaction.atomic(), at(FIRST_DAY):
        build_registers(world)
        say("offices, people, estates, vendors")
        standards = _standards(world)
        say(f"{show_items(world)} reference pictures")
        lines = build_contracts(world, standards)
        bind_rules(world, system_actor(world.tenant.path), lines, FIRST_DAY)
        say(f"{len(lines)} contract lines")
        say(f"{build_checks(world, lines, _items(standards)):,} check results")
        say(f"{build_slots(world, lines):,} attendance slots")
        say(f"{build_complaints(world, lines):,} complaints, {build_surveys(world, lines)} satisfaction scores")
        say(f"{compare_inspectors(world)} visits to be checked twice, inspectors compared")
        say(f"{count_work(world, lines)} quantities of counted work")
        say(f"{build_rounds(world, standards, _items(standards))} rounds of inspection plans")
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

from datetime import date
from decimal import Decimal

import pytest

from duban.attendance.models import LedgerFinding, PayrollProof
from duban.attendance.selectors.facts import occurrences
from duban.attendance.services.ledger import finding_decide, ledger_examine, payroll_record
from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.kernel.period import Period
from tests.factories.attendance import make_assignment, make_post, make_punch, make_roster, make_slot, moment
from tests.factories.inspections import make_line
from tests.factories.vendors import make_proof, make_worker

OCTOBER = Period.parse("2026-10")
MONDAY = date(2026, 10, 5)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world):
    return make_post(world.ours.estate)


@pytest.fixture
def guard(world, line, post):
    """Somebody who is insured and stood on the post on Monday."""
    worker = make_worker(world.ours.vendor)
    make_proof(worker)
    make_punch(line, post, worker, moment(MONDAY, 8))
    make_slot(line, post, MONDAY)
    return worker


@pytest.fixture
def ghost(world, line, post):
    worker = make_worker(world.ours.vendor, "鬼影")
    make_assignment(make_roster(line), post, date(2026, 10, 6), worker)
    return worker


def record(world, line, hours, billed=None):
    return payroll_record(actor=world.actor("vendor_manager"), line=line, month=OCTOBER, hours=hours, billed_shifts=billed)


def test_a_payroll_replaces_the_one_before(world, line, guard, ghost):
    record(world, line, {guard.pk: Decimal(8), ghost.pk: Decimal(170)}, 31)
    proof = record(world, line, {guard.pk: Decimal("8.5")})
    assert PayrollProof.objects.count() == 1
    assert proof.billed_shifts is None
    assert list(proof.entries.values_list("worker_id", "hours")) == [(guard.pk, Decimal("8.50"))]


def test_only_the_vendor_proves_its_payroll(world, line, guard):
    for role in ("quality_manager", "rival_manager", "finance"):
        with pytest.raises(NotAllowed):
            payroll_record(actor=world.actor(role), line=line, month=OCTOBER, hours={guard.pk: Decimal(8)})
    stranger = make_worker(world.ours.rival)
    with pytest.raises(Invalid) as refused:
        payroll_record(
            actor=world.actor("vendor_manager"), line=line, month=Period.parse("2025-01"), hours={stranger.pk: Decimal(8)}
        )
    assert {error.field for error in refused.value.errors} == {"month", "worker"}
    assert not PayrollProof.objects.exists()


def test_a_month_is_examined_again_and_again(world, line, guard, ghost):
    record(world, line, {guard.pk: Decimal(8), ghost.pk: Decimal(170)}, 31)
    quality = world.actor("quality_manager")
    assert ledger_examine(actor=quality, line=line, month=OCTOBER) == 2
    found = {one.flaw: one for one in LedgerFinding.objects.all()}
    assert set(found) == {"ghost_staff", "short_supply"}
    assert (found["short_supply"].quantity, found["short_supply"].measure) == (30, 240)
    assert ledger_examine(actor=quality, line=line, month=OCTOBER) == 2
    record(world, line, {guard.pk: Decimal(8), ghost.pk: Decimal(170)}, 30)
    assert ledger_examine(actor=system_actor("/"), line=line, month=OCTOBER) == 2
    found["short_supply"].refresh_from_db()
    assert found["short_supply"].quantity == 29
    record(world, line, {guard.pk: Decimal(8), ghost.pk: Decimal(170)}, 1)
    finding_decide(actor=quality, finding=found["ghost_staff"], move="dismiss", note="培训期")
    assert ledger_examine(actor=quality, line=line, month=OCTOBER) == 0
    assert [(one.flaw, one.state) for one in LedgerFinding.objects.all()] == [("ghost_staff", "dismissed")]


def test_who_may_examine(world, line):
    for role in ("vendor_manager", "auditor", "rival_manager"):
        with pytest.raises(NotAllowed):
            ledger_examine(actor=world.actor(role), line=line, month=OCTOBER)


def test_only_what_was_upheld_is_an_occurrence(world, line, guard, ghost):
    quality = world.actor("quality_manager")
    ledger_examine(actor=quality, line=line, month=OCTOBER)
    finding = LedgerFinding.objects.get(flaw="ghost_staff")
    with pytest.raises(NotAllowed):
        finding_decide(actor=world.actor("vendor_manager"), finding=finding, move="uphold", note="查实")
    with pytest.raises(Invalid):
        finding_decide(actor=quality, finding=finding, move="uphold", note=" ")
    finding_decide(actor=quality, finding=finding, move="uphold", note="查实")
    with pytest.raises(WrongState):
        finding_decide(actor=quality, finding=finding, move="uphold", note="查实")
    found = [one for one in occurrences([line.pk], OCTOBER.start, OCTOBER.end) if one.code == finding.code]
    assert [(one.kind, one.severity, one.quantity, one.on) for one in found] == [
        ("ghost_staff", "critical", 1, date(2026, 10, 31))
    ]

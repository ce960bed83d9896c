from duban.attendance.models import LedgerFinding, PayrollEntry, PayrollProof
from duban.contracts.models import ContractLine
from duban.project.demo.manning import man_posts
from duban.project.demo.payrolls import GHOST_NAME, hand_in_payrolls


def test_payrolls_are_handed_in_and_the_ledgers_looked_through(manned):
    man_posts(manned)
    count = hand_in_payrolls(manned)
    assert count == LedgerFinding.objects.count() > 0
    assert hand_in_payrolls(manned) == count
    assert PayrollProof.objects.count() == 3
    assert set(PayrollProof.objects.filter(line__service_line="security").values_list("billed_shifts", flat=True)) == {186}
    found = set(LedgerFinding.objects.values_list("flaw", "state"))
    assert {("ghost_staff", "upheld"), ("short_supply", "open")} <= found
    ghost = LedgerFinding.objects.get(flaw="ghost_staff", state="upheld")
    assert (ghost.worker.name, ghost.line.estate.short_name) == (GHOST_NAME, "海棠里")


def test_a_line_without_slots_pays_nobody(manned, world):
    man_posts(manned)
    line = ContractLine.objects.get(estate=world.ours.estate, service_line="cleaning")
    line.punches.all().delete()
    line.slots.all().delete()
    hand_in_payrolls(manned)
    assert not PayrollEntry.objects.filter(proof__line=line).exists()


def test_before_they_are_due_nothing_is_handed_in(manned, time_machine):
    time_machine.move_to("2026-11-03T10:00:00+08:00")
    assert hand_in_payrolls(manned) == 0

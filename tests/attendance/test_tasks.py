from datetime import date

from duban.attendance.models import LedgerFinding, PatrolRound, Slot
from duban.attendance.tasks import examine_ledgers, follow_the_clock
from tests.factories.attendance import make_assignment, make_post, make_punch, make_roster, make_route, make_worker, moment
from tests.factories.inspections import make_line


def test_the_clock_makes_rounds_and_decides_what_is_over(world, time_machine):
    time_machine.move_to("2026-10-05T23:59:00+08:00", tick=False)
    line = make_line(world.ours, service_line="security")
    make_route(line)
    make_assignment(make_roster(line), make_post(world.ours.estate), date(2026, 10, 5), make_worker(world.ours.vendor))
    for _ in range(2):
        follow_the_clock.call()
    assert Slot.objects.get().state == "vacant"
    found = PatrolRound.objects.get()
    assert (found.skipped_count, found.is_over) == (3, True)


def test_the_night_looks_through_the_ledgers_of_two_months(world):
    line, post = make_line(world.ours, service_line="security"), make_post(world.ours.estate)
    for day in (date(2026, 9, 5), date(2026, 10, 5), date(2026, 11, 5)):
        make_punch(line, post, make_worker(world.ours.vendor), moment(day, 8))
    for _ in range(2):
        examine_ledgers.call()
    found = LedgerFinding.objects.order_by("day").values_list("flaw", "day")
    assert list(found) == [("uninsured_staff", date(2026, 10, 5)), ("uninsured_staff", date(2026, 11, 5))]

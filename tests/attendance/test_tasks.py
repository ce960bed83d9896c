from datetime import date

from duban.attendance.models import PatrolRound, Slot
from duban.attendance.tasks import follow_the_clock
from tests.factories.attendance import make_assignment, make_post, make_roster, make_route, make_worker
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

from datetime import date

from duban.attendance.models import Swap
from tests.factories.attendance import make_assignment, make_post, make_roster, make_worker
from tests.factories.inspections import make_line

MONDAY = date(2026, 11, 30)


def test_a_swap_is_proposed_and_answered(client_as, world):
    line, post = make_line(world.ours, service_line="security"), make_post(world.ours.estate)
    west = make_post(world.ours.estate, "西门岗")
    workers = [make_worker(world.ours.vendor, name) for name in ("王小明", "李强", "赵六")]
    roster = make_roster(line)
    first, second = make_assignment(roster, post, MONDAY, workers[0]), make_assignment(roster, west, MONDAY, workers[1])
    client = client_as("vendor_manager")
    new = f"/attendance/rosters/{roster.code}/swap/"
    one, two = f"{post.code}.2026-11-30.day", f"{west.code}.2026-11-30.day"
    assert f'value="{one}" selected' in client.get(f"{new}?cell={one}").content.decode()
    both = {"assignment": one, "other": two, "worker": workers[2].code, "reason": "换休"}
    assert client.post(new, both).status_code == 422
    client.post(new, {**both, "worker": ""})
    client.post(new, {**both, "other": ""})
    page = client.get(f"/attendance/rosters/{roster.code}/").content.decode()
    swap, stand_in = Swap.objects.order_by("pk")
    assert f"/attendance/swaps/{swap.code}/accept/" in page
    client.post(f"/attendance/swaps/{swap.code}/accept/")
    client.post(f"/attendance/swaps/{stand_in.code}/decline/")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.worker, second.worker) == (workers[1], workers[0])
    page = client_as("estate_manager").get(f"/attendance/rosters/{roster.code}/").content.decode()
    assert "换休" in page
    assert "/attendance/swaps/" not in page


def test_a_week_that_is_over_offers_no_swap(client_as, world, time_machine):
    line, post = make_line(world.ours, service_line="security"), make_post(world.ours.estate)
    roster = make_roster(line, MONDAY)
    make_assignment(roster, post, MONDAY, make_worker(world.ours.vendor, "王小明"))
    time_machine.move_to("2026-12-06T09:00:00+08:00", tick=False)
    client, swap = client_as("vendor_manager"), f"/attendance/rosters/{roster.code}/swap/"
    assert swap in client.get(f"/attendance/rosters/{roster.code}/").text
    assert "No day of this week is left to swap on." in client.get(swap).text
    time_machine.move_to("2026-12-07T09:00:00+08:00", tick=False)
    assert swap not in client.get(f"/attendance/rosters/{roster.code}/").text

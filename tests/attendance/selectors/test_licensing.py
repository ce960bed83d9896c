from datetime import date

from duban.attendance.domain.slots import Planned
from duban.attendance.selectors.licensing import duty_at, lacks_at, licence_refusals, missing_of, swap_duties, swapped_duties
from tests.factories.attendance import make_assignment, make_post, make_roster
from tests.factories.inspections import make_line
from tests.factories.vendors import make_credential, make_worker

DAY = date(2026, 10, 5)


def test_a_post_asks_for_its_credentials(world):
    post = make_post(world.ours.estate, required_credentials=["guard"])
    licensed, bare = make_worker(world.ours.vendor, "王小明"), make_worker(world.ours.vendor, "李四")
    make_credential(licensed)
    cells = {
        (post.pk, DAY, "day"): (Planned.WORK, licensed.pk),
        (post.pk, DAY, "night"): (Planned.WORK, bare.pk),
        (post.pk, date(2026, 10, 6), "day"): (Planned.REST, None),
    }
    (refusal,) = licence_refusals(cells, [post])
    assert refusal.field == f"{post.code}.2026-10-05.night"
    assert "Security guard card" in refusal.message.format(**refusal.params)
    assert licence_refusals({}, [post]) == []


def test_the_duties_of_a_swap_leave_rest_out(world):
    line = make_line(world.ours, service_line="security")
    roster, post, worker = make_roster(line), make_post(world.ours.estate), make_worker(world.ours.vendor)
    duty = make_assignment(roster, post, DAY, worker)
    rest = make_assignment(roster, post, date(2026, 10, 6))
    assert swap_duties([duty, rest]) == [duty_at(post, (post.pk, DAY, "day"), worker.pk)]


def test_check_ins_and_rosters_say_what_somebody_lacks(world):
    line = make_line(world.ours, service_line="security")
    roster, post, plain = (
        make_roster(line),
        make_post(world.ours.estate, required_credentials=["guard"]),
        make_post(world.ours.estate, "西门岗"),
    )
    worker = make_worker(world.ours.vendor)
    first, second = make_assignment(roster, post, DAY, worker), make_assignment(roster, plain, DAY, worker)
    stays = [((post.pk, DAY, "day"), worker.pk), ((plain.pk, DAY, "day"), worker.pk)]
    assert lacks_at([post, plain], stays) == [["no_credential:missing:guard"], []]
    placed = {
        (post.pk, DAY, "day"): (Planned.WORK, worker.pk),
        (plain.pk, DAY, "day"): (Planned.WORK, worker.pk),
        (post.pk, DAY, "night"): (Planned.REST, None),
        (post.pk + 99, DAY, "day"): (Planned.WORK, worker.pk),
    }
    assert missing_of([post, plain], placed) == {(worker.pk, DAY): ["guard"]}
    third = make_worker(world.ours.vendor, "赵三")
    assert [duty.worker for duty in swapped_duties(first, None, third)] == [third.pk]
    assert [duty.worker for duty in swapped_duties(first, second, None)] == [worker.pk, worker.pk]

from datetime import date

import pytest

from duban.attendance.selectors.days import post_day, post_get, posts_of, workers_offered
from duban.kernel.errors import NotAllowed, NotFound
from tests.factories.attendance import make_post, make_punch, make_slot, make_worker, moment
from tests.factories.inspections import make_line

DAY = date(2026, 10, 5)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world, line):
    return make_post(world.ours.estate)


def test_posts_are_those_a_line_of_the_reader_pays_for(world, post):
    closed = make_post(world.ours.estate, "西门岗", is_active=False)
    for name in ("quality_manager", "vendor_manager", "vendor_worker"):
        assert list(posts_of(world.actor(name))) == [post]
    with pytest.raises(NotFound):
        post_get(world.actor("quality_manager"), closed.code)
    for name in ("their quality_manager", "rival_manager"):
        with pytest.raises(NotFound):
            post_get(world.actor(name), post.code)
    with pytest.raises(NotAllowed):
        posts_of(world.actor("stranger"))


def test_exceptions_of_thirty_days_are_counted(world, line, post, time_machine):
    time_machine.move_to("2026-10-20T12:00:00+08:00", tick=False)
    worker = make_worker(world.ours.vendor)
    make_punch(line, post, worker, moment(DAY, 8), verdict="exception")
    make_punch(line, post, worker, moment(DAY, 16), "out")
    make_punch(line, post, worker, moment(date(2026, 9, 1), 8), verdict="exception")
    assert post_get(world.actor("quality_manager"), post.code).exceptions == 1


def test_a_day_shows_slots_by_shift_and_punches_by_time(world, line, post, django_assert_num_queries):
    worker = make_worker(world.ours.vendor)
    night = make_slot(line, post, DAY, shift="night")
    day = make_slot(line, post, DAY)
    out = make_punch(line, post, worker, moment(DAY, 16), "out")
    begin = make_punch(line, post, worker, moment(DAY, 8))
    actor = world.actor("quality_manager")
    with django_assert_num_queries(4):
        page = post_day(actor, post, DAY)
    assert (page.slots, page.punches, page.line) == ((day, night), (begin, out), line)
    assert post_day(actor, post, date(2030, 1, 1)).line is None


def test_only_who_rosters_people_is_offered_them(world, line):
    worker = make_worker(world.ours.vendor)
    make_worker(world.theirs.vendor, "李强")
    assert workers_offered(world.actor("vendor_foreman"), line) == [worker]
    for name in ("vendor_worker", "quality_manager", "rival_manager"):
        assert workers_offered(world.actor(name), line) == []

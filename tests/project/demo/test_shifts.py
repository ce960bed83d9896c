from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from duban.attendance.domain.slots import Planned
from duban.attendance.models import Slot
from duban.project.demo.crews import build_crews, lapsed_crew, lapsed_on
from duban.project.demo.shifts import Duty, Told, clocked, is_ghost, planned_duty, played

TODAY = date(2026, 11, 23)


@pytest.fixture
def crews(manned):
    return build_crews(manned, Random(1), TODAY)


@pytest.fixture
def told(crews):
    neighbours = {crew.line.pk: [other for other in crews if other.line == crew.line] for crew in crews}
    return Told(timezone.now(), lapsed_crew(crews), neighbours)


def named(crews, estate, name):
    return next(crew for crew in crews if (crew.estate, crew.post.name) == (estate, name))


def test_lobbies_of_odd_lines_rest_on_sundays(crews, told):
    crew = named(crews, "翠湖", "大堂保洁岗")
    sunday, saturday = date(2026, 11, 22), date(2026, 11, 21)
    for number, wanted in ((1, Planned.REST), (2, Planned.WORK)):
        crew.line.number = number
        assert [planned_duty(crew, day, told).planned for day in (sunday, saturday)] == [wanted, Planned.WORK]


def test_nobody_is_rostered_where_the_certificate_ran_out(crews, told):
    room, last = told.lapsed, lapsed_on(TODAY)
    days = [last + timedelta(days=number) for number in range(-3, 4)]
    turns = {day: planned_duty(room, day, told).worker for day in days}
    assert room.since[-1] in {turns[day] for day in days if day <= last}
    assert room.since[-1] not in {turns[day] for day in days if day > last}


def test_who_lacks_the_certificate_comes_all_the_same(crews, told):
    day = TODAY - timedelta(days=2)
    rows = next(rows for seed in range(9) if (rows := list(played(Random(seed), planned_duty(told.lapsed, day, told), told))))
    assert {(row["worker_id"], row["verdict"]) for row in rows} == {(told.lapsed.since[-1].pk, "exception")}
    assert rows[0]["reasons"] == ["no_credential:expired:fire_operator"]


def test_a_clocked_slot_has_its_punches(crews):
    crew = named(crews, "翠湖", "东门日岗")
    found = {}
    for slot in Slot.objects.filter(post=crew.post, day__lte=date(2026, 10, 8)):
        found[slot.day.day] = (slot, list(clocked(slot, crew, [named(crews, "翠湖", "西门日岗")])))
    assert [row["direction"] for row in found[1][1]] == ["in", "out"]
    assert found[1][1][0]["worker_id"] == crew.on(date(2026, 10, 1)).pk
    assert found[3][1] == []
    assert found[5][1][0]["worker_id"] == crew.on(date(2026, 10, 6)).pk
    assert found[5][0].actual_name == crew.on(date(2026, 10, 6)).name
    assert found[7][1][0]["worker_id"] == named(crews, "翠湖", "西门日岗").on(date(2026, 10, 8)).pk


def test_a_slot_without_a_way_out_has_one_punch(crews):
    crew = named(crews, "翠湖", "东门日岗")
    slot = Slot.objects.filter(post=crew.post, day=date(2026, 10, 1)).get()
    slot.checkout_at = None
    assert [row["direction"] for row in clocked(slot, crew, [])] == ["in"]


def test_everything_happens_in_many_shifts(crews, told):
    crew, random = named(crews, "翠湖", "东门日岗"), Random(3)
    rows = [list(played(random, planned_duty(crew, date(2026, 11, 2), told), told)) for _number in range(1500)]
    assert [] in rows
    first = [row[0] for row in rows if row]
    assert {row["verdict"] for row in first} == {"taken", "exception"}
    assert {tuple(row["reasons"]) for row in first} == {(), ("outside",)}
    assert min(row["distance"] for row in first if row["reasons"]) > crew.post.place.radius_m
    assert len({row["worker_id"] for row in first}) > 2
    assert {len(row) for row in rows} == {0, 1, 2}
    assert any(row["received_at"] - row["at"] > timedelta(minutes=30) for row in first)
    late = [timezone.localtime(row["at"]) for row in first]
    assert any(moment.hour >= 8 for moment in late)


def test_the_future_has_no_punches_and_a_running_shift_no_way_out(crews, told):
    crew = named(crews, "翠湖", "东门日岗")
    worker = crew.on(TODAY)
    today = [list(played(Random(seed), Duty(crew, TODAY, Planned.WORK, worker), told)) for seed in range(20)]
    assert {row["direction"] for rows in today for row in rows} == {"in"}
    assert list(played(Random(1), Duty(crew, TODAY + timedelta(days=1), Planned.WORK, worker), told)) == []
    assert list(played(Random(1), Duty(crew, TODAY, Planned.REST, None), told)) == []


def test_a_ghost_never_comes(crews, told):
    crew = named(crews, "海棠里", "东门夜岗")
    ghost = crew.since[-1]
    assert is_ghost(crew, ghost)
    assert not is_ghost(named(crews, "翠湖", "东门夜岗"), ghost)
    rows = [
        row
        for seed in range(60)
        for worker in crew.since
        for row in played(Random(seed), Duty(crew, date(2026, 11, 3), Planned.WORK, worker), told)
    ]
    assert rows
    assert ghost.pk not in {row["worker_id"] for row in rows}


def test_who_has_no_neighbour_comes_himself(crews, told):
    crew = named(crews, "翠湖", "东门日岗")
    alone = Told(told.now, None, {crew.line.pk: [crew]})
    came = {
        row["worker_id"]
        for seed in range(300)
        for row in played(Random(seed), Duty(crew, date(2026, 11, 3), Planned.WORK, crew.since[0]), alone)
    }
    assert came <= {worker.pk for worker in crew.since}

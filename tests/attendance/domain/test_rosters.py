from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.rosters import Conflict, Entry, conflicts_of, crews_of

DAY = date(2026, 10, 5)


def entry(post=1, start=8, hours=8, worker=1, day=DAY):
    begins = datetime.combine(day, time(0)) + timedelta(hours=start)
    return Entry((post, day, "day"), f"P{post}", worker, begins, begins + timedelta(hours=hours))


def kinds(entries, **more):
    return [(found.conflict, found.cell[0]) for found in conflicts_of(entries, **more)]


def test_one_person_on_two_posts_at_once_is_marked_at_both():
    found = conflicts_of([entry(1), entry(2, start=12, hours=4)])
    assert [(one.conflict, one.cell[0], one.detail) for one in found] == [
        (Conflict.TWO_POSTS, 1, "P2"),
        (Conflict.TWO_POSTS, 2, "P1"),
    ]


def test_shifts_that_only_touch_are_not_at_once_but_may_be_double():
    assert kinds([entry(1), entry(2, start=16)]) == [(Conflict.DOUBLE_SHIFT, 2)]
    assert kinds([entry(1, hours=6), entry(2, start=14, hours=6)]) == []
    assert kinds([entry(1, hours=12), entry(1, hours=12, day=DAY + timedelta(days=1))]) == []


def test_the_shift_that_passes_the_hours_of_the_month_is_marked():
    days = [date(2026, 10, 1) + timedelta(days=number) for number in range(20)]
    found = conflicts_of([entry(hours=12, day=day) for day in days])
    assert [(one.conflict, one.cell[1], one.detail) for one in found] == [(Conflict.OVER_HOURS, date(2026, 10, 17), "204 h")]


def test_a_missing_credential_is_named():
    found = conflicts_of([entry()], {(1, DAY): ("guard",), (2, DAY): ("guard",)})
    assert [(one.conflict, one.detail) for one in found] == [(Conflict.NO_CREDENTIAL, "guard")]


ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(1, 4),
        st.sampled_from([0, 8, 16, 20]),
        st.sampled_from([8, 12]),
        st.integers(1, 3),
        st.dates(DAY, DAY + timedelta(days=6)),
    ),
    max_size=12,
)


@given(entries=ENTRIES)
def test_two_posts_agrees_with_looking_at_every_pair(entries):
    marked = {(found.cell, found.worker) for found in conflicts_of(entries) if found.conflict is Conflict.TWO_POSTS}
    expected = set()
    for number, one in enumerate(entries):
        for other in entries[number + 1 :]:
            if one.worker == other.worker and one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                expected |= {(one.cell, one.worker), (other.cell, other.worker)}
    assert marked == expected


def test_who_stands_on_two_posts_counts_on_each_by_the_hours():
    week = [entry(1, day=DAY + timedelta(days=number)) for number in range(3)]
    shared = [
        entry(2, worker=1, day=DAY + timedelta(days=3)),
        entry(2, worker=2),
        entry(2, worker=3, day=DAY + timedelta(days=9)),
    ]
    crews = crews_of([*week, *shared], DAY, DAY + timedelta(days=6))
    assert crews == {1: Decimal("0.75"), 2: Decimal("1.25")}


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(0, 6)), max_size=40, unique=True))
def test_the_crews_add_up_to_the_people(rows):
    crews = crews_of(
        [entry(post, worker=who, day=DAY + timedelta(days=day)) for post, who, day in rows], DAY, DAY + timedelta(days=6)
    )
    people = len({who for _post, who, _day in rows})
    assert abs(sum(crews.values()) - people) <= Decimal("0.01") * max(1, len(crews))

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.ledger import (
    FLAW_LABELS,
    REASONS,
    Books,
    Counts,
    Flaw,
    Payroll,
    exceptions_of,
    is_insured,
    ledger_days,
    total_of,
)
from duban.attendance.domain.rosters import Entry

FIRST = date(2026, 10, 1)
LAST = date(2026, 10, 31)
COVERED = {worker: [(FIRST, LAST)] for worker in range(1, 9)}


def day(number):
    return FIRST + timedelta(days=number - 1)


def stay(worker, number=1, shift="day", post=1, hours=12):
    starts = datetime.combine(day(number), datetime.min.time()) + timedelta(hours=20 if shift == "night" else 8)
    return Entry((post, day(number), shift), f"岗{post}", worker, starts, starts + timedelta(hours=hours))


def books(stays, *, contracted=None, **more):
    cells = contracted if contracted is not None else [one.cell for one in stays]
    values = {"present": [one.cell for one in stays], "insured": COVERED, "until": LAST, **more}
    return Books(contracted=cells, stays=stays, **values)


def flaws(found):
    return [one.flaw for one in found]


def test_counts_follow_the_chain_of_a_day():
    cells = [(1, day(1), "day"), (1, day(1), "night"), (1, day(2), "day")]
    stays = [stay(1), stay(2, 2)]
    found = ledger_days(
        books(
            stays,
            contracted=cells,
            present=cells,
            rostered={cells[0]: 1},
            insured={1: [(FIRST, LAST)]},
            payroll=Payroll({1: Decimal(12)}),
        )
    )
    assert found == {(1, day(1)): Counts(2, 1, 2, 1, 1, 1), (1, day(2)): Counts(1, 0, 1, 0, 0, 0)}
    assert total_of(found.values()) == Counts(3, 1, 3, 1, 1, 1)
    assert not total_of(found.values()).is_whole
    assert Counts(1, 1, 1, 1).is_whole


def test_somebody_at_a_slot_that_does_not_count_is_not_counted():
    found = ledger_days(books([stay(1)], present=[]))
    assert found == {(1, day(1)): Counts(contracted=1)}


def test_insurance_holds_from_day_to_day():
    spans = {1: [(day(2), day(3)), (day(5), day(5))]}
    assert [is_insured(1, day(number), spans) for number in range(1, 7)] == [False, True, True, False, True, False]
    assert not is_insured(2, day(2), spans)


def test_a_whole_month_has_no_exception():
    stays = [stay(1, 1), stay(2, 2)]
    payroll = Payroll({1: Decimal(12), 2: Decimal(12)}, billed_shifts=2)
    rostered = {one.cell: one.worker for one in stays}
    assert exceptions_of(books(stays, rostered=rostered, payroll=payroll)) == []
    assert exceptions_of(books([], contracted=[])) == []


def test_ghosts_are_rostered_or_paid_and_never_seen():
    rostered = {(1, day(2), "day"): 2, (1, day(3), "day"): 2, (1, LAST + timedelta(days=1), "day"): 4}
    found = exceptions_of(books([stay(1)], rostered=rostered, payroll=Payroll({1: Decimal(12), 3: Decimal("40.50")})))
    assert [(one.flaw, one.worker, dict(one.inputs)) for one in found] == [
        (Flaw.GHOST_STAFF, 2, {"rostered": "2", "paid": "0"}),
        (Flaw.GHOST_STAFF, 3, {"rostered": "0", "paid": "40.5"}),
    ]
    assert found[1].measure == Decimal("40.50")


def test_without_any_check_in_nobody_is_called_a_ghost():
    assert exceptions_of(books([], contracted=[(1, day(1), "day")], rostered={(1, day(1), "day"): 2})) == []


def test_one_person_on_two_posts_is_told_at_the_lines_own_post_once():
    here, there, third = stay(1), stay(1, post=2), stay(1, post=3)
    (found,) = exceptions_of(books([here, there, third], contracted=[here.cell]))
    assert (found.flaw, found.post, found.worker, found.inputs["other"]) == (Flaw.TWO_POSTS, 1, 1, "岗2")
    assert found.key == "two_posts:1:2026-10-01:day:1"


def test_double_shifts_and_hours_over_the_law():
    double = exceptions_of(books([stay(1), stay(1, shift="night")]))
    assert flaws(double) == [Flaw.DOUBLE_SHIFT]
    assert double[0].inputs["hours"] == "24 h"
    month = exceptions_of(books([stay(1, number) for number in range(1, 19)]))
    assert [(one.flaw, one.day, one.inputs["hours"]) for one in month] == [(Flaw.OVER_HOURS, day(17), "204 h")]


def test_uninsured_and_unpaid_people():
    stays = [stay(1, 1), stay(1, 2), stay(1, 5)]
    found = exceptions_of(books(stays, insured={1: [(day(5), LAST)]}, payroll=Payroll({})))
    assert [(one.flaw, one.day, dict(one.inputs), one.key) for one in found] == [
        (Flaw.UNINSURED, day(1), {"days": "2"}, "uninsured_staff:month:1"),
        (Flaw.UNPAID, LAST, {"shifts": "3"}, "unpaid_staff:month:1"),
    ]


def test_short_supply_is_what_is_billed_beyond_what_was_manned():
    cells = [(1, day(number), "day") for number in range(1, 5)]
    hours = dict.fromkeys(cells, Decimal(12))
    stays = [stay(1, 1), stay(1, 2)]
    whole = books(stays, contracted=cells, hours=hours, payroll=Payroll({1: Decimal(24)}, billed_shifts=4))
    (found,) = exceptions_of(whole)
    assert (found.flaw, found.quantity, found.measure) == (Flaw.SHORT_SUPPLY, 2, 24)
    assert dict(found.inputs) == {"billed": "4", "present": "2", "contracted": "4"}
    fair = books(stays, contracted=cells, hours=hours, payroll=Payroll({1: Decimal(24)}, billed_shifts=2))
    assert exceptions_of(fair) == []
    (beyond,) = exceptions_of(books(stays, hours={}, payroll=Payroll({1: Decimal(24)}, billed_shifts=3)))
    assert (beyond.quantity, beyond.measure) == (1, 0)


def test_every_flaw_has_a_name_and_a_reason():
    assert set(FLAW_LABELS) == set(REASONS) == set(Flaw)
    assert Flaw.GHOST_STAFF.label == "Ghost staff"


stays_of_many = st.lists(
    st.builds(
        stay,
        worker=st.integers(1, 4),
        number=st.integers(1, 31),
        shift=st.sampled_from(["day", "night"]),
        post=st.integers(1, 3),
    ),
    unique_by=lambda one: (one.cell, one.worker),
    max_size=30,
)


@given(stays_of_many, st.sets(st.integers(1, 8)), st.integers(0, 60))
def test_counts_never_pass_what_was_contracted(stays, paid, billed):
    payroll = Payroll(dict.fromkeys(paid, Decimal(1)), billed)
    whole = books(stays, contracted=list({one.cell for one in stays}), payroll=payroll)
    for counts in ledger_days(whole).values():
        assert max(counts.insured, counts.paid, counts.unnamed) <= counts.present <= counts.contracted
    found = exceptions_of(whole)
    assert len({one.key for one in found}) == len(found)
    assert exceptions_of(whole) == found
    seen = {one.worker for one in stays}
    ghosts = {one.worker for one in found if one.flaw is Flaw.GHOST_STAFF}
    assert ghosts == (paid - seen if stays else set())

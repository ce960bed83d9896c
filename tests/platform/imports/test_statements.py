"""Many rows by one statement: the same on both engines, few or many."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from duban.attendance.models import Slot
from duban.estates.models import Estate
from duban.platform.imports.statements import WORTH_COPYING, insert_records, insert_rows, update_rows
from duban.platform.records import assign_codes
from tests.factories.contracts import ContractLineFactory
from tests.factories.estates import EstateFactory, PostFactory


def slot(line, post, number):
    day = date(2026, 1, 1 + number % 28)
    return {
        "line_id": line.pk,
        "post_id": post.pk,
        "day": day,
        "shift": ("day", "middle", "night")[number // 28 % 3],
        "state": "present",
        "ground": "rostered",
        "checkin_at": datetime(2026, 1, 1, 8, tzinfo=UTC),
        "planned_hours": Decimal("7.5"),
        "note": "tab\tand\nline \\ end",
    }


def estates(world, count):
    found = [Estate(office=world.ours.project, name=f"院{number}", city="上海") for number in range(count)]
    assign_codes(found)
    return found


@pytest.mark.parametrize("count", [1, WORTH_COPYING - 40])
def test_rows_arrive_with_their_values_and_defaults(world, count):
    line, post = ContractLineFactory(), PostFactory()
    insert_rows(Slot, [slot(line, post, number) for number in range(count)])
    assert Slot.objects.count() == count
    stored = Slot.objects.order_by("pk").first()
    assert (stored.planned_hours, stored.note) == (Decimal("7.5"), "tab\tand\nline \\ end")
    assert (stored.checkin_at, stored.late_minutes, stored.checkout_at) == (datetime(2026, 1, 1, 8, tzinfo=UTC), 0, None)


def test_records_get_their_keys_and_stamps(world):
    found = estates(world, WORTH_COPYING + 1)
    insert_records(found)
    assert {estate.code: estate.pk for estate in found} == dict(
        Estate.objects.filter(name__startswith="院").values_list("code", "pk")
    )
    assert all(not estate._state.adding for estate in found)
    assert Estate.objects.get(pk=found[0].pk).created_at is not None


@pytest.mark.parametrize("count", [2, WORTH_COPYING + 1])
def test_what_the_database_refuses_is_raised_and_nothing_is_kept(world, count):
    found = estates(world, count)
    found[-1].name = found[0].name
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_records(found)
    assert not Estate.objects.filter(name__startswith="院").exists()


def test_nothing_to_do_costs_nothing(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Slot, [])
        insert_records([])
        update_rows(Slot, ["note"], [])


def test_an_update_sets_the_named_fields_and_the_stamp(world):
    estate, other = EstateFactory(office=world.ours.project), EstateFactory(office=world.ours.project)
    before = estate.changed_at
    update_rows(Estate, ["city", "area_m2"], [(estate.pk, {"city": "苏州", "area_m2": Decimal("12.50")})])
    estate.refresh_from_db()
    other.refresh_from_db()
    assert (estate.city, estate.area_m2, other.city == "苏州") == ("苏州", Decimal("12.50"), False)
    assert estate.changed_at >= before

"""Set-based saving, against the same rows saved one by one."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine as clock
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from duban.contracts.models import Contract
from duban.estates.models import Estate, Place, Post
from duban.kernel.actor import Actor
from duban.platform.imports import ImportCounts, insert_many, keys_by, upsert
from tests.cast import World

pytestmark = pytest.mark.django_db


def _estates(world: World, count: int, **changes: Any) -> list[dict[str, Any]]:
    shared = {"office": world.ours.project, "city": "上海", "area_m2": Decimal("1.50")}
    return [{"external_number": f"P{number}", "name": f"项目{number}", **shared, **changes} for number in range(count)]


def _save(actor: Actor, rows: list[dict[str, Any]], **how: Any) -> ImportCounts:
    return upsert(Estate, rows, key=("external_number",), existing=Estate.objects.for_actor(actor), **how)


def test_created_rows_are_as_if_saved_one_by_one(world: World, admin: Actor) -> None:
    assert _save(admin, _estates(world, 1)) == ImportCounts(created=1)
    bulk = Estate.objects.get(external_number="P0")
    single = Estate.objects.create(**{**_estates(world, 1)[0], "office": world.ours.project_two})
    single.refresh_from_db()
    skipped = {"id", "code", "office", "created_at", "changed_at"}
    values = [
        {field.attname: getattr(estate, field.attname) for field in Estate._meta.concrete_fields if field.name not in skipped}
        for estate in (bulk, single)
    ]
    assert values[0] == values[1]
    assert int(single.code[-4:]) == int(bulk.code[-4:]) + 1
    assert (bulk.created_at, bulk.changed_at) == (bulk.changed_at, bulk.created_at)


def test_only_what_differs_is_written(world: World, admin: Actor) -> None:
    _save(admin, _estates(world, 3))
    rows = _estates(world, 4)
    rows[1]["name"] = "新名"
    with clock.travel(datetime(2026, 12, 1, tzinfo=UTC)):
        assert _save(admin, rows) == ImportCounts(created=1, updated=1, unchanged=2)
    stored = dict(Estate.objects.exclude(external_number="").values_list("external_number", "changed_at__month"))
    assert stored == {"P0": 11, "P1": 12, "P2": 11, "P3": 12}
    assert Estate.objects.get(external_number="P1").name == "新名"


def test_existing_rows_can_be_left_alone(world: World, admin: Actor) -> None:
    _save(admin, _estates(world, 1))
    assert _save(admin, _estates(world, 1, name="x"), update=False) == ImportCounts(unchanged=1)
    assert Estate.objects.get(external_number="P0").name == "项目0"


def test_same_key_of_another_company_is_another_row(world: World, admin: Actor) -> None:
    theirs = Estate.objects.create(office=world.theirs.project, external_number="P0", name="他人", city="上海")
    assert _save(admin, _estates(world, 1)) == ImportCounts(created=1)
    theirs.refresh_from_db()
    assert theirs.name == "他人"


def test_empty_values_become_defaults_where_null_is_unknown(world: World, admin: Actor) -> None:
    _save(admin, _estates(world, 1, address=None, household_count=None, grade_rank=None))
    estate = Estate.objects.get(external_number="P0")
    assert (estate.address, estate.household_count, estate.grade_rank) == ("", 0, None)


def test_composite_key_and_relation_names(world: World, admin: Actor) -> None:
    def posts(heads: int) -> ImportCounts:
        rows = [
            {
                "estate": estate.pk,
                "name": name,
                "service_line": "security",
                "hours_per_week": Decimal(40),
                "heads": Decimal(heads),
            }
            for estate in (world.ours.estate, world.ours.estate_two)
            for name in ("大门", "巡逻")
        ]
        return upsert(Post, rows, key=("estate", "name"), existing=Post.objects.for_actor(admin))

    assert (posts(1), posts(1), posts(2)) == (ImportCounts(created=4), ImportCounts(unchanged=4), ImportCounts(updated=4))
    assert set(Post.objects.values_list("heads", flat=True)) == {Decimal(2)}


def test_inserted_records_start_in_their_first_state(world: World) -> None:
    values = {
        "office": world.ours.city,
        "vendor": world.ours.vendor,
        "number": "HT-1",
        "title": "保洁",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "vendor_size_class": "small",
        "buyer_size_class": "large",
    }
    told: list[int] = []
    assert insert_many(Contract, [values], progress=told.append) == ImportCounts(created=1)
    contract = Contract.objects.get()
    assert (contract.state, contract.starts_on, contract.deduction_cap_rate, told) == (
        "draft",
        date(2026, 1, 1),
        Decimal("0.2"),
        [1],
    )


def test_constraints_of_the_database_hold(world: World) -> None:
    rows = [{"estate": world.ours.estate.pk, "kind": "area", "name": "中庭", "tag": "T1"}] * 2
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(Place, rows)
    assert Place.objects.count() == 0


def test_nothing_costs_nothing(admin: Actor) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert _save(admin, []) == insert_many(Estate, []) == ImportCounts()
    assert len(captured) == 0


def test_keys_by_is_one_query_however_many_codes(
    world: World, admin: Actor, django_assert_num_queries: Callable[..., Any]
) -> None:
    _save(admin, _estates(world, 3))
    mine = Estate.objects.for_actor(admin)
    few = {"P0", "P2", "nothing"}
    many = few | {f"X{number}" for number in range(2000)}
    with django_assert_num_queries(2):
        found = [keys_by(mine, "external_number", codes, value="name") for codes in (few, many)]
    assert found == [{"P0": "项目0", "P2": "项目2"}] * 2

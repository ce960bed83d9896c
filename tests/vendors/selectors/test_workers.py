from datetime import date

import pytest

from duban.kernel.errors import NotAllowed, NotFound
from duban.platform.sealing import fingerprint, seal
from duban.vendors.selectors import (
    employed_on,
    identity_masked,
    worker_get,
    worker_twins,
    workers_by_id,
    workers_listed,
    workers_of,
)
from tests.factories.vendors import identity_number, make_credential, make_proof, make_worker

TODAY = date(2026, 11, 23)


def facts(row):
    """What the register shows of one person."""
    return (row.credential_count, row.has_expired, row.is_waiting, row.is_insured, row.is_double)


def test_scope_and_right(world, actor):
    worker = make_worker(world.ours.vendor)
    assert worker_get(actor("finance"), worker.code) == worker
    assert workers_by_id([worker.pk]) == {worker.pk: worker}
    for role in ("rival_manager", "their group_admin"):
        with pytest.raises(NotFound):
            worker_get(actor(role), worker.code)
    with pytest.raises(NotAllowed):
        workers_of(actor("stranger"))


def test_the_register_shows_what_matters(world, actor):
    number = identity_number(5)
    secret = {"identity_hash": fingerprint(number, scope="x"), "identity_sealed": seal(number)}
    worker = make_worker(world.ours.vendor, **secret)
    twin = make_worker(world.ours.rival, "王小明", **secret)
    make_worker(world.theirs.vendor, **secret)
    make_credential(worker, valid_until=date(2026, 11, 22))
    make_credential(worker, "health", "entered", number="2")
    make_credential(worker, "health", "rejected", number="3")
    make_proof(worker)
    row = workers_listed(actor("finance"), TODAY).get(pk=worker.pk)
    assert facts(row) == (2, True, True, True, True)
    assert worker_twins(worker) == [twin]
    assert identity_masked(worker) == number[:3] + "*" * 13 + number[-2:]
    plain = make_worker(world.ours.vendor, "李四")
    row = workers_listed(actor("finance"), TODAY).get(pk=plain.pk)
    assert facts(row) == (0, False, False, False, False)
    assert worker_twins(plain) == []


def test_who_is_employed_on_a_day(world):
    here, gone = make_worker(world.ours.vendor), make_worker(world.ours.vendor, left_on=date(2026, 11, 22))
    assert set(employed_on(TODAY)) == {here}
    assert set(employed_on(date(2026, 11, 22))) == {here, gone}

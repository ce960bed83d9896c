from dataclasses import replace
from datetime import date

import pytest

from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.audit.models import AuditEntry
from duban.platform.parameters.services import load_shipped_values
from duban.platform.sealing import fingerprint, unseal
from duban.vendors.domain.workers import WorkerDetails
from duban.vendors.models import Worker
from duban.vendors.services import worker_enter, worker_leave, worker_reveal, worker_update, workers_anonymise
from tests.factories.vendors import identity_number, make_credential, make_proof, make_worker

TODAY = date(2026, 11, 23)
IDENTITY = identity_number(1)
DETAILS = WorkerDetails("王小明", date(2025, 3, 1), "security", "backbone", IDENTITY)


@pytest.mark.parametrize("role", ["vendor_manager", "vendor_foreman", "procurement", "group_admin"])
def test_a_person_is_entered_sealed(world, actor, role):
    worker = worker_enter(actor=actor(role), company=world.ours.vendor, details=DETAILS)
    worker.refresh_from_db()
    assert (worker.name, worker.masked, worker.category, worker.service_line) == ("王小明", "王**", "backbone", "security")
    assert IDENTITY not in worker.identity_sealed
    assert unseal(worker.identity_sealed) == IDENTITY
    assert worker.identity_hash == fingerprint(IDENTITY, scope=world.ours.root.path)
    entry = AuditEntry.objects.get(target_code=worker.code)
    assert entry.changes["category"] == [None, "backbone"]
    assert "王小明" not in str(entry.changes)
    assert worker.identity_hash not in str(entry.changes)


@pytest.mark.parametrize("role", ["finance", "quality_manager", "rival_manager", "their vendor_manager", "stranger"])
def test_only_employer_and_register_enter_people(world, actor, role):
    with pytest.raises(NotAllowed):
        worker_enter(actor=actor(role), company=world.ours.vendor, details=DETAILS)
    assert Worker.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"category": "star"}, "category"),
        ({"identity": identity_number(1)[:-1] + ("0" if identity_number(1)[-1] != "0" else "1")}, "identity"),
        ({"identity": "310115198013010011"}, "identity"),
        ({"identity": "12345"}, "identity"),
        ({"identity": identity_number(1, date(2010, 1, 1))}, "identity"),
    ],
)
def test_a_refused_person_changes_nothing(world, actor, wrong, field):
    with pytest.raises(Invalid) as refused:
        worker_enter(actor=actor("vendor_manager"), company=world.ours.vendor, details=replace(DETAILS, **wrong))
    assert [error.field for error in refused.value.errors] == [field]
    assert Worker.objects.count() == 0


def test_nobody_is_employed_twice_by_one_company_but_by_two(world, actor):
    worker = worker_enter(actor=actor("vendor_manager"), company=world.ours.vendor, details=DETAILS)
    with pytest.raises(Invalid):
        worker_enter(actor=actor("vendor_manager"), company=world.ours.vendor, details=DETAILS)
    other = worker_enter(actor=actor("rival_manager"), company=world.ours.rival, details=DETAILS)
    assert other.identity_hash == worker.identity_hash
    worker_leave(actor=actor("vendor_manager"), worker=worker, left_on=TODAY)
    again = worker_enter(actor=actor("vendor_manager"), company=world.ours.vendor, details=replace(DETAILS, entered_on=TODAY))
    with pytest.raises(Invalid):
        worker_leave(actor=actor("vendor_manager"), worker=worker, left_on=None)
    worker_leave(actor=actor("vendor_manager"), worker=again, left_on=TODAY)
    assert worker_leave(actor=actor("vendor_manager"), worker=worker, left_on=None).left_on is None


def test_changing_a_person_names_the_fields_only(world, actor):
    worker = worker_enter(actor=actor("vendor_manager"), company=world.ours.vendor, details=DETAILS)
    for same in (DETAILS, replace(DETAILS, identity=None)):
        worker_update(actor=actor("vendor_manager"), worker=worker, details=same)
    assert AuditEntry.objects.filter(target_code=worker.code, action="edit").count() == 0
    details = replace(DETAILS, name="王大明", category="image", identity=identity_number(2))
    changed = worker_update(actor=actor("vendor_manager"), worker=worker, details=details)
    assert unseal(changed.identity_sealed) == identity_number(2)
    entry = AuditEntry.objects.get(target_code=worker.code, action="edit")
    assert entry.changes == {"category": ["backbone", "image"], "name": ["*", "*"], "identity": ["*", "*"]}
    with pytest.raises(NotAllowed):
        worker_update(actor=actor("rival_manager"), worker=worker, details=details)


def test_days_of_employment_are_in_order(world, actor):
    worker = worker_enter(actor=actor("vendor_manager"), company=world.ours.vendor, details=DETAILS)
    with pytest.raises(Invalid):
        worker_leave(actor=actor("vendor_manager"), worker=worker, left_on=date(2025, 2, 28))
    worker_leave(actor=actor("vendor_manager"), worker=worker, left_on=date(2025, 3, 31))
    with pytest.raises(Invalid):
        worker_update(actor=actor("vendor_manager"), worker=worker, details=replace(DETAILS, entered_on=date(2025, 4, 1)))


@pytest.mark.parametrize(("role", "may"), [("vendor_manager", True), ("quality_manager", True), ("finance", False)])
def test_reading_the_identity_leaves_a_trace(world, actor, role, may):
    worker = worker_enter(actor=actor("vendor_manager"), company=world.ours.vendor, details=DETAILS)
    if may:
        assert worker_reveal(actor=actor(role), worker=worker) == ("王小明", IDENTITY)
    else:
        with pytest.raises(NotAllowed):
            worker_reveal(actor=actor(role), worker=worker)
    assert AuditEntry.objects.filter(action="reveal_identity").count() == int(may)


def test_who_left_long_ago_is_forgotten_once(world, actor):
    load_shipped_values()
    details = replace(DETAILS, entered_on=date(2020, 1, 1))
    gone = worker_enter(actor=actor("vendor_manager"), company=world.ours.vendor, details=details)
    credential, proof = make_credential(gone), make_proof(gone, number="P1")
    worker_leave(actor=actor("vendor_manager"), worker=gone, left_on=date(2023, 11, 22))
    recent = make_worker(world.ours.vendor, "李四", left_on=date(2023, 11, 23))
    assert [workers_anonymise(today=TODAY), workers_anonymise(today=TODAY)] == [1, 0]
    for row in (gone, recent, credential, proof):
        row.refresh_from_db()
    assert (gone.name, gone.identity_sealed, gone.identity_hash, recent.name) == ("*", "", "", "李四")
    assert (credential.number, proof.number) == (credential.code, proof.code)
    with pytest.raises(WrongState):
        worker_leave(actor=actor("vendor_manager"), worker=gone, left_on=None)
    assert AuditEntry.objects.filter(action="anonymise", target_code=gone.code).count() == 1


def test_nothing_is_forgotten_on_a_guess(world):
    make_worker(world.ours.vendor, left_on=date(2010, 1, 1))
    assert workers_anonymise(today=TODAY) == 0
    assert Worker.objects.get().name == "王小明"

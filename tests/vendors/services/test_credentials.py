from dataclasses import replace
from datetime import date, timedelta

import pytest

from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.audit.models import AuditEntry
from duban.platform.notices.models import Notice
from duban.platform.sealing import seal
from duban.vendors.domain.workers import CredentialDetails, ProofDetails
from duban.vendors.models import InsuranceProof, WorkerCredential
from duban.vendors.permissions import can_verify
from duban.vendors.selectors.credentials import credential_reminders_due
from duban.vendors.services import (
    credential_enter,
    credential_reject,
    credential_update,
    credential_verify,
    credentials_remind,
    proof_enter,
    proof_remove,
)
from tests.factories.vendors import identity_number, make_credential, make_worker

TODAY = date(2026, 11, 23)
DETAILS = CredentialDetails("guard", "沪保20200012", date(2024, 1, 1), date(2027, 12, 31), "市公安局")
PROOF = ProofDetails("accident", "P-1", date(2026, 1, 1), date(2026, 12, 31), "平安")


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor)


def test_a_credential_is_entered_verified_rejected_and_entered_again(actor, worker):
    credential = credential_enter(actor=actor("vendor_manager"), worker=worker, details=DETAILS)
    assert (credential.state, credential.entered_on) == ("entered", TODAY)
    assert "沪保" not in str(AuditEntry.objects.get(target_code=credential.code).changes)
    credential_verify(actor=actor("quality_manager"), credential=credential)
    credential.refresh_from_db()
    assert (credential.state, credential.verified_by_id) == ("verified", actor("quality_manager").person_id)
    credential_reject(actor=actor("procurement"), credential=credential, note="发证机关查无此证")
    credential.refresh_from_db()
    assert (credential.state, credential.verified_by_id) == ("rejected", None)
    later = replace(DETAILS, number="沪保20200013", valid_until=None)
    changed = credential_update(actor=actor("vendor_foreman"), credential=credential, details=later)
    assert (changed.state, changed.number, changed.valid_until) == ("entered", "沪保20200013", None)
    entry = AuditEntry.objects.get(target_code=credential.code, action="edit")
    assert entry.changes == {"number": ["*", "*"], "valid_until": ["2027-12-31", None]}


def test_a_change_while_it_waits_keeps_waiting(actor, worker):
    credential = make_credential(worker, state="entered", last_reminder_days=90)
    kept = credential_update(actor=actor("vendor_manager"), credential=credential, details=DETAILS)
    assert (kept.state, kept.last_reminder_days) == ("entered", 90)
    moved = replace(DETAILS, valid_until=date(2028, 12, 31))
    fresh = credential_update(actor=actor("vendor_manager"), credential=credential, details=moved)
    assert fresh.last_reminder_days is None


@pytest.mark.parametrize("role", ["finance", "rival_manager", "their group_admin", "quality_manager"])
def test_only_employer_and_register_enter(actor, worker, role):
    credential = make_credential(worker)
    with pytest.raises(NotAllowed):
        credential_enter(actor=actor(role), worker=worker, details=DETAILS)
    with pytest.raises(NotAllowed):
        credential_update(actor=actor(role), credential=credential, details=DETAILS)
    with pytest.raises(NotAllowed):
        proof_enter(actor=actor(role), worker=worker, details=PROOF)
    assert (WorkerCredential.objects.count(), InsuranceProof.objects.count()) == (1, 0)


@pytest.mark.parametrize("role", ["vendor_manager", "finance", "their quality_manager"])
def test_only_the_office_judges(actor, worker, role):
    credential = make_credential(worker, state="entered")
    with pytest.raises(NotAllowed):
        credential_verify(actor=actor(role), credential=credential)
    with pytest.raises(NotAllowed):
        credential_reject(actor=actor(role), credential=credential, note="x")
    credential.refresh_from_db()
    assert credential.state == "entered"


def test_who_entered_it_does_not_verify_it(actor, worker):
    credential = credential_enter(actor=actor("procurement"), worker=worker, details=DETAILS)
    assert not can_verify(actor("procurement"), credential)
    with pytest.raises(NotAllowed):
        credential_verify(actor=actor("procurement"), credential=credential)
    assert can_verify(actor("quality_manager"), credential)


def test_the_same_number_at_two_people_is_not_verified(world, actor, worker):
    credential = make_credential(worker, state="entered", number="N1")
    other = make_credential(make_worker(world.ours.rival, "李四"), state="verified", number="N1")
    with pytest.raises(Invalid, match="not valid") as refused:
        credential_verify(actor=actor("quality_manager"), credential=credential)
    assert other.code in refused.value.errors[0].params["codes"]
    credential_reject(actor=actor("quality_manager"), credential=other, note="借用他人证件")
    assert credential_verify(actor=actor("quality_manager"), credential=credential).state == "verified"
    with pytest.raises(WrongState):
        credential_verify(actor=actor("quality_manager"), credential=credential)


@pytest.mark.parametrize(
    "wrong", [{"kind": "iso_9001"}, {"number": ""}, {"valid_until": date(2023, 1, 1)}, {"kind": "nonsense"}]
)
def test_a_refused_credential_changes_nothing(actor, worker, wrong):
    with pytest.raises(Invalid):
        credential_enter(actor=actor("vendor_manager"), worker=worker, details=replace(DETAILS, **wrong))
    assert WorkerCredential.objects.count() == 0


@pytest.mark.parametrize(
    ("born_on", "kind", "may"),
    [(date(2007, 1, 1), "guard", False), (date(2007, 1, 1), "health", True), (date(2000, 1, 1), "guard", True)],
)
def test_nobody_under_eighteen_guards(actor, worker, born_on, kind, may):
    worker.identity_sealed = seal(identity_number(3, born_on))
    worker.save()
    details = replace(DETAILS, kind=kind)
    if may:
        credential_enter(actor=actor("vendor_manager"), worker=worker, details=details)
    else:
        with pytest.raises(Invalid):
            credential_enter(actor=actor("vendor_manager"), worker=worker, details=details)
    assert WorkerCredential.objects.count() == int(may)


def test_each_reminder_goes_out_once(world, worker):
    credential = make_credential(worker, valid_until=TODAY + timedelta(days=61))
    sent = [credentials_remind(today=TODAY + timedelta(days=step)) for step in range(63)]
    assert [step for step, count in enumerate(sent) if count] == [0, 1, 31, 54]
    credential.refresh_from_db()
    assert credential.last_reminder_days == 7
    expected = {world.ours.person(role).pk for role in ("quality_manager", "procurement", "vendor_manager", "vendor_foreman")}
    assert set(Notice.objects.values_list("person_id", flat=True)) == expected


def test_a_reminder_that_went_out_meanwhile_is_not_repeated(worker, monkeypatch):
    make_credential(worker, valid_until=TODAY + timedelta(days=5))
    due = credential_reminders_due(TODAY)
    monkeypatch.setattr("duban.vendors.services.credentials.credential_reminders_due", lambda today: due)
    assert [credentials_remind(today=TODAY), credentials_remind(today=TODAY)] == [1, 0]


def test_proofs_come_and_go(actor, worker):
    proof = proof_enter(actor=actor("vendor_manager"), worker=worker, details=PROOF)
    assert (proof.kind, proof.worker) == ("accident", worker)
    with pytest.raises(Invalid):
        proof_enter(actor=actor("vendor_manager"), worker=worker, details=replace(PROOF, valid_until=date(2025, 1, 1)))
    with pytest.raises(Invalid):
        proof_enter(actor=actor("vendor_manager"), worker=worker, details=replace(PROOF, kind="luck"))
    with pytest.raises(NotAllowed):
        proof_remove(actor=actor("rival_manager"), proof=proof, note="x")
    with pytest.raises(Invalid):
        proof_remove(actor=actor("vendor_manager"), proof=proof, note=" ")
    proof_remove(actor=actor("vendor_manager"), proof=proof, note="重复录入")
    assert InsuranceProof.objects.count() == 0

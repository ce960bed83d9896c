from datetime import date

import pytest

from duban.kernel.errors import NotAllowed, NotFound
from duban.vendors.selectors import credential_get, credentials_of, proof_get, worker_credentials, worker_proofs
from tests.factories.vendors import make_credential, make_proof, make_worker


def test_scope_and_right(world, actor):
    worker = make_worker(world.ours.vendor)
    credential, proof = make_credential(worker), make_proof(worker)
    assert credential_get(actor("finance"), credential.code) == credential
    assert proof_get(actor("vendor_manager"), proof.code) == proof
    assert worker_credentials(actor("finance"), worker) == [credential]
    assert worker_proofs(worker) == [proof]
    with pytest.raises(NotFound):
        credential_get(actor("rival_manager"), credential.code)
    with pytest.raises(NotAllowed):
        credentials_of(actor("stranger"))
    with pytest.raises(NotAllowed):
        proof_get(actor("stranger"), proof.code)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("vendor_manager", True),
        ("quality_manager", True),
        ("finance", False),
        ("rival_manager", False),
    ],
)
def test_scans_open_for_employer_and_verifier_only(world, actor, role, may):
    worker = make_worker(world.ours.vendor)
    for record in (make_credential(worker), make_proof(worker)):
        assert record.visible_to(actor(role)) is may


def test_the_same_number_stands_out(world, actor):
    first = make_credential(make_worker(world.ours.vendor), number="N1")
    make_credential(make_worker(world.ours.rival, "李四"), number="N1", state="rejected")
    assert credentials_of(actor("finance")).get(pk=first.pk).is_double is False
    second = make_credential(make_worker(world.ours.rival, "赵六"), number="N1", valid_until=date(2026, 12, 1))
    found = {row.pk: row.is_double for row in credentials_of(actor("finance"))}
    assert found[first.pk] is found[second.pk] is True

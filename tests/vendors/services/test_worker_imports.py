import pytest

from duban.kernel.errors import NotAllowed
from duban.platform.imports import ImportRow
from duban.vendors.models import InsuranceProof
from duban.vendors.services.worker_imports import insurance_proofs_save
from tests.factories.vendors import make_worker


def test_nobody_saves_people_of_somebody_else(world, actor):
    worker = make_worker(world.ours.rival)
    row = ImportRow(2, {"company": world.ours.rival.pk, "worker": worker.pk})
    with pytest.raises(NotAllowed):
        insurance_proofs_save([row], actor=actor("vendor_manager"), progress=lambda done: None)
    assert InsuranceProof.objects.count() == 0

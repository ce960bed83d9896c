import pytest

from duban.kernel.errors import NotAllowed
from duban.platform.exports.services import write_export
from duban.platform.imports.models import ImportRun
from duban.platform.imports.services import run_import
from duban.vendors.models import InsuranceProof, Worker, WorkerCredential
from tests.factories.vendors import identity_number, make_credential, make_worker
from tests.platform.imports.files import write_xlsx

PEOPLE = ["供应商", "姓名", "身份证号", "服务专项", "岗位类别", "入职日期", "离职日期"]
CREDENTIALS = ["供应商", "人员", "证照类型", "证照编号", "发证机关", "有效期自", "有效期至"]
PROOFS = ["供应商", "人员", "险种", "保单或缴费凭证号", "承保机构", "保障起日", "保障止日"]


@pytest.fixture
def bring(world, tmp_path):
    def run(kind, headings, rows, role="vendor_manager"):
        path = write_xlsx(tmp_path / f"{ImportRun.objects.count()}-{kind}.xlsx", headings, rows)
        return run_import(path, kind=kind, actor=world.actor(role))

    return run


def person(world, name, identity="", **more):
    values = {"line": "秩序维护", "category": "骨干", "start": "2025-03-01", "end": None, **more}
    return [world.ours.vendor.short_name, name, identity, *values.values()]


def test_people_come_in_change_and_stay(world, bring, tmp_path):
    rows = [person(world, "王小明", identity_number(1)), person(world, "李四")]
    first = bring("workers", PEOPLE, rows)
    assert (first.stage, first.created_count) == ("done", 2)
    assert Worker.objects.exclude(identity_hash="").count() == 1
    changed = [person(world, "王大明", identity_number(1)), person(world, "李四"), person(world, "李四光", identity_number(2))]
    second = bring("workers", PEOPLE, changed)
    assert (second.created_count, second.updated_count, second.unchanged_count) == (1, 1, 1)
    named = bring("workers", PEOPLE, [person(world, "李四", identity_number(3), category="普通", line="")])
    assert (named.created_count, named.updated_count) == (0, 1)
    other = bring("workers", PEOPLE, [person(world, "李四", identity_number(4))])
    assert (other.created_count, other.updated_count) == (1, 0)
    assert write_export("workers", tmp_path / "out.csv", actor=world.actor("procurement"), form="csv") == 4
    out = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert identity_number(1) not in out
    with pytest.raises(NotAllowed):
        write_export("workers", tmp_path / "no.csv", actor=world.actor("finance"), form="csv")


@pytest.mark.parametrize(
    "wrong",
    [
        {"identity": "310115198005010010"},
        {"line": "烹饪"},
        {"end": "2025-02-28"},
        {"name": "王小明"},
    ],
)
def test_a_faulty_person_refuses_the_file(world, bring, wrong):
    identity = wrong.pop("identity", "")
    rows = [person(world, "王小明"), person(world, wrong.pop("name", "李四"), identity, **wrong)]
    assert bring("workers", PEOPLE, rows).stage == "refused"
    assert Worker.objects.count() == 0


def test_a_vendor_brings_in_its_own_people_only(world, bring):
    rival = [[world.ours.rival.short_name, *person(world, "王小明")[1:]]]
    assert bring("workers", PEOPLE, rival).stage == "refused"
    assert bring("workers", PEOPLE, rival, role="procurement").stage == "done"
    with pytest.raises(NotAllowed):
        bring("workers", PEOPLE, rival, role="quality_manager")
    assert list(ImportRun.objects.for_actor(world.actor("vendor_manager"))) == []
    assert ImportRun.objects.for_actor(world.actor("quality_manager")).count() == 1


def test_credentials_wait_again_when_they_change(world, bring, tmp_path):
    worker = make_worker(world.ours.vendor)
    make_worker(world.ours.vendor, "李四")
    kept = make_credential(worker, number="A1", issuer="")
    vendor = world.ours.vendor.short_name
    row = [vendor, worker.code, "保安员证", "A1", "", "2024-01-01", "2027-12-31"]
    assert bring("worker_credentials", CREDENTIALS, [row]).unchanged_count == 1
    kept.refresh_from_db()
    assert kept.state == "verified"
    more = [[*row[:6], "2028-12-31"], [vendor, "李四", "健康证", "H1", "市疾控", "2026-01-01", None]]
    run = bring("worker_credentials", CREDENTIALS, more)
    assert (run.created_count, run.updated_count) == (1, 1)
    assert set(WorkerCredential.objects.values_list("state", flat=True)) == {"entered"}
    assert write_export("worker_credentials", tmp_path / "out.csv", actor=world.actor("vendor_manager"), form="csv") == 2
    assert bring("worker_credentials", CREDENTIALS, [[*row[:6], "2020-12-31"]]).stage == "refused"
    assert bring("worker_credentials", CREDENTIALS, [[vendor, "赵六", *row[2:]]]).stage == "refused"


def test_insurance_comes_in(world, bring, tmp_path):
    make_worker(world.ours.vendor)
    row = [world.ours.vendor.short_name, "王小明", "社保", "", "", "2026-01-01", "2026-12-31"]
    assert bring("insurance_proofs", PROOFS, [row]).created_count == 1
    assert bring("insurance_proofs", PROOFS, [row]).unchanged_count == 1
    assert InsuranceProof.objects.count() == 1
    assert write_export("insurance_proofs", tmp_path / "out.csv", actor=world.actor("vendor_manager"), form="csv") == 1
    assert bring("insurance_proofs", PROOFS, [row], role="group_admin").stage == "done"

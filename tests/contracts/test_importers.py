"""The ledgers of a newcomer, one after the other: estates, places, posts, vendors, certificates, contracts, lines."""

from datetime import date
from decimal import Decimal

import pytest

from duban.contracts.models import Contract, ContractLine
from duban.estates.models import Estate, Place, Post
from duban.platform.exports.services import write_export
from duban.platform.imports.services import run_import, write_template
from duban.platform.sealing import unseal
from duban.vendors.models import Certificate, Company
from tests.factories.contracts import ContractFactory, ContractLineFactory
from tests.factories.standards import StandardFactory
from tests.factories.vendors import CertificateFactory, credit_code
from tests.platform.imports.files import write_csv

KINDS = ("estates", "places", "posts", "vendors", "certificates", "contracts", "contract_lines")


def counts(run):
    assert not run.problems, run.problems
    return (run.created_count, run.updated_count, run.unchanged_count)


@pytest.fixture
def ledger(tmp_path):
    def write(headings, *rows):
        return write_csv(tmp_path / "ledger.csv", list(headings), [list(row) for row in rows])

    return write


def test_estates_come_in_change_and_stay(ledger, world, actor):
    admin = actor("group_admin")
    head = ("项目编号", "项目名称", "所属单位", "业态", "城市", "建筑面积", "等级体系", "服务等级")
    row = ("P001", "翠湖花园", world.ours.project.name, "住宅", "上海", "186000", "中物协[2004]1号", "二级")
    assert counts(run_import(ledger(head, row), kind="estates", actor=admin)) == (1, 0, 0)
    assert counts(run_import(ledger(head, row), kind="estates", actor=admin)) == (0, 0, 1)
    assert counts(run_import(ledger(head, (*row[:5], "186001", *row[6:])), kind="estates", actor=admin)) == (0, 1, 0)
    estate = Estate.objects.get(external_number="P001")
    assert (estate.area_m2, estate.grade_rank, estate.office) == (Decimal(186001), 2, world.ours.project)


def test_estates_of_a_foreign_office_are_refused(ledger, world, actor):
    count = Estate.objects.count()
    head = ("项目编号", "项目名称", "所属单位", "城市")
    run = run_import(ledger(head, ("P001", "x", world.theirs.project.name, "上海")), kind="estates", actor=actor("group_admin"))
    assert (run.stage, Estate.objects.count()) == ("refused", count)


def test_places_grow_into_a_tree(ledger, world, actor):
    admin = actor("group_admin")
    head = ("项目", "点位", "类型", "编号")
    rows = [
        (world.ours.estate.name, "1 栋/2 层/东楼梯", "巡查点", "CP1"),
        (world.ours.estate.name, "1 栋", "楼栋", "B1"),
    ]
    assert counts(run_import(ledger(head, *rows), kind="places", actor=admin)) == (3, 0, 0)
    assert counts(run_import(ledger(head, *rows), kind="places", actor=admin)) == (0, 0, 2)
    stair, tower = Place.objects.get(name="东楼梯"), Place.objects.get(name="1 栋")
    assert (stair.kind, stair.depth, stair.path.startswith(tower.path)) == ("checkpoint", 2, True)
    assert Place.objects.get(name="2 层").kind == "area"
    changed = (world.ours.estate.name, "1 栋", "楼栋", "B9")
    assert counts(run_import(ledger(head, changed), kind="places", actor=admin)) == (0, 1, 0)


def test_posts_name_their_place(ledger, world, actor):
    admin = actor("group_admin")
    run_import(ledger(("项目", "点位"), (world.ours.estate.name, "东门/岗亭")), kind="places", actor=admin)
    head = ("项目", "专项", "岗位名称", "点位", "每周工时", "夜岗")
    row = (world.ours.estate.name, "秩序维护", "东门夜岗", "东门/岗亭", "84", "是")
    assert counts(run_import(ledger(head, row), kind="posts", actor=admin)) == (1, 0, 0)
    post = Post.objects.get()
    assert (post.place.name, post.is_night, post.hours_per_week) == ("岗亭", True, 84)
    run = run_import(ledger(head, (*row[:3], "西门", *row[4:])), kind="posts", actor=admin)
    assert run.stage == "refused"


def test_vendors_come_with_their_units(ledger, world, actor):
    admin = actor("group_admin")
    head = ("统一社会信用代码", "企业名称", "简称", "企业规模", "服务专项", "联系电话", "控制人(集团)")
    row = (credit_code(500), "苏州清源保洁有限公司", "清源", "小型", "保洁、绿化", "13900001111", "清源系")
    assert counts(run_import(ledger(head, row), kind="vendors", actor=admin)) == (1, 0, 0)
    company = Company.objects.get(short_name="清源")
    assert company.unit.path == f"{world.ours.root.path}{company.unit.pk}/"
    assert (company.service_lines, company.group.name) == (["cleaning", "greening"], "清源系")
    assert unseal(company.contact_phone_sealed) == "13900001111"
    assert counts(run_import(ledger(head, row), kind="vendors", actor=admin)) == (0, 0, 1)
    renamed = (row[0], "苏州清源环境有限公司", *row[2:])
    assert counts(run_import(ledger(head, renamed), kind="vendors", actor=admin)) == (0, 1, 0)
    company.unit.refresh_from_db()
    assert company.unit.name == "苏州清源环境有限公司"


@pytest.mark.parametrize(("place", "text"), [(0, "91310000MA1FL0AA0Y"), (3, "巨型"), (4, "保洁、烹饪")])
def test_a_wrong_vendor_changes_nothing(ledger, world, actor, place, text):
    count = Company.objects.count()
    row = [credit_code(500), "清源有限公司", "清源", "小型", "保洁"]
    row[place] = text
    head = ("统一社会信用代码", "企业名称", "简称", "企业规模", "服务专项")
    run = run_import(ledger(head, row), kind="vendors", actor=actor("group_admin"))
    assert (run.stage, Company.objects.count()) == ("refused", count)


def test_certificates_start_their_reminders_anew(ledger, world, actor):
    admin = actor("group_admin")
    old = CertificateFactory(company=world.ours.vendor, number="沪1", last_reminder_days=7, valid_until=date(2026, 11, 30))
    head = ("供应商", "证照类型", "证照编号", "有效期自", "有效期至", "持证人")
    rows = [
        (world.ours.vendor.short_name, "保安服务许可证", "沪1", "2024-01-01", "2029-12-31", ""),
        (world.ours.vendor.short_name, "保安员证", "G2", "2024-01-01", "", "张三"),
    ]
    assert counts(run_import(ledger(head, *rows), kind="certificates", actor=admin)) == (1, 1, 0)
    old.refresh_from_db()
    assert (old.valid_until, old.last_reminder_days) == (date(2029, 12, 31), None)
    Certificate.objects.update(last_reminder_days=30)
    assert counts(run_import(ledger(head, *rows), kind="certificates", actor=admin)) == (0, 0, 2)
    assert set(Certificate.objects.values_list("last_reminder_days", flat=True)) == {30}
    wrong = (world.ours.vendor.short_name, "保安员证", "G3", "2024-01-01", "2023-01-01", "")
    run = run_import(ledger(head, wrong), kind="certificates", actor=admin)
    assert (run.stage, Certificate.objects.count()) == ("refused", 2)


HEAD = ("合同编号", "合同名称", "发包单位", "供应商", "生效日期", "到期日期", "税率", "供应商规模", "发包方规模", "履行中")
LINE_HEAD = ("合同编号", "行号", "项目", "专项", "计费方式", "单价", "数量", "开始日期", "结束日期", "特种作业")


def contract_row(world, number="HT-1", ends="2026-12-31", running="是"):
    parties = (world.ours.city.name, world.ours.vendor.short_name)
    return (number, "保洁合同", *parties, "2026-01-01", ends, "6%", "小型", "大型", running)


def line_row(world, contract="HT-1", number="1", starts="2026-01-01", ends="2026-12-31", works=""):
    return (contract, number, world.ours.estate.name, "保洁", "月度包干", "12480.5", "1", starts, ends, works)


def test_contracts_and_lines_come_in(ledger, world, actor):
    procurement = actor("procurement")
    rows = (contract_row(world), contract_row(world, "HT-2", running="否"))
    assert counts(run_import(ledger(HEAD, *rows), kind="contracts", actor=procurement)) == (2, 0, 0)
    assert dict(Contract.objects.values_list("number", "state")) == {"HT-1": "active", "HT-2": "draft"}
    assert counts(run_import(ledger(HEAD, *rows), kind="contracts", actor=procurement)) == (0, 0, 2)
    lines = ledger(LINE_HEAD, line_row(world, works="高空"))
    assert counts(run_import(lines, kind="contract_lines", actor=procurement)) == (1, 0, 0)
    line = ContractLine.objects.get()
    assert (line.monthly_amount, line.special_works) == (Decimal("12480.50"), ["height"])
    assert line.contract.vat_rate == Decimal("0.06")
    assert counts(run_import(lines, kind="contract_lines", actor=procurement)) == (0, 0, 1)


def test_a_contract_in_performance_is_not_changed(ledger, world, actor):
    procurement = actor("procurement")
    run_import(ledger(HEAD, contract_row(world)), kind="contracts", actor=procurement)
    run = run_import(ledger(HEAD, contract_row(world, ends="2027-12-31")), kind="contracts", actor=procurement)
    assert (run.stage, Contract.objects.get().ends_on) == ("refused", date(2026, 12, 31))


@pytest.mark.parametrize(
    "change",
    [
        {"ends": "2027-01-01"},
        {"starts": "2026-06-01", "ends": "2026-05-31"},
        {"contract": "HT-404"},
        {"works": "潜水"},
        {"number": "0"},
    ],
)
def test_a_wrong_line_changes_nothing(ledger, world, actor, change):
    procurement = actor("procurement")
    run_import(ledger(HEAD, contract_row(world)), kind="contracts", actor=procurement)
    run = run_import(ledger(LINE_HEAD, line_row(world, **change)), kind="contract_lines", actor=procurement)
    assert (run.stage, ContractLine.objects.count()) == ("refused", 0)


def test_doubled_service_inside_the_file_is_refused(ledger, world, actor):
    procurement = actor("procurement")
    run_import(ledger(HEAD, contract_row(world), contract_row(world, "HT-2")), kind="contracts", actor=procurement)
    rows = (line_row(world, ends="2026-06-30"), line_row(world, "HT-2", starts="2026-06-30"))
    run = run_import(ledger(LINE_HEAD, *rows), kind="contract_lines", actor=procurement)
    assert (run.stage, ContractLine.objects.count(), len(run.problems)) == ("refused", 0, 1)
    rows = (line_row(world, ends="2026-06-30"), line_row(world, "HT-2", starts="2026-07-01"))
    assert counts(run_import(ledger(LINE_HEAD, *rows), kind="contract_lines", actor=procurement)) == (2, 0, 0)


def test_doubled_service_with_the_database_is_refused(ledger, world, actor):
    procurement = actor("procurement")
    old = ContractFactory(office=world.ours.city, vendor=world.ours.rival, number="OLD")
    ContractLineFactory(contract=old, estate=world.ours.estate, starts_on=date(2026, 12, 31))
    run_import(ledger(HEAD, contract_row(world)), kind="contracts", actor=procurement)
    run = run_import(ledger(LINE_HEAD, line_row(world)), kind="contract_lines", actor=procurement)
    assert (run.stage, ContractLine.objects.count()) == ("refused", 1)
    free = ledger(LINE_HEAD, line_row(world, ends="2026-12-30"))
    assert counts(run_import(free, kind="contract_lines", actor=procurement)) == (1, 0, 0)


def test_what_is_doubled_already_does_not_stop_a_file(ledger, world, actor):
    procurement = actor("procurement")
    old = ContractFactory(office=world.ours.city, vendor=world.ours.rival, number="OLD")
    for number in (1, 2):
        ContractLineFactory(contract=old, number=number, estate=world.ours.estate, starts_on=date(2026, 12, 1))
    run_import(ledger(HEAD, contract_row(world)), kind="contracts", actor=procurement)
    free = ledger(LINE_HEAD, line_row(world, ends="2026-11-30"))
    assert counts(run_import(free, kind="contract_lines", actor=procurement)) == (1, 0, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_in_unchanged(tmp_path, ledger, world, actor, kind):
    admin, procurement = actor("group_admin"), actor("procurement")
    Estate.objects.filter(office__path__startswith=world.ours.root.path).update(external_number="")
    for number, estate in enumerate((world.ours.estate, world.ours.estate_two)):
        Estate.objects.filter(pk=estate.pk).update(external_number=f"P{number}")
    for number, company in enumerate((world.ours.vendor, world.ours.rival)):
        Company.objects.filter(pk=company.pk).update(credit_code=credit_code(900 + number), service_lines=["cleaning"])
    world.ours.estate.refresh_from_db()
    places = ledger(("项目", "点位", "类型"), ("P0", "东门/岗亭", "巡查点"), ("P0", "东门", "区域"))
    run_import(places, kind="places", actor=admin)
    post = ("P0", "秩序维护", "东门岗", "东门/岗亭", "84")
    run_import(ledger(("项目", "专项", "岗位名称", "点位", "每周工时"), post), kind="posts", actor=admin)
    CertificateFactory(company=world.ours.vendor)
    run_import(ledger(HEAD, contract_row(world)), kind="contracts", actor=procurement)
    run_import(ledger(LINE_HEAD, line_row(world)), kind="contract_lines", actor=procurement)
    who = procurement if kind.startswith("contract") else admin
    path = tmp_path / f"{kind}.csv"
    with path.open("wb") as target:
        rows = write_export(kind, target, actor=who, form="csv")
    run = run_import(path, kind=kind, actor=who)
    assert rows > 0
    assert counts(run) == (0, 0, rows)


@pytest.mark.parametrize("kind", KINDS)
def test_every_ledger_has_a_template(tmp_path, kind):
    for language in ("zh-hans", "en"):
        path = tmp_path / f"{kind}-{language}.xlsx"
        write_template(kind, path, language=language)
        assert path.stat().st_size > 4000


def test_a_contract_ends_after_it_starts(ledger, world, actor):
    run = run_import(ledger(HEAD, contract_row(world, ends="2025-12-31")), kind="contracts", actor=actor("procurement"))
    assert (run.stage, Contract.objects.count()) == ("refused", 0)


def test_a_line_in_performance_is_not_changed(ledger, world, actor):
    procurement = actor("procurement")
    run_import(ledger(HEAD, contract_row(world)), kind="contracts", actor=procurement)
    run_import(ledger(LINE_HEAD, line_row(world)), kind="contract_lines", actor=procurement)
    run = run_import(ledger(LINE_HEAD, line_row(world, ends="2026-11-30")), kind="contract_lines", actor=procurement)
    assert (run.stage, ContractLine.objects.get().ends_on) == ("refused", date(2026, 12, 31))


def test_a_line_takes_the_standard_in_force_of_its_own_service(ledger, world, actor):
    procurement = actor("procurement")
    run_import(ledger(HEAD, contract_row(world)), kind="contracts", actor=procurement)
    StandardFactory(tenant=world.ours.root, key="green-1", service_line="greening")
    cleaning = StandardFactory(tenant=world.ours.root, key="clean-1")
    head = (*LINE_HEAD, "服务标准")
    wrong = run_import(ledger(head, (*line_row(world), "green-1")), kind="contract_lines", actor=procurement)
    assert (wrong.stage, ContractLine.objects.count()) == ("refused", 0)
    assert counts(run_import(ledger(head, (*line_row(world), "clean-1")), kind="contract_lines", actor=procurement)) == (
        1,
        0,
        0,
    )
    assert ContractLine.objects.get().standard == cleaning


def test_a_price_list_comes_in_with_its_line(ledger, world, actor):
    procurement = actor("procurement")
    run_import(ledger(HEAD, contract_row(world)), kind="contracts", actor=procurement)
    heads, row = (*LINE_HEAD, "单价清单"), line_row(world)
    wrong = run_import(ledger(heads, (*row, "绿篱修剪 | m²")), kind="contract_lines", actor=procurement)
    assert (wrong.stage, ContractLine.objects.count()) == ("refused", 0)
    prices = ledger(heads, (*row, "绿篱修剪 | m² | 3.50; 乔木修剪 | 株 | 120"))
    assert counts(run_import(prices, kind="contract_lines", actor=procurement)) == (1, 0, 0)
    assert [item["price"] for item in ContractLine.objects.get().price_list] == ["3.50", "120"]
    assert counts(run_import(prices, kind="contract_lines", actor=procurement)) == (0, 0, 1)

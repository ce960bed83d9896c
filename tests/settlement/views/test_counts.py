import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from duban.platform.files.models import Attachment
from duban.settlement.models import Statement, WorkCount
from duban.settlement.services.building import statements_build
from duban.settlement.services.counting import count_confirm
from tests.factories.counts import make_count, make_counted_contract
from tests.factories.settlement import OCTOBER

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(world):
    make_counted_contract(world.theirs)
    return make_counted_contract(world.ours)


@pytest.fixture
def line(contract):
    return contract.lines.get(number=1)


@pytest.fixture
def count(world, line):
    return make_count(line, world.ours)


def url(name, *args):
    return reverse(f"settlement:{name}", args=args)


def text(response):
    return response.content.decode()


def test_entering(client_as, line):
    estate = client_as("estate_manager")
    page = text(estate.get(url("count_new")))
    assert "乔木修剪" in page
    assert "120/株" in page
    entry = {"work": f"{line.pk}:1", "period": "2026-10", "quantity": "4", "note": ""}
    assert estate.post(url("count_new"), {**entry, "period": "Oct"}).status_code == 422
    assert estate.post(url("count_new"), {**entry, "work": "1:99"}).status_code == 422
    assert estate.post(url("count_new"), {**entry, "period": "2026-12"}).status_code == 422
    sheet = SimpleUploadedFile("sheet.pdf", b"%PDF-1.4\n%%EOF\n")
    answer = estate.post(url("count_new"), {**entry, "proofs": [sheet]})
    count = WorkCount.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("count", count.code))
    assert Attachment.objects.count() == 1
    shown = text(estate.get(url("count", count.code)))
    for words in ("乔木修剪", "sheet.pdf", "Waits for the other side", "4 株", "480.00"):
        assert words in shown


def test_answering(client_as, count):
    office, vendor = client_as("estate_manager"), client_as("vendor_manager")
    assert url("count_confirm", count.code) in text(vendor.get(url("count", count.code)))
    assert url("count_confirm", count.code) not in text(office.get(url("count", count.code)))
    assert vendor.get(url("count_correct", count.code)).status_code == 403
    assert vendor.post(url("count_dispute", count.code), {"note": ""}).status_code == 422
    assert vendor.post(url("count_dispute", count.code), {"note": "It was 90."}).status_code == 302
    shown = text(office.get(url("count", count.code)))
    assert "It was 90." in shown
    assert url("count_correct", count.code) in shown
    assert office.post(url("count_correct", count.code), {"quantity": "x"}).status_code == 422
    assert office.get(url("count_correct", count.code)).status_code == 200
    assert office.post(url("count_correct", count.code), {"quantity": "90"}).status_code == 302
    assert vendor.post(url("count_confirm", count.code)).status_code == 302
    assert WorkCount.objects.get(pk=count.pk).state == "confirmed"


def test_withdrawing(client_as, count):
    assert client_as("estate_manager").post(url("count_withdraw", count.code)).status_code == 302
    assert WorkCount.objects.get(pk=count.pk).state == "withdrawn"


def test_several_are_confirmed_from_the_list(client_as, count):
    vendor = client_as("vendor_manager")
    page = text(vendor.get(url("counts")))
    assert count.code in page
    assert "Property company" in page
    assert vendor.post(url("bulk_confirm_counts"), {"selected": [count.code]}).status_code == 302
    assert WorkCount.objects.get(pk=count.pk).state == "confirmed"


def test_the_list_costs_the_same_with_more_rows(client_as, world, line, flat_queries):
    client = client_as("finance")
    months = iter(["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"])
    flat_queries.check(
        "settlement.counts",
        visit=lambda: client.get(url("counts")),
        add_row=lambda: WorkCount.objects.create(line=line, period_code=next(months), name="x", price=1, quantity=1),
    )


def test_the_fee_opens_to_what_was_counted(client_as, actor, contract, count):
    count_confirm(actor=actor("vendor_manager"), count=count)
    statements_build(actor=actor("finance"), period=OCTOBER, contracts=[contract.pk])
    statement = Statement.objects.get()
    line = statement.lines.get(kind="base_fee", contract_line__number=1)
    finance = client_as("finance")
    page = text(finance.get(url("detail", statement.code)))
    assert url("evidence", statement.code, line.position) in page
    assert "绿篱修剪 120 × 3.5" in page
    evidence = text(finance.get(url("evidence", statement.code, line.position)))
    assert count.code in evidence
    assert "Confirmed by both sides" in evidence
    other = statement.lines.get(kind="base_fee", contract_line__number=2)
    assert "No single facts" in text(finance.get(url("evidence", statement.code, other.position)))


def test_the_cockpit_says_what_waits(client_as, count):
    assert "Counted work to confirm" in text(client_as("vendor_manager").get(reverse("insight:waiting")))

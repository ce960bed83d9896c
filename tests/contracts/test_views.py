from datetime import date

import pytest

from duban.contracts.models import CalendarFeed, Contract, ContractLine
from duban.kernel.actor import system_actor
from duban.standards.services import install_defaults
from tests.factories.contracts import ContractFactory, ContractLineFactory

ENTERED = {
    "number": "HT-9",
    "title": "保洁合同",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "renewal_mode": "none",
    "notice_days": "90",
    "currency": "CNY",
    "vat_rate": "0.06",
    "is_vat_included": "on",
    "retention_rate": "0.05",
    "deduction_cap_rate": "0.2",
    "appeal_working_days": "3",
    "vendor_size_class": "small",
    "buyer_size_class": "large",
}
LINE = {
    "service_line": "cleaning",
    "fee_basis": "lump_sum",
    "unit_price_amount": "10000",
    "quantity": "1",
    "post_count": "0",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
}


@pytest.fixture
def contract(world):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    ContractLineFactory(contract=contract, estate=world.ours.estate)
    return contract


def add_contract(world):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    return ContractLineFactory(contract=contract, estate=world.ours.estate)


def test_register_and_calendar_are_flat(client_as, flat_queries, world):
    client = client_as("procurement")
    flat_queries.check("contracts.list", visit=lambda: client.get("/contracts/"), add_row=lambda: add_contract(world))
    flat_queries.check(
        "contracts.calendar", visit=lambda: client.get("/contracts/calendar/"), add_row=lambda: add_contract(world)
    )
    flat_queries.check(
        "contracts.outsourcing", visit=lambda: client.get("/contracts/outsourcing/"), add_row=lambda: add_contract(world)
    )


@pytest.mark.parametrize("tab", ["lines", "licences", "posts", "rules"])
def test_detail_is_flat(client_as, flat_queries, world, contract, tab):
    install_defaults(actor=system_actor("/"), tenant=world.ours.root)
    client = client_as("procurement")
    flat_queries.check(
        f"contracts.detail.{tab}",
        visit=lambda: client.get(f"/contracts/{contract.code}/?tab={tab}"),
        add_row=lambda: ContractLineFactory(contract=contract, estate=world.ours.estate, service_line="security"),
    )


def test_panels_are_flat(client_as, flat_queries, world):
    client = client_as("procurement")
    flat_queries.check(
        "contracts.estate_panel",
        visit=lambda: client.get(f"/contracts/estates/{world.ours.estate.code}/"),
        add_row=lambda: add_contract(world),
    )
    flat_queries.check(
        "contracts.vendor_panel",
        visit=lambda: client.get(f"/contracts/vendors/{world.ours.vendor.code}/"),
        add_row=lambda: add_contract(world),
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("procurement", 200),
        ("finance", 200),
        ("outside_counsel", 200),
        ("vendor_manager", 200),
        ("estate_manager", 200),
        ("vendor_foreman", 403),
        ("rival_manager", 404),
        ("their finance", 404),
        ("stranger", 403),
    ],
)
def test_who_sees_a_contract(client_as, contract, role, status):
    assert client_as(role).get(f"/contracts/{contract.code}/").status_code == status


def test_the_register_shows_only_ours(client_as, world, contract):
    foreign = ContractFactory(office=world.theirs.city, vendor=world.theirs.vendor, title="他人合同")
    page = client_as("procurement").get("/contracts/").content.decode()
    assert contract.title in page
    assert foreign.title not in page
    assert contract.title not in client_as("rival_manager").get("/contracts/").content.decode()


def test_filters_of_the_register(client_as, world, contract):
    client = client_as("procurement")
    ContractFactory(office=world.ours.city, vendor=world.ours.rival, title="绿化合同", ends_on=date(2028, 12, 31))
    for query, hits in (
        ("service_line=cleaning", {contract.title}),
        ("expiring=yes", {contract.title}),
        ("state=draft", set()),
    ):
        page = client.get(f"/contracts/?{query}").content.decode()
        assert {title for title in (contract.title, "绿化合同") if title in page} == hits, query


def test_a_contract_from_draft_into_performance(client_as, world):
    client = client_as("procurement")
    client.post("/contracts/new/", {**ENTERED, "office": world.ours.city.pk, "vendor": world.ours.vendor.pk})
    contract = Contract.objects.get()
    path = f"/contracts/{contract.code}/"
    assert client.post(f"{path}activate/").status_code == 422
    assert (
        client.post(f"{path}lines/new/", {**LINE, "estate": world.ours.estate.pk, "ends_on": "2027-01-01"}).status_code == 422
    )
    assert client.post(f"{path}lines/new/", {**LINE, "estate": world.ours.estate.pk}).status_code == 302
    assert client.post(f"{path}lines/1/edit/", {**LINE, "estate": world.ours.estate.pk, "quantity": "2"}).status_code == 302
    assert client.post(f"{path}lines/new/", {**LINE, "estate": world.ours.estate_two.pk}).status_code == 302
    assert client.post(f"{path}lines/2/remove/").status_code == 302
    assert client.post(f"{path}edit/", {**ENTERED, "title": "改名合同"}).status_code == 302
    assert client.get(f"{path}activate/").status_code == 200
    assert client.post(f"{path}activate/").status_code == 302
    contract.refresh_from_db()
    assert (contract.state, contract.title, ContractLine.objects.get().quantity) == ("active", "改名合同", 2)
    assert client.post(f"{path}lines/new/", {**LINE, "estate": world.ours.estate_two.pk}).status_code == 409
    assert client.post(f"{path}suspend/").status_code == 422
    assert client.post(f"{path}suspend/", {"note": "停工整改"}).status_code == 302
    assert client.post(f"{path}resume/", {"note": "整改通过"}).status_code == 302
    assert client.post(f"{path}terminate/", {"on": "2026-10-31", "note": "连续不合格"}).status_code == 302
    contract.refresh_from_db()
    assert (contract.state, contract.terminated_on) == ("terminated", date(2026, 10, 31))
    assert client.post(f"{path}explode/").status_code == 404


def test_terminating_asks_for_a_day_and_a_reason(client_as, contract):
    client = client_as("procurement")
    for entered in ({"on": "2027-10-31", "note": "x"}, {"on": "2026-10-31"}, {"note": "x"}):
        assert client.post(f"/contracts/{contract.code}/terminate/", entered).status_code == 422
    contract.refresh_from_db()
    assert contract.state == "active"


def test_who_may_not_edit_is_refused(client_as, contract):
    client = client_as("finance")
    for path in (
        "/contracts/new/",
        f"/contracts/{contract.code}/edit/",
        f"/contracts/{contract.code}/activate/",
        f"/contracts/{contract.code}/terminate/",
        f"/contracts/{contract.code}/lines/new/",
        f"/contracts/{contract.code}/lines/1/edit/",
    ):
        assert client.get(path).status_code == 403, path
    assert client.post(f"/contracts/{contract.code}/suspend/", {"note": "x"}).status_code == 403
    assert client_as("vendor_manager").post(f"/contracts/{contract.code}/lines/1/remove/").status_code == 403


def test_the_estate_panel_warns_when_everything_is_handed_over(client_as, world, contract):
    for service in ("security", "greening", "maintenance", "customer_service"):
        ContractLineFactory(contract=contract, estate=world.ours.estate, service_line=service)
    page = client_as("procurement").get(f"/contracts/estates/{world.ours.estate.code}/").content.decode()
    assert "Against the law" in page
    assert client_as("their finance").get(f"/contracts/estates/{world.ours.estate.code}/").status_code == 404


def test_the_calendar_feed_lives_as_long_as_its_token(client_as, client, contract):
    office = client_as("procurement")
    office.post("/contracts/calendar/feed/")
    page = office.get("/contracts/calendar/").content.decode()
    address = page.split("http://testserver")[1].split("<")[0]
    feed = client.get(address)
    assert feed["Content-Type"] == "text/calendar; charset=utf-8"
    text = feed.content.decode()
    assert (text.count("BEGIN:VEVENT"), f"{contract.code}-notice@duban" in text) == (3, True)
    assert address not in office.get("/contracts/calendar/").content.decode()
    office.post("/contracts/calendar/feed/remove/")
    assert CalendarFeed.objects.count() == 0
    assert client.get(address).status_code == 404


def test_the_calendar_shows_the_dates_of_a_month(client_as, contract):
    page = client_as("procurement").get("/contracts/calendar/?month=2026-10").content.decode()
    assert "Last day for notice" in page
    assert client_as("procurement").get("/contracts/calendar/?month=nonsense").status_code == 422


def test_a_line_paid_by_unit_prices_has_a_price_list(client_as, world):
    client = client_as("procurement")
    client.post("/contracts/new/", {**ENTERED, "office": world.ours.city.pk, "vendor": world.ours.vendor.pk})
    path = f"/contracts/{Contract.objects.get().code}/"
    entry = {**LINE, "estate": world.ours.estate.pk, "fee_basis": "unit_prices", "unit_price_amount": "0"}
    wrong = client.post(f"{path}lines/new/", {**entry, "price_list": "绿篱修剪 | m²"})
    assert (wrong.status_code, "Row 1: write name | unit | price." in wrong.content.decode()) == (422, True)
    assert client.post(f"{path}lines/new/", {**entry, "price_list": "绿篱修剪 | m² | 3.50"}).status_code == 302
    assert ContractLine.objects.get().price_list == [{"name": "绿篱修剪", "unit": "m²", "price": "3.50"}]
    assert "绿篱修剪 3.50/m²" in client.get(path).content.decode()
    assert "绿篱修剪 | m² | 3.50" in client.get(f"{path}lines/1/edit/").content.decode()

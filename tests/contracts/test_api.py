import json

import pytest

from duban.contracts.models import Contract, ContractLine
from tests.factories.contracts import ContractFactory, ContractLineFactory


def send(client, method, path, payload):
    return getattr(client, method)(f"/api/v1{path}", json.dumps(payload), content_type="application/json")


def test_contracts_through_their_life(client_as, world):
    client = client_as("procurement")
    contract = {
        "office": world.ours.city.code,
        "vendor": world.ours.vendor.code,
        "number": "HT",
        "title": "合同",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "vendor_size_class": "small",
        "buyer_size_class": "large",
    }
    assert send(client, "post", "/contracts/", {**contract, "ends_on": "2025-01-01"}).status_code == 422
    code = send(client, "post", "/contracts/", contract).json()["code"]
    line = {
        "estate": world.ours.estate.code,
        "service_line": "cleaning",
        "fee_basis": "lump_sum",
        "unit_price_amount": "100.005",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
    }
    assert send(client, "post", f"/contracts/{code}/activate", {}).status_code == 422
    assert send(client, "post", f"/contracts/{code}/lines", line).json()["monthly_amount"] == "100.01"
    prices = [{"name": "Hedges", "unit": "m²", "price": "3.5"}]
    counted = {**line, "estate": world.ours.estate_two.code, "fee_basis": "unit_prices", "price_list": prices}
    assert send(client, "post", f"/contracts/{code}/lines", {**counted, "price_list": prices * 2}).status_code == 422
    assert send(client, "post", f"/contracts/{code}/lines", counted).json()["price_list"] == prices
    ContractLine.objects.get(number=2).delete()
    for move, note, state in (("activate", "", "active"), ("suspend", "x", "suspended"), ("resume", "x", "active")):
        assert send(client, "post", f"/contracts/{code}/{move}", {"note": note}).json()["state"] == state
    ended = send(client, "post", f"/contracts/{code}/terminate", {"on": "2026-10-31", "note": "x"}).json()
    assert (ended["state"], ended["terminated_on"]) == ("terminated", "2026-10-31")
    assert (Contract.objects.count(), ContractLine.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("role", "status"), [("finance", 200), ("vendor_manager", 200), ("rival_manager", 404), ("their finance", 404)]
)
def test_who_reads_a_contract(client_as, world, role, status):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    ContractLineFactory(contract=contract, estate=world.ours.estate)
    client = client_as(role)
    assert client.get(f"/api/v1/contracts/{contract.code}").status_code == status
    assert client.get(f"/api/v1/contracts/{contract.code}/lines").status_code == status

from datetime import date

import pytest
from django.urls import set_urlconf

from duban.contracts.selectors.options import chain_url, line_label, line_options, lines_on, service_words
from tests.factories.inspections import make_line

DAY = date(2026, 10, 5)


def test_a_line_is_named_by_estate_service_and_vendor(world, actor):
    line = make_line(world.ours)
    label = f"{world.ours.estate.name} · Cleaning · {world.ours.vendor.short_name}"
    assert line_label(line) == label
    assert line_options(actor("vendor_manager")) == [(str(line.pk), label)]
    assert line_options(actor("rival_manager")) == []
    assert service_words("something else") == "something else"


def test_the_chain_bar_knows_contract_line_month_and_station(world):
    line = make_line(world.ours)
    query = f"contract={line.contract.code}&line=1&month=2026-10&at=finding"
    assert chain_url(line, DAY, "finding").endswith(query)


def test_lines_of_drafts_and_other_days_are_not_found(world):
    line = make_line(world.ours)
    draft = make_line(world.ours, service_line="security")
    draft.contract.state = "draft"
    draft.contract.save(update_fields=["state"])
    estate = world.ours.estate.pk
    wanted = [(estate, "cleaning", DAY), (estate, "security", DAY), (estate, "cleaning", date(2025, 1, 1))]
    assert lines_on(wanted) == {wanted[0]: line.pk}


@pytest.fixture
def without_the_chain():
    set_urlconf("duban.surveys.urls")
    yield
    set_urlconf(None)


@pytest.mark.usefixtures("without_the_chain")
def test_a_product_without_the_chain_bar_has_no_address_for_it(world):
    assert chain_url(make_line(world.ours), DAY, "finding") == ""

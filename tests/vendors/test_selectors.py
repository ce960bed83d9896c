from datetime import date

import pytest

from duban.kernel.errors import NotAllowed, NotFound
from duban.vendors.domain.certificates import Expiry
from duban.vendors.selectors import (
    certificates_by_company,
    certificates_in_state,
    certificates_of,
    companies_by_id,
    companies_by_name,
    companies_listed,
    company_get,
    company_relatives,
)
from duban.vendors.selectors.search import search_vendors
from tests.factories.vendors import CertificateFactory, CompanyFactory

TODAY = date(2026, 11, 23)


def test_companies_are_found_by_any_name(world, actor):
    found = companies_by_name(actor("procurement"))
    vendor = world.ours.vendor
    assert {found[key] for key in (vendor.code, vendor.credit_code, vendor.name, vendor.short_name)} == {vendor}
    assert world.theirs.vendor.name not in found


def test_scope_and_right_of_the_reads(world, actor):
    assert company_get(actor("vendor_manager"), world.ours.vendor.code) == world.ours.vendor
    with pytest.raises(NotFound):
        company_get(actor("vendor_manager"), world.ours.rival.code)
    with pytest.raises(NotAllowed):
        certificates_of(actor("outside_counsel"))
    assert companies_by_id([world.ours.vendor.pk]) == {world.ours.vendor.pk: world.ours.vendor}


def test_the_register_counts_what_ends_and_what_has_ended(world, actor):
    for until in (date(2026, 11, 22), date(2026, 11, 23), date(2027, 2, 21), date(2027, 2, 22), None):
        CertificateFactory(company=world.ours.vendor, valid_until=until)
    row = companies_listed(actor("procurement"), TODAY).get(pk=world.ours.vendor.pk)
    assert (row.certificate_count, row.ending_count, row.expired_count) == (5, 2, 1)
    counts = {state: certificates_in_state(certificates_of(actor("procurement")), state, TODAY).count() for state in Expiry}
    assert counts == {Expiry.NOT_YET: 0, Expiry.VALID: 2, Expiry.ENDING: 2, Expiry.EXPIRED: 1}


def test_relatives_share_an_owner(world):
    group = CompanyFactory(tenant=world.ours.root).tenant.vendor_companies.first()
    assert company_relatives(group) == []


def test_certificates_come_company_by_company(world):
    certificate = CertificateFactory(company=world.ours.vendor)
    assert certificates_by_company([world.ours.vendor.pk, world.ours.rival.pk]) == {
        world.ours.vendor.pk: [certificate],
        world.ours.rival.pk: [],
    }


def test_search_stays_inside_the_scope(world, actor):
    assert [hit.title for hit in search_vendors(actor("vendor_manager"), "保洁", 5)] == [world.ours.vendor.short_name]
    assert search_vendors(actor("outside_counsel"), "保洁", 5) == []

from datetime import date
from decimal import Decimal

import pytest

from duban.contracts.domain.details import ContractDetails, LineDetails
from duban.contracts.models import Contract, ContractLine
from duban.contracts.selectors import line_by_number, lines_for_settlement, lines_in, occurrences
from duban.contracts.selectors.lines import overlapping_lines
from duban.contracts.services import (
    contract_activate,
    contract_create,
    contract_terminate,
    contract_update,
    contracts_expire,
    contracts_remind,
    line_save,
)
from duban.contracts.services.evidence import announce_certificate_change
from duban.contracts.services.feeds import feed_create, feed_remove
from duban.kernel.actor import system_actor
from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.platform.audit.models import AuditEntry
from duban.standards.services import install_defaults
from duban.vendors.domain.certificates import CertificateKind
from duban.vendors.domain.events import CertificateChanged
from tests.factories.contracts import ContractFactory, ContractLineFactory
from tests.factories.standards import StandardFactory
from tests.factories.vendors import CertificateFactory

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def details(**changes):
    fields = {
        "number": "HT-1",
        "title": "保洁服务合同",
        "starts_on": YEAR[0],
        "ends_on": YEAR[1],
        "vendor_size_class": "small",
        "buyer_size_class": "large",
    }
    return ContractDetails(**{**fields, **changes})


def line_details(**changes):
    fields = {
        "service_line": "cleaning",
        "fee_basis": "lump_sum",
        "unit_price_amount": Decimal(10000),
        "starts_on": YEAR[0],
        "ends_on": YEAR[1],
    }
    return LineDetails(**{**fields, **changes})


@pytest.fixture
def draft(world, actor):
    return contract_create(actor=actor("procurement"), office=world.ours.city, vendor=world.ours.vendor, details=details())


def test_contract_create_begins_as_a_draft_with_an_audit_entry(draft):
    assert (draft.state, draft.code, draft.notice_on) == ("draft", "CT-2026-0001", date(2026, 10, 2))
    assert list(AuditEntry.objects.about(draft).values_list("action", flat=True)) == ["create"]


def test_contract_create_needs_the_right_at_the_office(world, actor):
    for role in ("finance", "vendor_manager", "their finance"):
        with pytest.raises(NotAllowed):
            contract_create(actor=actor(role), office=world.ours.city, vendor=world.ours.vendor, details=details())
    assert Contract.objects.count() == 0


def test_contract_create_refuses_a_vendor_of_another_company(world, actor):
    with pytest.raises(Invalid):
        contract_create(actor=actor("procurement"), office=world.ours.city, vendor=world.theirs.vendor, details=details())
    assert Contract.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2025, 12, 31)},
        {"vat_rate": Decimal(6)},
        {"mobilisation_until": date(2027, 3, 1)},
        {"vendor_size_class": "huge"},
        {"number": ""},
    ],
)
def test_contract_create_refuses_bad_fields_and_changes_nothing(world, actor, wrong):
    with pytest.raises(Invalid):
        contract_create(actor=actor("procurement"), office=world.ours.city, vendor=world.ours.vendor, details=details(**wrong))
    assert (Contract.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_lines_are_numbered_and_priced(world, actor, draft):
    procurement = actor("procurement")
    first = line_save(actor=procurement, contract=draft, estate=world.ours.estate, details=line_details())
    second = line_save(
        actor=procurement,
        contract=draft,
        estate=world.ours.estate_two,
        details=line_details(fee_basis="per_post", unit_price_amount=Decimal("6200.005"), quantity=Decimal(3)),
    )
    assert (first.number, first.monthly_amount) == (1, Decimal("10000.00"))
    assert (second.number, second.monthly_amount) == (2, Decimal("18600.02"))
    visits = line_save(
        actor=procurement,
        contract=draft,
        estate=world.ours.estate,
        details=line_details(service_line="greening", fee_basis="per_visit"),
    )
    assert visits.monthly_amount is None


@pytest.mark.parametrize(
    "wrong",
    [{"ends_on": date(2027, 1, 1)}, {"unit_price_amount": Decimal(-1)}, {"service_line": "cooking"}, {"fee_basis": "gift"}],
)
def test_line_save_refuses_bad_fields_and_changes_nothing(world, actor, draft, wrong):
    with pytest.raises(Invalid):
        line_save(actor=actor("procurement"), contract=draft, estate=world.ours.estate, details=line_details(**wrong))
    assert ContractLine.objects.count() == 0


def test_line_save_refuses_an_estate_of_another_company(world, actor, draft):
    with pytest.raises(NotAllowed):
        line_save(actor=actor("procurement"), contract=draft, estate=world.theirs.estate, details=line_details())
    assert ContractLine.objects.count() == 0


def test_contract_update_refuses_a_term_that_leaves_a_line_outside(world, actor, draft):
    procurement = actor("procurement")
    line_save(actor=procurement, contract=draft, estate=world.ours.estate, details=line_details())
    with pytest.raises(Invalid):
        contract_update(actor=procurement, contract=draft, details=details(ends_on=date(2026, 6, 30)))
    draft.refresh_from_db()
    assert draft.ends_on == YEAR[1]


def test_a_contract_in_performance_cannot_be_changed(world, actor):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    with pytest.raises(WrongState):
        contract_update(actor=actor("procurement"), contract=contract, details=details())


def test_activate_refuses_doubled_service(world, actor, draft):
    running = ContractFactory(office=world.ours.city, vendor=world.ours.rival, number="OLD")
    ContractLineFactory(contract=running, estate=world.ours.estate, starts_on=date(2026, 6, 1))
    line_save(actor=actor("procurement"), contract=draft, estate=world.ours.estate, details=line_details())
    with pytest.raises(Invalid) as refused:
        contract_activate(actor=actor("procurement"), contract=draft)
    assert refused.value.errors[0].params == {
        "number": 1,
        "other": running.code,
        "starts_on": "2026-06-01",
        "ends_on": "2026-12-31",
    }
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_activate_goes_where_the_other_contract_was_terminated(world, actor, draft):
    old = ContractFactory(
        office=world.ours.city,
        vendor=world.ours.rival,
        state="terminated",
        terminated_on=date(2025, 12, 31),
        starts_on=date(2025, 1, 1),
    )
    ContractLineFactory(contract=old, estate=world.ours.estate)
    line_save(actor=actor("procurement"), contract=draft, estate=world.ours.estate, details=line_details())
    assert contract_activate(actor=actor("procurement"), contract=draft).state == "active"


def test_activate_refuses_a_contract_without_lines(actor, draft):
    with pytest.raises(Invalid):
        contract_activate(actor=actor("procurement"), contract=draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_activate_asks_for_a_note_when_the_licence_gate_is_closed(world, actor, draft):
    install_defaults(actor=system_actor("/"), tenant=world.ours.root)
    procurement = actor("procurement")
    line_save(actor=procurement, contract=draft, estate=world.ours.estate, details=line_details(service_line="security"))
    with pytest.raises(Invalid):
        contract_activate(actor=procurement, contract=draft)
    active = contract_activate(actor=procurement, contract=draft, note="证照原件已核, 补录中")
    assert active.state == "active"
    warned = AuditEntry.objects.about(active).get(action="activate_with_warnings")
    assert warned.changes["warnings"][1] == ["licence:1:security_company_permit:missing", "licence:1:guard:missing"]


def test_terminate_cuts_the_lines_and_keeps_the_agreed_end(world, actor):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    line = ContractLineFactory(contract=contract, estate=world.ours.estate)
    contract_terminate(actor=actor("procurement"), contract=contract, on=date(2026, 10, 31), note="连续两月低于 70 分")
    contract.refresh_from_db()
    line.refresh_from_db()
    assert (contract.state, contract.terminated_on, contract.ends_on) == ("terminated", date(2026, 10, 31), YEAR[1])
    assert (contract.last_on, line.ends_on) == (date(2026, 10, 31), date(2026, 10, 31))


def test_terminate_refuses_a_day_in_the_future(world, actor):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    with pytest.raises(Invalid):
        contract_terminate(actor=actor("procurement"), contract=contract, on=date(2026, 12, 1), note="x")
    contract.refresh_from_db()
    assert contract.state == "active"


def test_expire_twice_changes_nothing_more(world):
    ended = ContractFactory(
        office=world.ours.city, vendor=world.ours.vendor, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )
    ContractFactory(
        office=world.ours.city, vendor=world.ours.vendor, state="draft", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )
    actor = system_actor(world.ours.root.path)
    assert contracts_expire(actor=actor, today=date(2025, 12, 31)) == []
    assert contracts_expire(actor=actor, today=date(2026, 1, 1)) == [ended]
    assert contracts_expire(actor=actor, today=date(2026, 1, 1)) == []


def test_lines_in_are_those_performed_in_the_span(world, actor):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    line = ContractLineFactory(contract=contract, estate=world.ours.estate, ends_on=date(2026, 9, 30))
    ContractLineFactory(contract__office=world.theirs.city, contract__vendor=world.theirs.vendor, estate=world.theirs.estate)
    ContractLineFactory(
        contract=ContractFactory(office=world.ours.city, vendor=world.ours.vendor, state="draft"), estate=world.ours.estate_two
    )
    quality = actor("quality_manager")
    assert list(lines_in(quality, date(2026, 9, 1), date(2026, 9, 30))) == [line]
    assert list(lines_in(quality, date(2026, 10, 1), date(2026, 10, 31))) == []
    assert line_by_number(actor("vendor_manager"), contract.code, 1) == line
    for stranger in ("rival_manager", "their quality_manager"):
        with pytest.raises(NotFound):
            line_by_number(actor(stranger), contract.code, 1)
    assert lines_for_settlement([contract.pk], date(2026, 9, 1), date(2026, 9, 30)) == {contract.pk: [line]}


def test_expired_certificate_is_one_occurrence_a_month(world):
    install_defaults(actor=system_actor("/"), tenant=world.ours.root)
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    line = ContractLineFactory(contract=contract, estate=world.ours.estate, service_line="security")
    CertificateFactory(company=world.ours.vendor, kind="security_company_permit", valid_until=date(2026, 10, 14))
    found = list(occurrences(None, date(2026, 9, 1), date(2026, 11, 30)))
    assert [(one.code, one.on, one.key, one.line_id) for one in found] == [
        (f"{contract.code}/1:security_company_permit:2026-10", date(2026, 10, 15), "security_company_permit", line.pk),
        (f"{contract.code}/1:security_company_permit:2026-11", date(2026, 11, 1), "security_company_permit", line.pk),
    ]
    assert list(occurrences([line.pk], date(2026, 10, 16), date(2026, 10, 31))) == []
    assert list(occurrences([line.pk + 1], date(2026, 10, 1), date(2026, 10, 31))) == []


def test_contract_create_refuses_a_vendor_out_of_use(world, actor):
    world.ours.vendor.is_active = False
    world.ours.vendor.save()
    with pytest.raises(Invalid):
        contract_create(actor=actor("procurement"), office=world.ours.city, vendor=world.ours.vendor, details=details())
    assert Contract.objects.count() == 0


def test_a_line_refuses_the_standard_of_another_service(world, actor, draft):
    greening = StandardFactory(tenant=world.ours.root, service_line="greening")
    with pytest.raises(Invalid) as refused:
        line_save(
            actor=actor("procurement"), contract=draft, estate=world.ours.estate, details=line_details(), standard=greening
        )
    assert [error.field for error in refused.value.errors] == ["standard"]
    assert ContractLine.objects.count() == 0


def test_a_contract_that_ends_on_its_lines_last_day_cuts_nothing(world, actor):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    line = ContractLineFactory(contract=contract, estate=world.ours.estate, ends_on=date(2026, 10, 31))
    contract_terminate(actor=actor("procurement"), contract=contract, on=date(2026, 10, 31), note="双方协商")
    line.refresh_from_db()
    assert line.ends_on == date(2026, 10, 31)
    assert not AuditEntry.objects.about(contract).filter(action="cut_lines").exists()


def test_a_line_that_never_ran_claims_no_days(world, actor, draft):
    ended = ContractFactory(
        office=world.ours.city, vendor=world.ours.rival, state="terminated", terminated_on=date(2026, 3, 31)
    )
    ContractLineFactory(contract=ended, estate=world.ours.estate, starts_on=date(2026, 6, 1))
    ContractLineFactory(contract=ended, estate=world.ours.estate, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    line_save(
        actor=actor("procurement"),
        contract=draft,
        estate=world.ours.estate,
        details=line_details(starts_on=date(2026, 3, 1)),
    )
    assert len(overlapping_lines(draft)) == 1


def test_only_a_person_has_a_calendar_address(world):
    for use_case in (feed_create, feed_remove):
        with pytest.raises(NotAllowed):
            use_case(actor=system_actor("/1/"))


def licence_of(company):
    return CertificateChanged(company.pk, CertificateKind.SECURITY_COMPANY, date(2026, 8, 1), None)


def test_a_changed_certificate_makes_its_months_dirty(world, monkeypatch):
    install_defaults(actor=system_actor(world.ours.root.path), tenant=world.ours.root)
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor)
    line = ContractLineFactory(
        contract=contract,
        estate=world.ours.estate,
        service_line="security",
        starts_on=date(2026, 9, 15),
        ends_on=date(2026, 10, 20),
    )
    heard = []
    monkeypatch.setattr("duban.contracts.services.evidence.announce", heard.append)
    announce_certificate_change(
        CertificateChanged(world.ours.vendor.pk, CertificateKind.SECURITY_COMPANY, date(2026, 8, 1), None)
    )
    assert [event.pairs for event in heard] == [((line.pk, date(2026, 9, 15)), (line.pk, date(2026, 10, 1)))]
    announce_certificate_change(
        CertificateChanged(world.ours.rival.pk, CertificateKind.SECURITY_COMPANY, date(2026, 8, 1), None)
    )
    assert len(heard) == 1


def test_two_workers_remind_of_a_contract_once(world, monkeypatch):
    contract = ContractFactory(office=world.ours.city, vendor=world.ours.vendor, ends_on=date(2026, 12, 31), notice_days=30)
    today = date(2026, 11, 25)
    tenant = system_actor(world.ours.root.path)
    due = [(contract, 7)]
    monkeypatch.setattr("duban.contracts.services.performance.notices_due", lambda _tenant, _today: due * 2)
    assert contracts_remind(actor=tenant, today=today) == 1

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.kernel.period import Period
from duban.platform.files.models import Attachment
from duban.settlement.models import Statement, WorkCount
from duban.settlement.services.building import statements_build
from duban.settlement.services.counting import (
    count_confirm,
    count_correct,
    count_dispute,
    count_enter,
    count_withdraw,
    counts_confirm,
)
from tests.factories.counts import make_count, make_counted_contract
from tests.factories.settlement import OCTOBER, make_card

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


def base_fee(contract):
    statement = Statement.objects.current().get(contract=contract)
    return statement.lines.get(kind="base_fee", contract_line__number=1).amount


def flags(contract):
    return {flag["code"] for flag in Statement.objects.current().get(contract=contract).flags}


def test_only_what_both_sides_confirmed_is_paid(world, actor, contract, line):
    for each in contract.lines.all():
        make_card(each, "100")
    statements_build(actor=actor("finance"), period=OCTOBER)
    assert (base_fee(contract), "not_counted" in flags(contract)) == (0, True)
    count = make_count(line, world.ours)
    assert (base_fee(contract), flags(contract) >= {"count_open"}) == (0, True)
    confirmed = count_confirm(actor=actor("vendor_manager"), count=count)
    assert (confirmed.state, base_fee(contract)) == ("confirmed", Decimal("420.00"))
    assert not flags(contract) & {"count_open", "not_counted"}
    trees = make_count(line, world.ours, role="vendor_manager", name="乔木修剪", quantity="2.5")
    count_confirm(actor=actor("estate_manager"), count=trees)
    assert base_fee(contract) == Decimal("720.00")


def test_the_evidence_of_a_visit_fee_says_what_was_counted(world, actor):
    contract = make_counted_contract(world.ours, "per_visit")
    count = make_count(contract.lines.get(number=1), world.ours, name="", quantity="3")
    count_confirm(actor=actor("vendor_manager"), count=count)
    statements_build(actor=actor("finance"), period=OCTOBER)
    line = Statement.objects.get().lines.get(kind="base_fee", contract_line__number=1)
    assert (line.amount, line.params["counted"], line.evidence) == (Decimal(2400), "3 × 800", "Counted: {counted}")


def test_files_and_price_are_kept(actor, line):
    count = count_enter(
        actor=actor("finance"),
        line=line,
        name="绿篱修剪",
        period=OCTOBER,
        quantity=Decimal(5),
        note=" north side ",
        uploads=[SimpleUploadedFile("sheet.pdf", b"%PDF-1.4\n%%EOF\n")],
    )
    assert (count.price, count.unit, count.note, count.amount) == (Decimal("3.50"), "m²", "north side", Decimal("17.50"))
    assert Attachment.objects.count() == 1


def test_the_side_that_entered_does_not_confirm(actor, count):
    for role in ("estate_manager", "finance", "rival_manager", "their finance", "quality_manager"):
        with pytest.raises(NotAllowed):
            count_confirm(actor=actor(role), count=count)
    assert WorkCount.objects.get().state == "entered"


def test_a_dispute_needs_a_reason_and_can_be_settled(world, actor, count):
    vendor = actor("vendor_manager")
    with pytest.raises(Invalid):
        count_dispute(actor=vendor, count=count, reason=" ")
    disputed = count_dispute(actor=vendor, count=count, reason="It was 150.")
    assert (disputed.state, disputed.answer) == ("disputed", "It was 150.")
    corrected = count_correct(actor=actor("estate_manager"), count=disputed, quantity=Decimal(150), note="measured again")
    assert (corrected.state, corrected.quantity, corrected.answer) == ("entered", 150, "")
    assert count_confirm(actor=vendor, count=corrected).state == "confirmed"
    with pytest.raises(WrongState):
        count_correct(actor=actor("estate_manager"), count=corrected, quantity=Decimal(1))


def test_what_is_withdrawn_may_be_entered_again(world, actor, line, count):
    with pytest.raises(NotAllowed):
        count_withdraw(actor=actor("vendor_manager"), count=count)
    with pytest.raises(Invalid):
        make_count(line, world.ours)
    assert count_withdraw(actor=actor("finance"), count=count).state == "withdrawn"
    assert make_count(line, world.ours).state == "entered"


def test_several_at_once_or_none(world, actor, line, count):
    other = make_count(line, world.ours, name="乔木修剪")
    with pytest.raises(NotFound):
        counts_confirm(actor=actor("vendor_manager"), codes=[count.code, "WC-2026-9999"])
    assert counts_confirm(actor=actor("vendor_manager"), codes=[count.code, other.code, count.code]) == 2


@pytest.mark.parametrize("role", ["rival_manager", "their finance", "stranger", "auditor"])
def test_a_third_party_counts_nothing(actor, line, role):
    with pytest.raises(NotAllowed):
        count_enter(actor=actor(role), line=line, name="绿篱修剪", period=OCTOBER, quantity=Decimal(1))


@pytest.mark.parametrize(
    ("name", "month", "quantity"),
    [
        ("Paving", "2026-10", 1),
        ("绿篱修剪", "2026Q3", 1),
        ("绿篱修剪", "2025-12", 1),
        ("绿篱修剪", "2026-12", 1),
        ("绿篱修剪", "2026-10", -1),
    ],
)
def test_impossible_counts_are_refused(actor, line, name, month, quantity):
    with pytest.raises(Invalid):
        count_enter(actor=actor("finance"), line=line, name=name, period=Period.parse(month), quantity=Decimal(quantity))
    assert not WorkCount.objects.exists()


def test_a_line_paid_by_the_month_counts_nothing(actor, contract):
    with pytest.raises(Invalid):
        count_enter(actor=actor("finance"), line=contract.lines.get(number=2), name="", period=OCTOBER, quantity=Decimal(1))


def test_a_final_month_is_closed(world, actor, contract, line, count):
    statements_build(actor=actor("finance"), period=OCTOBER)
    Statement.objects.filter(contract=contract).update(state="final")
    with pytest.raises(Invalid):
        count_confirm(actor=actor("vendor_manager"), count=count)
    with pytest.raises(Invalid):
        count_withdraw(actor=actor("finance"), count=count)
    with pytest.raises(Invalid):
        make_count(line, world.ours, name="乔木修剪")


def test_a_quarter_pays_for_what_was_counted_in_each_month(world, actor, contract, line):
    for month, quantity in (("2026-07", "100"), ("2026-08", "200"), ("2026-09", "300")):
        count = make_count(line, world.ours, quantity=quantity, period=Period.parse(month))
        count_confirm(actor=actor("vendor_manager"), count=count)
    make_card(line, "50", key="2026Q3")
    statements_build(actor=actor("finance"), period=Period.parse("2026-09"), contracts=[contract.pk])
    statement = Statement.objects.get(contract=contract)
    inputs = next(each for each in statement.inputs["lines"] if each["line"].endswith("/1"))
    assert [fee["amount"] for fee in inputs["earlier_fees"]] == ["350.00", "700.00"]
    assert base_fee(contract) == Decimal("1050.00")

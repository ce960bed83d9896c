from decimal import Decimal
from types import SimpleNamespace

import pytest

from duban.kernel.errors import NotAllowed
from duban.kernel.occurrence import Occurrence
from duban.kernel.period import Period
from duban.platform.audit.models import AuditEntry
from duban.scorecards.models import Card, LineScheme, Scheme, SchemeVersion
from duban.settlement.models import Statement, StatementLine
from duban.settlement.services.building import statements_build, statements_rebuild_for_card
from tests.factories.settlement import OCTOBER, add_points, make_card, make_contract, make_statement

pytestmark = pytest.mark.django_db


def build(actor, **values):
    return statements_build(actor=actor("finance"), period=OCTOBER, **values)


def test_a_statement_is_built_to_the_fen(world, actor):
    statement = make_statement(world.ours)
    assert statement.payable_amount == Decimal("225846.87")
    assert (statement.fee_amount, statement.deduction_amount) == (Decimal("249593.55"), Decimal("11860.00"))
    assert sum(line.amount for line in statement.lines.all()) == statement.payable_amount
    assert statement.terms_version.key == "T2"
    assert statement.code.startswith("ST-2026-")


def test_building_twice_changes_nothing(world, actor):
    statement = make_statement(world.ours)
    entries = AuditEntry.objects.count()
    report = build(actor)
    assert (report.unchanged, report.changed_count) == ([statement.code], 0)
    assert (Statement.objects.count(), AuditEntry.objects.count()) == (1, entries)


def test_a_draft_is_computed_anew_in_place(world, actor):
    statement = make_statement(world.ours)
    Card.objects.filter(line=statement.contract.lines.get(number=2)).update(score=Decimal("80.0"))
    report = build(actor)
    statement.refresh_from_db()
    assert report.redrafted == [statement.code]
    assert statement.deduction_amount == Decimal("0.00")


@pytest.mark.parametrize("state", ["sent", "confirmed"])
def test_what_was_sent_gets_a_revision(world, actor, state):
    statement = make_statement(world.ours)
    Statement.objects.update(state=state)
    Card.objects.filter(line=statement.contract.lines.get(number=2)).update(score=Decimal("80.0"))
    report = build(actor)
    statement.refresh_from_db()
    revision = Statement.objects.current().get()
    assert (statement.state, statement.is_current) == ("replaced", False)
    assert (revision.revision, revision.replaces, revision.state) == (2, statement, "draft")
    assert report.revised == [revision.code]


@pytest.mark.parametrize("state", ["final", "paid"])
def test_a_final_statement_never_changes(world, actor, state):
    statement = make_statement(world.ours)
    Statement.objects.update(state=state)
    Card.objects.update(score=Decimal("60.0"))
    report = build(actor)
    assert report.frozen == [statement.code]
    assert Statement.objects.get().payable_amount == statement.payable_amount


def test_contracts_without_terms_or_outside_are_left_out(world, actor):
    make_statement(world.ours)
    make_contract(world.theirs)
    contract = make_contract(world.ours, "B-1")
    contract.terms_bindings.all().delete()
    report = build(actor)
    assert report.without_terms == [contract.code]
    assert Statement.objects.count() == 1


def test_who_may_not_build_changes_nothing(world, actor):
    make_contract(world.ours)
    for role in ("quality_inspector", "vendor_manager", "stranger"):
        with pytest.raises(NotAllowed):
            statements_build(actor=actor(role), period=OCTOBER)
    assert not Statement.objects.exists()


def test_absent_slots_cost_money_and_are_not_charged_twice(world, actor, monkeypatch):
    contract = make_contract(world.ours)
    line = contract.lines.get(number=2)
    card = make_card(line, "77.4")
    night = ("absent_slot", "night", "minor", Decimal(1), "缺岗")
    slots = [Occurrence("attendance", f"AS-{index}", line.pk, OCTOBER.start, *night, measure=Decimal(8)) for index in range(3)]
    slots.append(Occurrence("surveys", "SV-1", line.pk, OCTOBER.start, "unhappy", "", "minor", Decimal(1), "costs nothing"))
    add_points(card, "AS-0", "0.5")
    monkeypatch.setattr(
        "duban.settlement.selectors.inputs.import_module", lambda path: SimpleNamespace(occurrences=lambda *_: iter(slots))
    )
    monkeypatch.setattr("duban.settlement.selectors.inputs.wired", lambda name: ("any",))
    monkeypatch.setattr("duban.settlement.selectors.inputs.hourly_price", lambda fee, hours: Decimal(30))
    build(actor)
    lines = {row.key.split(":", 1)[0]: row for row in Statement.objects.get().lines.filter(contract_line=line)}
    assert lines["charge"].amount == Decimal("-1080.00")
    assert lines["charge"].facts == ["attendance/AS-0", "attendance/AS-1", "attendance/AS-2"]
    assert (lines["absorbed"].amount, lines["absorbed"].facts) == (Decimal("0.00"), ["attendance/AS-0"])
    assert lines["score"].params["paid"] == "77.9"
    assert len(Statement.objects.get().inputs["lines"][1]["facts"]) == 3


def test_a_revised_card_rebuilds_its_statement(world, actor):
    statement = make_statement(world.ours)
    line = statement.contract.lines.get(number=2)
    Card.objects.filter(line=line).update(score=Decimal("90.0"))
    statements_rebuild_for_card(SimpleNamespace(line_id=line.pk, period="2026-10"))
    assert Statement.objects.get().deduction_amount == Decimal("0.00")
    statements_rebuild_for_card(SimpleNamespace(line_id=None, period="2026-10"))
    statements_rebuild_for_card(SimpleNamespace(line_id=line.pk, period="2026-09"))
    assert Statement.objects.count() == 1


def test_the_cost_in_queries_does_not_grow_with_contracts(world, actor, django_assert_max_num_queries):
    for number in range(4):
        make_contract(world.ours, f"A-{number}")
    with django_assert_max_num_queries(42):
        report = build(actor)
    assert len(report.created) == 4


def test_a_quarter_is_settled_with_its_last_month(world, actor):
    contract = make_contract(world.ours)
    first, second = contract.lines.order_by("number")
    scheme = Scheme.objects.create(
        tenant=world.ours.root, key="Q", name_zh="季考", name_en="Quarter", service_line="cleaning", cycle="quarter"
    )
    version = SchemeVersion.objects.create(scheme=scheme, number=1, definition={}, digest="q")
    LineScheme.objects.create(line=first, version=version, from_on=contract.starts_on)
    make_card(second, "92")
    build(actor)
    october = Statement.objects.get(contract=contract, period_code="2026-10")
    assert [flag["code"] for flag in october.flags] == ["scored_later"]
    make_card(first, "78.4", key="2026Q4")
    make_card(second, "92", key="2026-12")
    december = Period.parse("2026-12")
    statements_build(actor=actor("finance"), period=december)
    score = StatementLine.objects.get(statement__period_code="2026-12", contract_line=first, kind="score")
    assert score.amount == Decimal("-37440.00")  # 10 % of three months at 124,800
    assert score.params["months"] == "124800.00 + 124800.00 + 124800.00"
    again = statements_build(actor=actor("finance"), period=december)
    assert again.changed_count == 0

from decimal import Decimal

import pytest

from duban.kernel.errors import Invalid, NotAllowed
from duban.settlement.models import Statement, StatementLine
from duban.settlement.services.answering import line_appeal, statement_send
from duban.settlement.services.building import statements_build
from duban.settlement.services.deciding import _carried, appeal_decide
from tests.factories.settlement import OCTOBER, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def appeal(world, actor):
    statement = make_statement(world.ours)
    Statement.objects.update(built_by=world.person("finance"))
    sent = statement_send(actor=actor("finance"), statement=statement)
    line = sent.lines.get(kind="score", contract_line__number=2)
    return line_appeal(actor=actor("vendor_manager"), line=line, reason="The slot was manned.")


def decide(appeal, actor, role="quality_manager", *, is_upheld=True, note="The roster proves it."):
    return appeal_decide(actor=actor(role), appeal=appeal, is_upheld=is_upheld, note=note)


def test_upholding_makes_a_confirmed_revision(appeal, actor):
    revision = decide(appeal, actor)
    old = Statement.objects.get(revision=1)
    assert (old.state, old.is_current, old.payable_amount) == ("replaced", False, Decimal("225846.87"))
    assert (revision.state, revision.revision, revision.is_current) == ("confirmed", 2, True)
    assert revision.payable_amount == Decimal("237113.87")
    assert revision.payable_amount == old.payable_amount + old.disputed_net_amount + Decimal("11267.00")
    assert sum(line.amount for line in revision.lines.all()) == revision.payable_amount
    line = revision.lines.get(kind="score", contract_line__number=2)
    assert (line.vendor_state, line.amount) == ("upheld", Decimal("0.00"))
    assert (revision.revision_reason, revision.due_on) == ("The roster proves it.", old.due_on)


def test_the_revision_survives_the_next_build(appeal, actor):
    revision = decide(appeal, actor)
    report = statements_build(actor=actor("finance"), period=OCTOBER)
    assert (report.unchanged, report.changed_count) == ([revision.code], 0)


def test_rejecting_confirms_the_statement_as_it_stands(appeal, actor):
    statement = decide(appeal, actor, is_upheld=False)
    assert (statement.state, statement.revision, statement.payable_amount) == ("confirmed", 1, Decimal("225846.87"))
    appeal.refresh_from_db()
    assert (appeal.is_upheld, appeal.line.vendor_state) == (False, "rejected")
    with pytest.raises(NotAllowed):
        decide(appeal, actor)


@pytest.mark.parametrize("role", ["finance", "vendor_manager", "quality_inspector", "their quality_manager"])
def test_who_computed_or_appealed_does_not_decide(appeal, actor, role):
    with pytest.raises(NotAllowed):
        decide(appeal, actor, role)
    appeal.refresh_from_db()
    assert appeal.decided_at is None


def test_a_decision_needs_a_reason(appeal, actor):
    with pytest.raises(Invalid):
        decide(appeal, actor, note=" ")


def test_the_last_decision_concludes(appeal, actor):
    statement = Statement.objects.get()
    other = line_appeal(
        actor=actor("vendor_manager"), line=statement.lines.get(kind="base_fee", contract_line__number=1), reason="too low"
    )
    assert decide(appeal, actor).state == "disputed"
    revision = decide(other, actor, is_upheld=False)
    assert (revision.state, revision.revision) == ("confirmed", 2)
    assert revision.lines.get(kind="base_fee", contract_line__number=1).vendor_state == "rejected"


def test_a_line_that_nobody_answers_stays_open_in_the_revision():
    assert _carried("confirmed", StatementLine(kind="absorbed")) == "open"
    assert _carried("open", StatementLine(kind="score")) == "confirmed"
    assert _carried("rejected", StatementLine(kind="score")) == "rejected"

import pytest

from duban.settlement.permissions import Code, can_answer, can_appeal, can_pay, holds
from duban.settlement.services.answering import statement_send
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(world):
    return make_statement(world.ours)


def line(statement, kind):
    found = statement.lines.filter(kind=kind).first()
    found.statement = statement
    return found


def test_rights_are_held_at_the_office_or_the_vendor(statement, actor):
    assert holds(actor("finance"), Code.SEND, statement)
    assert holds(actor("vendor_manager"), Code.CONFIRM, statement)
    for stranger in ("their finance", "rival_manager", "stranger"):
        assert not any(holds(actor(stranger), code, statement) for code in Code)


def test_the_vendor_answers_only_what_was_sent(statement, actor):
    vendor = actor("vendor_manager")
    assert not can_answer(vendor, line(statement, "score"))
    sent = statement_send(actor=actor("finance"), statement=statement)
    assert can_answer(vendor, line(sent, "score"))
    assert can_appeal(vendor, line(sent, "score"))
    assert can_answer(vendor, line(sent, "retention"))
    assert not can_appeal(vendor, line(sent, "retention"))
    assert not can_answer(actor("finance"), line(sent, "score"))


@pytest.mark.parametrize(
    ("state", "expected"),
    [("draft", False), ("sent", False), ("disputed", True), ("confirmed", True), ("final", True), ("paid", False)],
)
def test_paying_needs_an_agreed_amount(statement, actor, state, expected):
    statement.state = state
    assert can_pay(actor("finance"), statement) is expected
    assert not can_pay(actor("quality_manager"), statement)

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.files.selectors import attachments_of
from duban.settlement.models import Statement, StatementAppeal
from duban.settlement.services.answering import (
    line_appeal,
    line_confirm,
    start_clock,
    statement_confirm,
    statement_send,
    statements_lapse,
)
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(world, actor):
    return statement_send(actor=actor("finance"), statement=make_statement(world.ours))


def line_of(statement, kind="score", number=2):
    return statement.lines.get(kind=kind, contract_line__number=number)


def states(statement):
    return {line.key.split(":")[0]: line.vendor_state for line in statement.lines.all()}


def test_sending_opens_the_window_in_working_days(sent):
    assert (sent.state, sent.sent_on, sent.answer_until) == ("sent", date(2026, 11, 23), date(2026, 11, 30))


def test_who_may_not_send_changes_nothing(world, actor):
    statement = make_statement(world.ours)
    for role in ("vendor_manager", "quality_inspector"):
        with pytest.raises(NotAllowed):
            statement_send(actor=actor(role), statement=statement)
    assert Statement.objects.get().state == "draft"


def test_confirming_all_starts_the_payment_clock(sent, actor):
    statement_confirm(actor=actor("vendor_manager"), statement=sent)
    statement = Statement.objects.get()
    assert (statement.state, statement.confirmed_on, statement.due_on) == ("confirmed", date(2026, 11, 23), date(2027, 1, 22))
    assert set(states(statement).values()) == {"confirmed"}
    with pytest.raises(WrongState):
        statement_confirm(actor=actor("vendor_manager"), statement=sent)


def test_confirming_line_by_line_ends_in_a_confirmed_statement(sent, actor):
    lines = list(sent.lines.all())
    for line in lines[:-1]:
        line_confirm(actor=actor("vendor_manager"), line=line)
    assert Statement.objects.get().state == "sent"
    line_confirm(actor=actor("vendor_manager"), line=lines[-1])
    assert Statement.objects.get().state == "confirmed"


@pytest.mark.parametrize("role", ["finance", "rival_manager", "their vendor_manager", "stranger"])
def test_only_the_vendor_answers(sent, actor, role):
    for act in (line_confirm, lambda **values: line_appeal(reason="no", **values)):
        with pytest.raises(NotAllowed):
            act(actor=actor(role), line=line_of(sent))
    with pytest.raises(NotAllowed):
        statement_confirm(actor=actor(role), statement=sent)
    assert set(states(sent).values()) == {"open"}


def test_an_appeal_splits_the_statement(sent, actor):
    files = [SimpleUploadedFile("签到.pdf", b"%PDF-1.4\n%%EOF\n")]
    appeal = line_appeal(actor=actor("vendor_manager"), line=line_of(sent), reason="The slot was manned.", uploads=files)
    statement = Statement.objects.get()
    assert (statement.state, statement.payable_amount) == ("disputed", Decimal("225846.87"))
    assert (statement.disputed_amount, statement.disputed_net_amount) == (Decimal("11860.00"), Decimal("11267.00"))
    assert (statement.confirmed_on, statement.due_on) == (date(2026, 11, 23), date(2027, 1, 22))
    assert attachments_of(appeal).count() == 1
    assert line_of(statement).vendor_state == "appealed"
    with pytest.raises(NotAllowed):
        line_appeal(actor=actor("vendor_manager"), line=line_of(statement), reason="again")


def test_an_appeal_needs_a_reason_and_the_window(sent, actor):
    with pytest.raises(Invalid):
        line_appeal(actor=actor("vendor_manager"), line=line_of(sent), reason="  ")
    Statement.objects.update(answer_until=date(2026, 11, 20))
    with pytest.raises(Invalid):
        line_appeal(actor=actor("vendor_manager"), line=line_of(sent), reason="late")
    with pytest.raises(NotAllowed):
        line_appeal(actor=actor("vendor_manager"), line=sent.lines.get(kind="retention"), reason="no")
    assert not StatementAppeal.objects.exists()
    assert Statement.objects.get().state == "sent"


def test_silence_confirms_after_the_window_once(sent):
    assert statements_lapse(today=date(2026, 11, 30)) == 0
    assert statements_lapse(today=date(2026, 12, 1)) == 1
    statement = Statement.objects.get()
    assert (statement.state, statement.is_confirmed_by_silence) == ("confirmed", True)
    assert statements_lapse(today=date(2026, 12, 1)) == 0


def test_silence_confirms_only_what_is_not_under_appeal(sent, actor):
    line_appeal(actor=actor("vendor_manager"), line=line_of(sent), reason="no")
    assert statements_lapse(today=date(2026, 12, 1)) == 1
    statement = Statement.objects.get()
    assert statement.state == "disputed"
    assert line_of(statement).vendor_state == "appealed"
    assert line_of(statement, number=1).vendor_state == "confirmed"


def test_silence_means_nothing_where_the_contract_does_not_say_so(sent):
    terms = {**sent.terms, "appeal": {"working_days": 5, "silence_confirms": False}}
    Statement.objects.update(terms=terms)
    assert statements_lapse(today=date(2026, 12, 1)) == 0
    assert Statement.objects.get().state == "sent"


def test_the_clock_starts_once(sent, actor):
    confirmed = statement_confirm(actor=actor("vendor_manager"), statement=sent)
    before = (confirmed.confirmed_on, confirmed.due_on)
    Statement.objects.filter(pk=confirmed.pk).update(confirmed_on=date(2026, 11, 20))
    confirmed.refresh_from_db()
    start_clock(confirmed)
    assert (confirmed.confirmed_on, confirmed.due_on) == (date(2026, 11, 20), before[1])

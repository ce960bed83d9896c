from datetime import date

import pytest

from duban.settlement.models import Statement
from duban.settlement.services.answering import statement_send
from duban.settlement.tasks import lapse_statements
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


def test_silence_confirms_by_job(world, actor):
    statement_send(actor=actor("finance"), statement=make_statement(world.ours))
    Statement.objects.update(answer_until=date(2026, 11, 20))
    assert lapse_statements.call() == 1
    assert Statement.objects.get().state == "confirmed"

from datetime import date

import pytest
import time_machine

from duban.kernel.errors import NotAllowed
from duban.scorecards.models import Card, Period
from duban.scorecards.services import card_publish
from duban.scorecards.tasks import close_period, lapse_windows, open_periods
from tests.factories.scorecards import bound_line, closed, full_month, office, period


def test_periods_open_by_the_clock(world):
    open_periods.call()
    assert Period.objects.filter(key="2026-11").count() == 2


def test_closing_runs_with_the_rights_of_who_asked(world, evidence):
    full_month(evidence, bound_line(world.ours))
    october = period(world.ours)
    with pytest.raises(NotAllowed):
        close_period.call(october.pk, world.ours.person("finance").pk)
    close_period.call(october.pk, world.ours.person("quality_manager").pk)
    assert Card.objects.count() == 1


def test_windows_lapse_by_the_clock(world, evidence):
    full_month(evidence, bound_line(world.ours))
    closed(world.ours)
    card_publish(actor=office(world.ours), card=Card.objects.get())
    with time_machine.travel(date(2026, 12, 1)):
        lapse_windows.call()
    assert Card.objects.get().state == "confirmed"

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from duban.platform.events import Listener, When, announce, deliver
from duban.platform.tables_by_name import wired
from duban.platform.worker.loop import drain

heard: list[object] = []


@dataclass(frozen=True)
class Happened:
    """An event of the tests."""

    code: str
    day: date


@dataclass(frozen=True)
class Unheard:
    """An event nobody listens to."""

    code: str


def listen(event):
    """A listener that remembers."""
    heard.append(event)


LISTENERS = {
    Happened: (
        Listener("tests.platform.test_events.listen", When.WITHIN),
        Listener("tests.platform.test_events.listen"),
    )
}
EVENT = Happened("A-1", date(2026, 10, 1))


@pytest.fixture(autouse=True)
def _own_listeners(settings):
    settings.DUBAN_LISTENERS = "tests.platform.test_events.LISTENERS"
    wired.cache_clear()
    heard.clear()
    yield
    wired.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_one_listener_hears_at_once_the_other_by_job():
    announce(EVENT)
    assert heard == [EVENT]
    drain()
    assert heard == [EVENT, Happened("A-1", "2026-10-01")]


@pytest.mark.django_db(transaction=True)
def test_announcement_falls_with_its_cause():
    def fail():
        with transaction.atomic():
            announce(EVENT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert DBTaskResult.objects.count() == 0


def test_event_without_listeners(db):
    announce(Unheard("A-1"))
    assert (heard, DBTaskResult.objects.count()) == ([], 0)


def test_delivery_rebuilds_the_event():
    deliver("tests.platform.test_events.Unheard", {"code": "B-2"}, "tests.platform.test_events.listen")
    assert heard == [Unheard("B-2")]

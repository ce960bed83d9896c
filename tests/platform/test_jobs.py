from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from duban.orgs.models import Unit, UnitKind
from duban.platform.jobs import deliver_event, pause_after
from duban.platform.worker.loop import drain

EVENT = "tests.platform.test_events.Happened"


def fail(event):
    """A listener that writes something and then fails."""
    Unit.objects.create(kind=UnitKind.GROUP, name="written before the failure", path="/x/")
    raise ValueError(event.code)


def test_pauses_grow():
    assert [pause_after(attempt) for attempt in (1, 2, 3, 4)] == [timedelta(seconds=seconds) for seconds in (10, 40, 160, 640)]


@pytest.mark.django_db(transaction=True)
def test_failed_delivery_is_tried_again_later_and_leaves_nothing():
    deliver_event.enqueue(EVENT, {"code": "A-1", "day": "2026-10-01"}, "tests.platform.test_jobs.fail")
    drain()
    assert Unit.objects.count() == 0
    assert DBTaskResult.objects.successful().count() == 1
    again = DBTaskResult.objects.get(status="READY")
    assert again.args_kwargs["args"][3] == 2
    assert timedelta(seconds=5) < again.run_after - timezone.now() <= timedelta(seconds=10)


@pytest.mark.django_db(transaction=True)
def test_last_failure_stays_visible():
    deliver_event.enqueue(EVENT, {"code": "A-1", "day": "2026-10-01"}, "tests.platform.test_jobs.fail", 5)
    drain()
    failed = DBTaskResult.objects.get()
    assert (failed.status, failed.exception_class_path) == ("FAILED", "builtins.ValueError")

from datetime import timedelta

from django.utils import timezone

from duban.complaints.tasks import announce_overdue
from duban.scorecards.models import DirtyPair
from tests.factories.complaints import make_complaint
from tests.factories.inspections import make_line


def test_the_clock_measures_broken_promises_again(world):
    line = make_line(world.ours)
    make_complaint(line, due_at=timezone.now() - timedelta(hours=1))
    make_complaint(line, due_at=timezone.now() - timedelta(days=30))
    assert announce_overdue.func() == 1


def test_without_a_broken_promise_nothing_is_said(world):
    assert announce_overdue.func() == 0
    assert not DirtyPair.objects.exists()

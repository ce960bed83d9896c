"""Playing the past: inside `at(moment)` every service believes it is then, so stamps and windows come out true."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest import mock

from django.utils import timezone


@contextmanager
def at(day: date, hour: int = 9, minute: int = 12) -> Iterator[None]:
    """Make it `day` at `hour:minute` local time for everything that asks `django.utils.timezone`."""
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    with mock.patch.object(timezone, "now", return_value=moment):
        yield

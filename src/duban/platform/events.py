"""Announcing frozen facts to those above who listen."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import import_string

from duban.platform.tables_by_name import wired

DELIVERY_TASK = "duban.platform.jobs.deliver_event"
"""Jobs are reached by name: the task calls `deliver` from below."""


class When(StrEnum):
    """When a listener runs."""

    WITHIN = "within"
    """At once, in the transaction of the announcer: the listener's write and the cause stand or fall together."""
    AFTER = "after"
    """By a job that is enqueued in the same transaction, so it is never lost; the listener must be repeatable."""


@dataclass(frozen=True)
class Listener:
    """A function, by dotted path, that takes the event as its only argument."""

    path: str
    when: When = When.AFTER


def announce(event: object) -> None:
    """Tell everybody whom the wiring table names for this type of event. Call inside the writing transaction.

    Events that travel by job (`AFTER`) carry only JSON values, strings for dates and decimals.
    """
    table = cast("Mapping[type, tuple[Listener, ...]]", wired("DUBAN_LISTENERS"))
    for listener in table.get(type(event), ()):
        if listener.when is When.WITHIN:
            _function(listener.path)(event)
        else:
            _enqueue(event, listener.path)


def deliver(event_path: str, payload: Mapping[str, Any], listener_path: str) -> None:
    """Rebuild an event from its payload and hand it to one listener; run by the job of `AFTER` listeners."""
    event_type = cast("Callable[..., object]", import_string(event_path))
    _function(listener_path)(event_type(**payload))


def _function(path: str) -> Callable[[object], None]:
    return cast("Callable[[object], None]", import_string(path))


def _enqueue(event: object, listener_path: str) -> None:
    kind = type(event)
    payload = _plain(asdict(cast("Any", event)))
    import_string(DELIVERY_TASK).enqueue(f"{kind.__module__}.{kind.__qualname__}", payload, listener_path)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(json.dumps(values, cls=DjangoJSONEncoder)))

"""Keeping the register of dated parameters."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.platform.audit.services import audited, field_values, write_entry
from duban.platform.parameters.models import Confidence, DatedParameter
from duban.platform.parameters.selectors import DATA, catalogue

PARAMETERS_EDIT = "platform.settings"


@dataclass(frozen=True)
class NewValue:
    """A value to be entered: from which day on (and perhaps until which, included) it holds, and who says so."""

    key: str
    value: Decimal
    from_on: date
    source: str
    city: str = ""
    until_on: date | None = None
    confidence: str = Confidence.SECONDARY


@transaction.atomic
def parameter_enter(*, actor: Actor, new: NewValue) -> DatedParameter:
    """Enter a value for the actor's company; the open value before it ends the day before.

    Raises `NotAllowed` without the right, `Invalid` for an unknown parameter or days that overlap a closed value.
    """
    actor.require(PARAMETERS_EDIT)
    kind = catalogue().get(new.key)
    if kind is None:
        raise Invalid(errors=(FieldError("key", mark("This parameter is not in the catalogue.")),))
    _end_open_value(actor, new)
    parameter = DatedParameter(
        scope=actor.tenant_path,
        key=new.key,
        city=new.city,
        value=new.value,
        unit=kind.unit,
        from_on=new.from_on,
        until_on=new.until_on,
        source=new.source,
        confidence=new.confidence,
    )
    parameter.save()
    write_entry(
        actor=actor,
        record=parameter,
        action="create",
        changes={name: [None, value] for name, value in field_values(parameter).items()},
    )
    return parameter


@transaction.atomic
def parameter_correct(
    *, actor: Actor, parameter: DatedParameter, value: Decimal, source: str, confidence: str
) -> DatedParameter:
    """Correct a value that was entered wrongly; the trail keeps the old one. Shipped values are replaced, never changed."""
    actor.require(PARAMETERS_EDIT)
    if parameter.scope != actor.tenant_path:
        raise NotAllowed(mark("Values that ship with the product are not changed; enter one of your own."))
    with audited(actor=actor, record=parameter, action="edit"):
        parameter.value, parameter.source, parameter.confidence = value, source, confidence
        parameter.save()
    return parameter


@transaction.atomic
def load_shipped_values() -> int:
    """Bring the shipped values up to the file; safe to repeat. Returns how many the file holds."""
    entries = json.loads((DATA / "values.json").read_text(encoding="utf-8"))
    rows = [
        DatedParameter(
            scope="",
            key=entry["key"],
            city=entry.get("city", ""),
            value=Decimal(entry["value"]),
            unit=catalogue()[entry["key"]].unit,
            from_on=date.fromisoformat(entry["from_on"]),
            until_on=date.fromisoformat(entry["until_on"]) if entry.get("until_on") else None,
            source=entry["source"],
            confidence=entry["confidence"],
        )
        for entry in entries
    ]
    DatedParameter.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["scope", "key", "city", "from_on"],
        update_fields=["value", "unit", "until_on", "source", "confidence"],
    )
    return len(rows)


def _end_open_value(actor: Actor, new: NewValue) -> None:
    same = DatedParameter.objects.filter(scope=actor.tenant_path, key=new.key, city=new.city)
    for earlier in same.select_for_update().order_by("from_on"):
        is_before = earlier.from_on < new.from_on
        if is_before and earlier.until_on is None:
            with audited(actor=actor, record=earlier, action="end"):
                earlier.until_on = new.from_on - timedelta(days=1)
                earlier.save()
        elif _overlaps(earlier, new):
            raise Invalid(
                errors=(
                    FieldError("from_on", mark("Another value holds from {day} on."), {"day": earlier.from_on.isoformat()}),
                )
            )


def _overlaps(earlier: DatedParameter, new: NewValue) -> bool:
    ends_before = earlier.until_on is not None and earlier.until_on < new.from_on
    starts_after = new.until_on is not None and earlier.from_on > new.until_on
    return not (ends_before or starts_after)

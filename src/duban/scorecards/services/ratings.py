"""Ratings by the people of a panel."""

from collections.abc import Mapping

from django.db import transaction

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, WrongState
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.scorecards.domain.rating import RatingInput
from duban.scorecards.domain.rules import Panel
from duban.scorecards.models import PanelRating, Period
from duban.scorecards.selectors.ratings import is_open, rated_of, rating_line_get
from duban.scorecards.services.facts import mark_dirty


@transaction.atomic
def ratings_save(*, actor: Actor, period: Period, line: ContractLine, ratings: Mapping[str, RatingInput]) -> int:
    """Give, change or take back one's own ratings of a line, by key of the indicator; returns how many changed.

    They count at the next close. Raises `NotFound` for a line the actor does not rate, `NotAllowed` for anybody but a
    person, `WrongState` once the card is with the vendor, `Invalid` for an unknown indicator or a rating off the scale.
    """
    rater = actor.person_id
    if rater is None:
        raise NotAllowed
    locked = ContractLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    rated = rated_of(rating_line_get(actor, period, line.contract.code, line.number), period)
    if not is_open(locked, period):
        raise WrongState(mark("The card is with the vendor; its ratings are closed."))
    _check(ratings, {key: rule for key, (_, rule) in rated.items()})
    changes = _write(rater, period, locked, ratings)
    changed = len(changes)
    if changes:
        write_entry(actor=actor, record=period, action="rate", changes={"line": ["", str(locked)], **changes})
        # A day of the period counts as changed, so that the next close scores the line again.
        mark_dirty(EvidenceChanged("scorecards", ((locked.pk, period.ends_on),)))
    return changed


def _check(ratings: Mapping[str, RatingInput], rules: Mapping[str, Panel]) -> None:
    errors = []
    for key, item in ratings.items():
        if key not in rules:
            errors.append(FieldError(key, mark("Nobody rates this indicator.")))
        elif item.rating is not None and not 0 <= item.rating <= rules[key].scale:
            errors.append(FieldError(key, mark("A rating lies between 0 and {scale}."), {"scale": f"{rules[key].scale:f}"}))
    if errors:
        raise Invalid(errors=tuple(errors))


def _write(rater: int, period: Period, line: ContractLine, ratings: Mapping[str, RatingInput]) -> dict[str, list[str | None]]:
    """Store what differs; returns indicator → [rating before, rating after]."""
    mine = PanelRating.objects.filter(line=line, period=period, rater_id=rater, indicator_key__in=ratings)
    known = {row.indicator_key: row for row in mine}
    changes: dict[str, list[str | None]] = {}
    fresh: list[PanelRating] = []
    for key, item in ratings.items():
        before = known.get(key)
        if before is None and item.rating is not None:
            fresh.append(
                PanelRating(line=line, period=period, rater_id=rater, indicator_key=key, rating=item.rating, note=item.note)
            )
            changes[key] = [None, str(item.rating)]
        elif before is not None and (before.rating, before.note) != (item.rating, item.note):
            changes[key] = [str(before.rating), None if item.rating is None else str(item.rating)]
            _change(before, item)
    PanelRating.objects.bulk_create(fresh)
    return changes


def _change(row: PanelRating, item: RatingInput) -> None:
    if item.rating is None:
        row.delete()
        return
    row.rating, row.note = item.rating, item.note
    row.save(update_fields=["rating", "note"])

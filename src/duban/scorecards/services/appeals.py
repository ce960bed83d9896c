"""Appeals against a card, line by line, and the revision that follows when one is upheld."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor, Channel, system_actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.files.services import attach_uploads
from duban.platform.states import advance
from duban.scorecards.domain.appeals import AppealPoint
from duban.scorecards.domain.events import CardAppealed, CardRevised
from duban.scorecards.domain.result import CardInputs
from duban.scorecards.domain.result_json import inputs_to_json
from duban.scorecards.domain.rules import metric_of_rule
from duban.scorecards.domain.scoring import score_card
from duban.scorecards.models import Card, CardAppeal, CardOccurrence
from duban.scorecards.permissions import Right, can_appeal, can_decide
from duban.scorecards.selectors.recompute import inputs_of_card
from duban.scorecards.selectors.scoring import LineToScore
from duban.scorecards.services.cards import announce_settled
from duban.scorecards.services.scoring import Scored, Version, fill_card, inputs_digest, versions_in_force, write_rows


@transaction.atomic
def card_appeal(
    *, actor: Actor, card: Card, points: Sequence[AppealPoint], files: "Sequence[UploadedFile[Any]]" = ()
) -> list[CardAppeal]:
    """Dispute points of a published card; files are hung on the first appeal.

    Raises `NotAllowed` outside the window's states, `Invalid` for a point that is not on the card, has no ground or is
    under appeal already. Announces `CardAppealed`.
    """
    locked = Card.objects.select_for_update(of=("self",)).with_names().get(pk=card.pk)
    if not can_appeal(actor, locked):
        raise NotAllowed
    appeals = _new_appeals(actor, locked, points)
    if locked.state == "published":
        advance(locked, "appeal", actor=actor)
    for appeal in appeals:
        appeal.save()
        write_entry(actor=actor, record=appeal, action="raise", changes={"card": [None, locked.code]}, reason=appeal.ground)
    attach_uploads(actor=actor, target=appeals[0], uploads=files)
    announce(
        CardAppealed(card=locked.code, line_id=locked.line_id, contract_id=locked.line.contract_id, period=locked.period.key)
    )
    card.refresh_from_db(fields=["state"])
    return appeals


def _new_appeals(actor: Actor, card: Card, points: Sequence[AppealPoint]) -> list[CardAppeal]:
    known = {(row.app, row.code): row for row in CardOccurrence.objects.filter(card=card)}
    keys = {item["key"] for item in card.result.get("indicators", [])}
    open_now = {(row.occurrence_id, row.indicator_key) for row in card.appeals.filter(state="open")}
    errors, appeals = [], []
    if not points:
        errors.append(FieldError("points", mark("Choose at least one line to appeal.")))
    for number, point in enumerate(points):
        row = known.get(point.occurrence) if point.occurrence else None
        if (point.occurrence and row is None) or (not point.occurrence and point.indicator_key not in keys):
            errors.append(FieldError(f"points[{number}]", mark("This is not a line of the card.")))
            continue
        identity = (row.pk if row else None, "" if row else point.indicator_key)
        if identity in open_now:
            errors.append(FieldError(f"points[{number}]", mark("This line is under appeal already.")))
        if not point.ground.strip():
            errors.append(FieldError(f"points[{number}].ground", mark("Say why you disagree.")))
        open_now.add(identity)
        appeals.append(
            CardAppeal(
                card=card, occurrence=row, indicator_key=identity[1], ground=point.ground.strip(), raised_by_id=actor.person_id
            )
        )
    if errors:
        raise Invalid(mark("The appeal is not complete."), errors=tuple(errors))
    return appeals


@transaction.atomic
def appeal_decide(*, actor: Actor, appeal: CardAppeal, uphold: bool, note: str) -> CardAppeal:
    """Uphold or reject one appeal, with the reason. The last decision concludes the card.

    Whoever published the card or raised the appeal may not decide (`NotAllowed`). If any appeal was upheld, the card
    is replaced by a final revision (`CardRevised`), otherwise it becomes final as it is (`CardSettled`).
    """
    Card.objects.select_for_update(of=("self",)).get(pk=appeal.card_id)
    fresh = CardAppeal.objects.select_related("card__line__contract__vendor__unit", "card__line__estate__office").get(
        pk=appeal.pk
    )
    if not can_decide(actor, fresh):
        raise NotAllowed(mark("The appeal is decided, or this is not for you to decide: not by who published the card."))
    locked = advance(fresh, "uphold" if uphold else "reject", actor=actor, note=note)
    CardAppeal.objects.filter(pk=locked.pk).update(decided_by=actor.person_id, decided_at=timezone.now(), decision_note=note)
    _conclude(actor, fresh.card)
    return locked


@transaction.atomic
def appeal_withdraw(*, actor: Actor, appeal: CardAppeal) -> CardAppeal:
    """The vendor takes an appeal back; the last one makes the card final as it is."""
    Card.objects.select_for_update(of=("self",)).get(pk=appeal.card_id)
    actor.require_any(Right.APPEAL, appeal.permission_paths())
    locked = advance(appeal, "withdraw", actor=actor)
    _conclude(system_actor(locked.audit_scope(), channel=Channel.JOB), locked.card)
    return locked


def _conclude(actor: Actor, card: Card) -> None:
    states = set(card.appeals.values_list("state", flat=True))
    if "open" in states:
        return
    card = Card.objects.with_names().get(pk=card.pk)
    if "upheld" in states:
        _revise(actor, card)
    else:
        announce_settled(advance(card, "reject", actor=actor))


def _revise(actor: Actor, card: Card) -> Card:
    upheld = list(card.appeals.filter(state="upheld").select_related("occurrence"))
    version = versions_in_force([card.scheme_version_id])[card.scheme_version_id]
    inputs = _without_upheld(version, inputs_of_card(card), card, upheld)
    line = LineToScore(card.line_id, card.scheme_version_id, inputs.mobilisation)
    evidence = inputs_to_json(inputs)
    scored = Scored(line, version, inputs, evidence, inputs_digest(version, evidence), score_card(version.definition, inputs))
    advance(card, "uphold", actor=actor)
    Card.objects.filter(pk=card.pk).update(is_current=False)
    revision = Card(
        line=card.line,
        period=card.period,
        revision=card.revision + 1,
        replaces=card,
        published_at=card.published_at,
        published_by=card.published_by,
        revision_reason="\n".join(appeal.decision_note for appeal in upheld if appeal.decision_note),
    )
    fill_card(revision, scored).save()
    write_rows([(revision, scored)])
    advance(revision, "issue", actor=actor)
    announce(
        CardRevised(
            card=revision.code,
            replaced_card=card.code,
            line_id=card.line_id,
            contract_id=card.line.contract_id,
            period=card.period.key,
        )
    )
    return revision


def _without_upheld(version: Version, inputs: CardInputs, card: Card, upheld: Sequence[CardAppeal]) -> CardInputs:
    """Strike upheld occurrences; for an upheld indicator set its whole evidence aside, so that its no-data policy applies."""
    struck = set(inputs.struck) | {(item.occurrence.app, item.occurrence.code) for item in upheld if item.occurrence}
    keys = {item.indicator_key for item in upheld if item.indicator_key}
    struck |= set(CardOccurrence.objects.filter(card=card, effect_key__in=keys).values_list("app", "code"))
    metrics = {metric_of_rule(item.rule) for item in version.definition.indicators() if item.key in keys}
    ratios = {name: ratio for name, ratio in inputs.ratios.items() if name not in metrics}
    panel = {key: ratings for key, ratings in inputs.panel.items() if key not in keys}
    return replace(inputs, struck=frozenset(struck), ratios=ratios, panel=panel)

"""Turning facts and occurrences into draft cards, set-based: a fixed number of statements for a chunk of lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from json import dumps

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q

from duban.kernel.actor import Actor
from duban.platform.audit.services import write_entry
from duban.platform.imports.statements import insert_records, insert_rows
from duban.platform.records import assign_codes
from duban.scorecards.domain.definition import from_json
from duban.scorecards.domain.result import CardInputs, CardResult, Outcome
from duban.scorecards.domain.result_json import inputs_to_json, result_to_json
from duban.scorecards.domain.rule_json import JsonObject
from duban.scorecards.domain.scheme import SchemeDefinition
from duban.scorecards.domain.scoring import score_card
from duban.scorecards.models import Card, CardIndicator, CardOccurrence, DirtyPair, Period, SchemeVersion
from duban.scorecards.selectors.evidence import occurrences_by_line
from duban.scorecards.selectors.scoring import LineToScore, lines_with_versions, panels_by_line, ratios_by_line
from duban.scorecards.services.facts import lock_lines

ZERO = Decimal(0)


@dataclass
class ChunkReport:
    """What scoring one chunk of lines did, by card code."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True)
class Version:
    """A scheme version, read once for all lines it scores."""

    id: int
    digest: str
    definition: SchemeDefinition


@dataclass(frozen=True)
class Scored:
    """One line's inputs and result, before it becomes rows; `evidence` are the inputs as they are stored."""

    line: LineToScore
    version: Version
    inputs: CardInputs
    evidence: JsonObject
    digest: str
    result: CardResult


def versions_in_force(ids: Sequence[int]) -> dict[int, Version]:
    """The versions with these keys, definitions read and checked."""
    rows = SchemeVersion.objects.filter(pk__in=ids)
    return {row.pk: Version(row.pk, row.digest, from_json(row.definition)) for row in rows}


@transaction.atomic
def score_lines(*, actor: Actor, period: Period, lines: Sequence[int], versions: dict[int, Version]) -> ChunkReport:
    """Score these lines for the period: new cards as drafts, drafts updated where the inputs changed.

    A card that was published is never touched; if its evidence changed it is flagged. One audit entry for the chunk.
    """
    lock_lines(lines)
    DirtyPair.objects.filter(line__in=lines, day__range=(period.starts_on, period.ends_on), is_refreshed=True).delete()
    due = lines_with_versions(actor, period, lines)
    versions.update(versions_in_force(list({line.version_id for line in due} - set(versions))))
    scored, report = [], ChunkReport()
    current = {
        card.line_id: card
        for card in Card.objects.filter(period=period, line__in=lines, is_current=True).defer("result", "evidence")
    }
    inputs = gather_inputs(period, due)
    for line in due:
        card, version, found = current.get(line.line_id), versions[line.version_id], inputs[line.line_id]
        evidence = inputs_to_json(found)
        digest = inputs_digest(version, evidence)
        if card is not None and card.inputs_digest == digest and not card.has_late_evidence:
            report.unchanged += 1
        else:
            scored.append(Scored(line, version, found, evidence, digest, score_card(version.definition, found)))
    _store(actor, period, scored, current, report)
    return report


def gather_inputs(period: Period, lines: Sequence[LineToScore]) -> dict[int, CardInputs]:
    """The evidence of each line: summed facts, occurrences, ratings."""
    keys = [line.line_id for line in lines]
    ratios = ratios_by_line(keys, period.starts_on, period.ends_on)
    occurrences = occurrences_by_line(keys, period.starts_on, period.ends_on)
    panels = panels_by_line(keys, period)
    return {
        line.line_id: CardInputs(
            ratios=ratios[line.line_id],
            occurrences=tuple(occurrences[line.line_id]),
            panel=panels[line.line_id],
            mobilisation=line.mobilisation,
        )
        for line in lines
    }


def inputs_digest(version: Version, evidence: JsonObject) -> str:
    """SHA-256 over rules and evidence: the same digest means the same card."""
    text = dumps({"rules": version.digest, "inputs": evidence}, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def fill_card(card: Card, scored: Scored) -> Card:
    """Put a result into an unsaved or draft card."""
    result = result_to_json(scored.result)
    result.pop("effects")
    evidence = {name: value for name, value in scored.evidence.items() if name != "occurrences"}
    interval = scored.result.interval
    card.scheme_version_id = scored.version.id
    card.outcome = scored.result.outcome.value
    card.score = scored.result.score
    card.low, card.high = (interval.low, interval.high) if interval else (None, None)
    card.is_failed = scored.result.is_failed
    card.result, card.evidence = result, evidence
    card.inputs_digest = scored.digest
    card.has_late_evidence = False
    return card


FILLED = (
    "scheme_version",
    "outcome",
    "score",
    "low",
    "high",
    "is_failed",
    "result",
    "evidence",
    "inputs_digest",
    "has_late_evidence",
    "changed_at",
)


def write_rows(cards: Sequence[tuple[Card, Scored]]) -> None:
    """The indicator and occurrence rows of cards that have none."""
    insert_rows(CardIndicator, [row for card, scored in cards for row in _indicator_rows(card, scored.result)])
    insert_rows(CardOccurrence, [row for card, scored in cards for row in _occurrence_rows(card, scored)])


def _store(actor: Actor, period: Period, scored: Sequence[Scored], current: Mapping[int, Card], report: ChunkReport) -> None:
    new, changed, late = [], [], []
    for item in scored:
        card = current.get(item.line.line_id)
        if card is None:
            new.append((fill_card(Card(line_id=item.line.line_id, period=period), item), item))
        elif card.state == "draft":
            changed.append((fill_card(card, item), item))
        elif card.has_late_evidence != (card.inputs_digest != item.digest):
            late.append(card)
        else:
            report.unchanged += 1
    assign_codes([card for card, _ in new], on=period.ends_on)
    insert_records([card for card, _ in new])
    drafts = [card.pk for card, _ in changed]
    CardIndicator.objects.filter(card__in=drafts).delete()
    CardOccurrence.objects.filter(card__in=drafts).delete()
    Card.objects.bulk_update([card for card, _ in changed], [name for name in FILLED if name != "changed_at"], batch_size=50)
    write_rows([*new, *changed])
    Card.objects.filter(pk__in=[card.pk for card in late]).update(
        has_late_evidence=ExpressionWrapper(Q(has_late_evidence=False), BooleanField())
    )
    report.created += [card.code for card, _ in new]
    report.updated += [card.code for card, _ in changed]
    report.late += [card.code for card in late]
    report.held += [card.code for card, item in (*new, *changed) if item.result.outcome is Outcome.HELD]
    if new or changed or late:
        changes = {"created": [None, report.created], "updated": [None, report.updated], "late_evidence": [None, report.late]}
        write_entry(actor=actor, record=period, action="score", changes=changes)


def _indicator_rows(card: Card, result: CardResult) -> list[dict[str, object]]:
    return [
        {
            "card_id": card.pk,
            "position": position,
            "key": item.key,
            "block": item.block,
            "dimension": item.dimension.value,
            "status": item.status.value,
            "value": None if item.value is None else round(item.value, 6),
            "value_kind": item.value_kind.value,
            "sample": item.sample,
            "weight": item.weight,
            "effective_weight": round(item.effective_weight, 4),
            "points": None if item.points is None else round(item.points, 4),
        }
        for position, item in enumerate(result.indicators)
    ]


def _occurrence_rows(card: Card, scored: Scored) -> list[dict[str, object]]:
    effects = {effect.occurrence.identity: effect for effect in scored.result.effects}
    rows = []
    for identity, item in {occurrence.identity: occurrence for occurrence in scored.inputs.occurrences}.items():
        effect = effects.get(identity)
        rows.append(
            {
                "card_id": card.pk,
                "app": item.app,
                "code": item.code,
                "on": item.on,
                "kind": item.kind,
                "key": item.key[:80],
                "severity": item.severity,
                "quantity": item.quantity,
                "label": item.label[:200],
                "place": item.place[:160],
                "section": effect.section.value if effect else "",
                "effect_key": effect.key if effect else "",
                "points": round(effect.points, 4) if effect else ZERO,
                "is_struck": identity in scored.inputs.struck,
            }
        )
    return rows

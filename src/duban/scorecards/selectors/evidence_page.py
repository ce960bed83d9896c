"""What one row of a card opens into: its evidence summed up, with photos, and the occurrences with their points."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.kernel.errors import DomainError, NotFound
from duban.kernel.evidence import EvidencePanel
from duban.platform.ui.components import Photo
from duban.scorecards.domain.definition import from_json
from duban.scorecards.domain.rules import metric_of_rule
from duban.scorecards.models import Card, CardOccurrence
from duban.scorecards.selectors.cards import occurrences_of
from duban.scorecards.selectors.evidence import evidence_panel
from duban.scorecards.selectors.wording import kind_name, occurrence_url, severity_name

SHOWN = 8


@dataclass(frozen=True)
class OccurrenceLine:
    """One occurrence on the card."""

    on: date
    what: str
    kind: str
    place: str
    severity: str
    points: Decimal
    is_struck: bool
    url: str


@dataclass(frozen=True)
class EvidencePage:
    """The unfolded row."""

    key: str
    summary: str
    places: str
    photos: list[Photo]
    occurrences: list[OccurrenceLine]
    total: int
    all_url: str
    all_label: str
    list_url: str


def evidence_of(actor: Actor, card: Card, key: str) -> EvidencePage:
    """Three to eight statements, most of them in the evidence app. `NotFound` for a key the card does not have."""
    metric = _metric(card, key)
    panel = _panel(actor, card, metric)
    rows = occurrences_of(card, key)
    total = rows.count()
    return EvidencePage(
        key=key,
        summary=_summary(panel),
        places="; ".join(f"{place.label} × {place.count}" for place in panel.places[:3]) if panel else "",
        photos=_photos(panel),
        occurrences=[occurrence_line(row) for row in rows[:SHOWN]],
        total=total,
        all_url=_list_url(panel),
        all_label=_("All {count} pieces of evidence").format(count=panel.missed) if panel else "",
        list_url=f"{reverse('scorecards:occurrences', args=[card.code])}?key={key}",
    )


def occurrence_line(row: CardOccurrence) -> OccurrenceLine:
    """An occurrence as the reader sees it."""
    return OccurrenceLine(
        on=row.on,
        what=_(row.label) if row.label else row.code,
        kind=kind_name(row.kind),
        place=row.place,
        severity=severity_name(row.severity),
        points=row.points,
        is_struck=row.is_struck,
        url=occurrence_url(row.app, row.code),
    )


def _metric(card: Card, key: str) -> str | None:
    definition = from_json(card.scheme_version.definition)
    rules = {item.key: item.rule for item in definition.indicators()}
    rules |= {item.key: item.rule for item in (*definition.deductions, *definition.bonuses)}
    if key in rules:
        return metric_of_rule(rules[key])
    if any(line.key == key for line in definition.red_lines):
        return None
    raise NotFound


def _panel(actor: Actor, card: Card, metric: str | None) -> EvidencePanel | None:
    if metric is None:
        return None
    try:
        return evidence_panel(actor, card.line_id, metric, card.period.starts_on, card.period.ends_on)
    except DomainError:
        return None


def _summary(panel: EvidencePanel | None) -> str:
    if panel is None or not panel.counted:
        return ""
    parts = [_("{counted} checked, {missed} failed").format(counted=panel.counted, missed=panel.missed)]
    if panel.repeats:
        parts.append(
            _("{count} repeated within {days} days at the same place").format(count=panel.repeats, days=panel.repeat_days)
        )
    return " · ".join(parts)


def _photos(panel: EvidencePanel | None) -> list[Photo]:
    pictures = [photo for row in panel.rows for photo in row.photos] if panel else []
    return [Photo(photo.thumbnail_url, photo.url, photo.caption) for photo in pictures[:SHOWN]]


def _list_url(panel: EvidencePanel | None) -> str:
    if panel is None or not panel.url_name:
        return ""
    return f"{reverse(panel.url_name)}?{urlencode(cast('Mapping[str, Any]', panel.query))}"

"""What lies behind a figure of a card: counts, clusters, repeats, and a sample with photos."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from duban.contracts.models import ContractLine
from duban.inspections.domain.rectification import REPEAT_DAYS
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckPhoto, CheckResult, Finding
from duban.inspections.permissions import Code
from duban.inspections.selectors.blind import blind_visits
from duban.inspections.selectors.facts import ON_TIME, late_condition, over_by, place_label, without_doubted
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.evidence import Cluster, EvidencePanel, EvidencePhoto, EvidenceRow
from duban.kernel.text import mark
from duban.platform.files.selectors import file_url
from duban.platform.trust.selectors import bands_by_record

CLUSTERS = 5
PHOTOS_PER_ROW = 4


@dataclass(frozen=True)
class Miss:
    """One failed check, as far as counting needs it."""

    pk: int
    day: date
    item_id: int
    item: str
    place_id: int | None
    place: str
    building: str
    photo_count: int


def evidence_panel(actor: Actor, line_id: int, metric: str, start: date, end: date, *, limit: int = 8) -> EvidencePanel:
    """The evidence of `metric` of one contract line in a span of days, both ends included; at most eight statements.

    `metric` is `inspections.pass_rate`, `inspections.pass_rate:<block>` or `inspections.rectified_on_time`.
    Raises `NotAllowed` without `inspections.view`, `NotFound` for a line outside the actor's scope.
    """
    actor.require(Code.VIEW)
    if not ContractLine.objects.for_actor(actor).filter(pk=line_id).exists():
        raise NotFound
    if metric == ON_TIME:
        return _rectification_panel(actor, line_id, start, end, limit)
    return _check_panel(actor, line_id, metric, start, end, limit)


def photos_by_result(results: Sequence[CheckResult]) -> dict[int, tuple[EvidencePhoto, ...]]:
    """Photos of each result, oldest first, at most four: two statements, one where there are none."""
    owners = {result.pk: result for result in results}
    found: dict[int, list[EvidencePhoto]] = {pk: [] for pk in owners}
    photos = list(CheckPhoto.objects.filter(check_result__in=list(owners)).select_related("file").order_by("id"))
    bands = bands_by_record([result.code for result in results], [photo.file for photo in photos])
    for photo in photos:
        owner, shown = owners[photo.check_result_id], found[photo.check_result_id]
        if len(shown) < PHOTOS_PER_ROW:
            band = bands.get((owner.code, photo.file.sha256))
            small, large = (file_url(owner, photo.file, variant=variant, band=band) for variant in ("thumb", "display"))
            shown.append(EvidencePhoto(small, large, f"{owner.code} {owner.day}"))
    return {pk: tuple(shown) for pk, shown in found.items()}


def repeats_among(misses: Iterable[Miss], start: date) -> set[int]:
    """Keys of the misses from `start` on whose item had already failed at the same place within 90 days before."""
    last: dict[tuple[int, int | None], date] = {}
    repeated: set[int] = set()
    for miss in sorted(misses, key=lambda miss: (miss.day, miss.pk)):
        before = last.get((miss.item_id, miss.place_id))
        if miss.day >= start and before is not None and 0 < (miss.day - before).days <= REPEAT_DAYS:
            repeated.add(miss.pk)
        last[miss.item_id, miss.place_id] = miss.day
    return repeated


def _check_panel(actor: Actor, line_id: int, metric: str, start: date, end: date, limit: int) -> EvidencePanel:
    block = metric.partition(":")[2]
    seen = CheckResult.objects.filter(line_id=line_id).exclude(visit__in=blind_visits(actor))
    results = without_doubted(seen, [line_id], start - timedelta(days=REPEAT_DAYS), end)
    if block:
        results = results.filter(item__block=block)
    counted = results.filter(day__range=(start, end), verdict__in=(Verdict.FAIL, Verdict.PASS)).count()
    known = _misses(results.filter(verdict=Verdict.FAIL, day__range=(start - timedelta(days=REPEAT_DAYS), end)))
    misses = [miss for miss in known if miss.day >= start]
    sample = sorted(misses, key=lambda miss: (miss.photo_count == 0, -miss.day.toordinal(), -miss.pk))[:limit]
    return EvidencePanel(
        app="inspections",
        metric=metric,
        counted=counted,
        missed=len(misses),
        repeats=len(repeats_among(known, start)),
        repeat_days=REPEAT_DAYS,
        places=_clusters((miss.building, "") for miss in misses if miss.building),
        subjects=_clusters((miss.item, str(miss.item_id)) for miss in misses),
        rows=_sample([miss.pk for miss in sample]),
        url_name="inspections:results",
        query={"line": str(line_id), "block": block, "verdict": str(Verdict.FAIL.value), **_days(start, end)},
    )


def _rectification_panel(actor: Actor, line_id: int, start: date, end: date, limit: int) -> EvidencePanel:
    due = Finding.objects.filter(line_id=line_id, due_on__range=(start, over_by(end))).exclude(state="withdrawn")
    due = due.exclude(check_result__visit__in=blind_visits(actor))
    late = due.filter(late_condition()).select_related("item", "place__parent", "check_result").order_by("-due_on", "-id")
    findings = list(late)
    shown = findings[:limit]
    results = [finding.check_result for finding in shown if finding.check_result is not None]
    photos = photos_by_result(results)
    return EvidencePanel(
        app="inspections",
        metric=ON_TIME,
        counted=due.count(),
        missed=len(findings),
        places=_clusters((place, "") for finding in findings if (place := _building(finding))),
        subjects=_clusters((finding.item.name, str(finding.item_id)) for finding in findings),
        rows=tuple(_finding_row(finding, photos.get(finding.check_result_id or 0, ())) for finding in shown),
        url_name="inspections:findings",
        query={"line": str(line_id), "due_from": start.isoformat(), "due_to": end.isoformat()},
    )


def _misses(rows: "QuerySet[CheckResult]") -> list[Miss]:
    fields = ("id", "day", "item_id", "item__name", "place_id", "place__name", "place__parent__name", "photo_count")
    return [
        Miss(pk, day, item_id, item, place_id, place_label(place, parent), parent or place or "", photos)
        for pk, day, item_id, item, place_id, place, parent, photos in rows.values_list(*fields)
    ]


def _sample(keys: list[int]) -> tuple[EvidenceRow, ...]:
    results = CheckResult.objects.select_related("item", "place__parent").in_bulk(keys)
    ordered = [results[pk] for pk in keys]
    photos = photos_by_result(ordered)
    return tuple(_row(result, photos[result.pk]) for result in ordered)


def _row(result: CheckResult, photos: tuple[EvidencePhoto, ...]) -> EvidenceRow:
    return EvidenceRow(
        app="inspections",
        code=result.code,
        on=result.day,
        label=result.item.name,
        place=_place(result),
        verdict=Verdict(result.verdict).label,
        severity=Grade(result.severity).label,
        url_name="inspections:result",
        url_args=(result.code,),
        photos=photos,
    )


def _finding_row(finding: Finding, photos: tuple[EvidencePhoto, ...]) -> EvidenceRow:
    return EvidenceRow(
        app="inspections",
        code=finding.code,
        on=finding.due_on or finding.found_on,
        label=finding.item.name,
        place=_place(finding),
        verdict=mark("Overdue"),
        severity=Grade(finding.severity).label,
        url_name="inspections:finding",
        url_args=(finding.code,),
        photos=photos,
    )


def _place(row: CheckResult | Finding) -> str:
    if row.place is None:
        return ""
    return place_label(row.place.name, row.place.parent.name if row.place.parent else None)


def _building(finding: Finding) -> str:
    if finding.place is None:
        return ""
    return finding.place.parent.name if finding.place.parent else finding.place.name


def _clusters(labels: Iterable[tuple[str, str]]) -> tuple[Cluster, ...]:
    counted = Counter(labels).most_common(CLUSTERS)
    return tuple(Cluster(label, count, key) for (label, key), count in counted)


def _days(start: date, end: date) -> dict[str, str]:
    return {"day_from": start.isoformat(), "day_to": end.isoformat()}

"""The evidence apps as the wiring table names them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import Any, Protocol, cast

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from duban.kernel.actor import Actor
from duban.kernel.evidence import EvidencePanel
from duban.kernel.occurrence import Occurrence
from duban.platform.tables_by_name import wired
from duban.scorecards.domain.vocabulary import asks_for
from duban.scorecards.models import LineScheme, SchemeVersion


class EvidenceSource(Protocol):
    """What the `selectors` of an evidence app offer; `lines` are keys of contract lines, `None` for all."""

    def metric_facts(self, lines: Collection[int] | None, start: date, end: date) -> "list[QuerySet[Any, Any]]": ...

    def occurrences(self, lines: Collection[int] | None, start: date, end: date) -> Iterator[Occurrence]: ...


OptionalFacts = Callable[[Collection[int], date, date], "list[QuerySet[Any, Any]]"]


def evidence_sources() -> list[EvidenceSource]:
    """The `selectors` modules of the evidence apps, in the order of the wiring table."""
    return [cast("EvidenceSource", import_module(path)) for path in cast("tuple[str, ...]", wired("DUBAN_EVIDENCE"))]


def occurrences_by_line(lines: Collection[int], start: date, end: date) -> dict[int, list[Occurrence]]:
    """All occurrences of the lines in `start`–`end` that may cost points, one statement per evidence app."""
    found: dict[int, list[Occurrence]] = {line: [] for line in lines}
    for source in evidence_sources():
        for occurrence in source.occurrences(lines, start, end):
            if occurrence.for_points:
                found[occurrence.line_id].append(occurrence)
    return found


def optional_metrics() -> dict[str, OptionalFacts]:
    """Metrics that are counted only for lines whose scheme asks for them, each with the function that counts."""
    table = cast("Mapping[str, str]", wired("DUBAN_OPTIONAL_METRICS"))
    return {metric: cast("OptionalFacts", import_string(path)) for metric, path in table.items()}


def lines_asking(metric: str, lines: Collection[int]) -> list[int]:
    """Those of the lines that a version asking for `metric` scores on some day: one statement, two where one does."""
    bindings = LineScheme.objects.filter(line__in=lines)
    versions = SchemeVersion.objects.filter(pk__in=bindings.values("version")).values_list("pk", "definition")
    asking = [pk for pk, definition in versions if asks_for(definition, metric)]
    if not asking:
        return []
    return sorted(set(bindings.filter(version__in=asking).values_list("line_id", flat=True)))


def evidence_panel(actor: Actor, line_id: int, metric: str, start: date, end: date) -> EvidencePanel | None:
    """What an indicator opens into: the app that a metric is named after answers, if it offers evidence."""
    app = metric.partition(".")[0]
    for path in cast("tuple[str, ...]", wired("DUBAN_EVIDENCE")):
        package = path.partition(".selectors")[0]
        if package.rpartition(".")[2] == app:
            offer = getattr(import_module(f"{package}.selectors"), "evidence_panel", None)
            return None if offer is None else cast("EvidencePanel", offer(actor, line_id, metric, start, end))
    return None

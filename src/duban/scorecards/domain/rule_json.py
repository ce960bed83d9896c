"""Rules to and from JSON, with every fault named by its path."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import singledispatch
from itertools import pairwise

from duban.kernel.bands import Band, BandTable, band_errors
from duban.kernel.text import mark
from duban.scorecards.domain.reader import Reader
from duban.scorecards.domain.rules import Bands, Linear, Matching, OccurrenceBands, Panel, PerOccurrence, Rule
from duban.scorecards.domain.vocabulary import KINDS, METRICS, metric_of

JsonObject = dict[str, object]

SAFE_METRIC = "inspections.pass_rate"
SAFE_TABLE = BandTable((Band(None, None, Decimal(0)),))


def read_rule(reader: Reader) -> Rule:
    """The rule below `reader`; an unknown type is a fault and yields a harmless rule."""
    kind = reader.text("type")
    build = _READERS.get(kind)
    if build is None:
        if kind:
            reader.fail("type", mark("Unknown rule “{name}”; known are {known}."), name=kind, known=", ".join(_READERS))
        return Linear(SAFE_METRIC, Decimal(0), Decimal(1))
    rule = build(reader)
    reader.finish()
    return rule


def read_matching(reader: Reader) -> Matching:
    """Kinds (at least one, all known), keys and severities of the occurrences a rule takes."""
    kinds = reader.texts("kinds")
    if not kinds:
        reader.fail("kinds", mark("At least one kind of occurrence is needed."))
    for kind in kinds:
        if kind not in KINDS:
            reader.fail(
                "kinds", mark("Unknown kind of occurrence “{name}”; known are {known}."), name=kind, known=", ".join(KINDS)
            )
    return Matching(kinds=kinds, keys=reader.texts("keys"), severities=reader.texts("severities"))


@singledispatch
def rule_to_json(rule: Rule) -> JsonObject:
    """The rule as JSON; reading it back gives the same rule."""
    raise TypeError(type(rule).__name__)


def matching_to_json(match: Matching) -> JsonObject:
    """Only what narrows the match."""
    return _present(kinds=list(match.kinds), keys=list(match.keys), severities=list(match.severities))


def _metric(reader: Reader) -> str:
    name = reader.text("metric")
    if name and metric_of(name) is None:
        reader.fail("metric", mark("Unknown metric “{name}”; known are {known}."), name=name, known=", ".join(METRICS))
        return SAFE_METRIC
    return name or SAFE_METRIC


def _optional_metric(reader: Reader) -> str | None:
    return _metric(reader) if reader.has("metric") else None


def _linear(reader: Reader) -> Linear:
    floor, target = reader.number("floor"), reader.number("target")
    if floor >= target:
        reader.fail("target", mark("The target must lie above the floor."))
        floor, target = Decimal(0), Decimal(1)
    if target > 1:
        reader.fail("target", mark("A share may not be above 1 (100 %)."))
    return Linear(_metric(reader), floor, target)


def _table(reader: Reader, *, highest: Decimal | None) -> BandTable[Decimal]:
    bands = []
    for item in reader.children("bands"):
        band = Band(item.optional_number("low"), item.optional_number("high"), item.number("value"))
        if highest is not None and band.value > highest:
            item.fail("value", mark("A share may not be above 1 (100 %)."))
        item.finish()
        bands.append(band)
    reader.raw("bands")
    errors = band_errors(bands, field=reader.place("bands"))
    reader.errors.extend(errors)
    if any(lower.value > upper.value for lower, upper in pairwise(bands)):
        reader.fail("bands", mark("A higher band may not be worth less than a lower one."))
    return SAFE_TABLE if errors else BandTable(tuple(bands))


def _bands(reader: Reader) -> Bands:
    return Bands(_metric(reader), _table(reader, highest=Decimal(1)))


def _per_occurrence(reader: Reader) -> PerOccurrence:
    return PerOccurrence(
        match=read_matching(reader),
        points=reader.number("points"),
        cap=reader.optional_number("cap"),
        metric=_optional_metric(reader),
        free=reader.integer("free"),
        free_points=reader.number("free_points", default=Decimal(0)),
        mobilisation_free_points=reader.optional_number("mobilisation_free_points"),
        by_key=reader.numbers("by_key"),
        by_kind=reader.numbers("by_kind"),
        by_severity=reader.numbers("by_severity"),
        by_quantity=reader.boolean("by_quantity", default=True),
    )


def _occurrence_bands(reader: Reader) -> OccurrenceBands:
    return OccurrenceBands(match=read_matching(reader), table=_table(reader, highest=None), metric=_optional_metric(reader))


def _panel(reader: Reader) -> Panel:
    scale = reader.number("scale", default=Decimal(100))
    if scale == 0:
        reader.fail("scale", mark("The scale must be above 0."))
    return Panel(trim=reader.integer("trim"), scale=scale or Decimal(100))


_READERS: Mapping[str, Callable[[Reader], Rule]] = {
    "linear": _linear,
    "bands": _bands,
    "per_occurrence": _per_occurrence,
    "occurrence_bands": _occurrence_bands,
    "panel": _panel,
}


def _present(**values: object) -> JsonObject:
    return {name: value for name, value in values.items() if value is not None and value not in ([], {})}


def text(number: Decimal | None) -> str | None:
    """A decimal as JSON text, so that nothing is lost to binary floats."""
    return None if number is None else str(number)


def _texts(values: Mapping[str, Decimal]) -> JsonObject:
    return {name: str(value) for name, value in values.items()}


def _table_to_json(table: BandTable[Decimal]) -> list[JsonObject]:
    return [_present(low=text(band.low), high=text(band.high), value=text(band.value)) for band in table.bands]


@rule_to_json.register
def _(rule: Linear) -> JsonObject:
    return {"type": "linear", "metric": rule.metric, "floor": text(rule.floor), "target": text(rule.target)}


@rule_to_json.register
def _(rule: Bands) -> JsonObject:
    return {"type": "bands", "metric": rule.metric, "bands": _table_to_json(rule.table)}


@rule_to_json.register
def _(rule: PerOccurrence) -> JsonObject:
    return {
        "type": "per_occurrence",
        **matching_to_json(rule.match),
        "points": text(rule.points),
        **_present(
            cap=text(rule.cap),
            metric=rule.metric,
            free=rule.free or None,
            free_points=text(rule.free_points) if rule.free_points else None,
            mobilisation_free_points=text(rule.mobilisation_free_points),
            by_key=_texts(rule.by_key),
            by_kind=_texts(rule.by_kind),
            by_severity=_texts(rule.by_severity),
            by_quantity=None if rule.by_quantity else False,
        ),
    }


@rule_to_json.register
def _(rule: OccurrenceBands) -> JsonObject:
    bands = _table_to_json(rule.table)
    return {"type": "occurrence_bands", **matching_to_json(rule.match), "bands": bands, **_present(metric=rule.metric)}


@rule_to_json.register
def _(rule: Panel) -> JsonObject:
    return {"type": "panel", "trim": rule.trim, "scale": text(rule.scale)}

"""The rules by which an indicator turns evidence into a share of its weight. Each can say itself in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from duban.kernel.bands import BandTable
from duban.kernel.occurrence import Occurrence
from duban.kernel.text import mark
from duban.scorecards.domain.vocabulary import misses_of

ZERO = Decimal(0)


@dataclass(frozen=True)
class RuleText:
    """A rule in words: an English source text with named placeholders, and what fills them."""

    template: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Matching:
    """Which occurrences a rule takes: one of `kinds`, and (unless empty) a key equal to or below one of `keys`."""

    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()

    def takes(self, occurrence: Occurrence) -> bool:
        """Whether `occurrence` concerns this rule."""
        return (
            occurrence.kind in self.kinds
            and (not self.keys or any(key_below(occurrence.key, key) for key in self.keys))
            and (not self.severities or occurrence.severity in self.severities)
        )


def key_below(key: str, pattern: str) -> bool:
    """Whether `key` is `pattern` or lies below it (`lobby:glass` is below `lobby`; a night shift below `night`)."""
    return key == pattern or key.startswith(pattern + ":")


@dataclass(frozen=True)
class Linear:
    """Nothing at `floor`, full at `target`, straight between (shares, 1 = 100 %)."""

    metric: str
    floor: Decimal
    target: Decimal

    @cached_property
    def match(self) -> Matching:
        """The misses of the metric: the evidence behind a low value."""
        return metric_misses(self.metric)

    def share(self, value: Decimal) -> Decimal:
        """Share of the weight earned by `value`, 0..1."""
        return min(max((value - self.floor) / (self.target - self.floor), ZERO), Decimal(1))

    def describe(self) -> RuleText:
        return RuleText(
            mark("{floor} earns nothing, {target} earns all, straight between"),
            {"floor": percent(self.floor), "target": percent(self.target)},
        )


@dataclass(frozen=True)
class Bands:
    """The share of the weight is read from a table of half-open bands."""

    metric: str
    table: BandTable[Decimal]

    @cached_property
    def match(self) -> Matching:
        """The misses of the metric: the evidence behind a low value."""
        return metric_misses(self.metric)

    def share(self, value: Decimal) -> Decimal:
        """Share of the weight earned by `value`; below the first band nothing."""
        band = self.table.find(value)
        return ZERO if band is None else band.value

    def describe(self) -> RuleText:
        text = ", ".join(
            f"≥{percent(band.low)} → {percent(band.value)}"
            if band.low is not None
            else f"<{percent(band.high)} → {percent(band.value)}"
            for band in reversed(self.table.bands)
            if band.low is not None or band.high is not None
        )
        return RuleText(mark("by bands: {bands}"), {"bands": text})


@dataclass(frozen=True)
class PerOccurrence:
    """Each occurrence costs points, up to a cap.

    Points come from the most special map that knows the occurrence: key (longest first), kind, severity, then
    `points`. The first `free` occurrences and the first `free_points` points cost nothing; during mobilisation
    `mobilisation_free_points` replaces the latter (domain table T16). `metric` proves that somebody looked at
    all: without enough of it, no occurrence means no data, not full points.
    """

    match: Matching
    points: Decimal
    cap: Decimal | None = None
    metric: str | None = None
    free: int = 0
    free_points: Decimal = ZERO
    mobilisation_free_points: Decimal | None = None
    by_key: Mapping[str, Decimal] = field(default_factory=dict)
    by_kind: Mapping[str, Decimal] = field(default_factory=dict)
    by_severity: Mapping[str, Decimal] = field(default_factory=dict)
    by_quantity: bool = True

    def price(self, occurrence: Occurrence) -> Decimal:
        """Points this occurrence costs before quota and cap."""
        return self._unit(occurrence) * (occurrence.quantity if self.by_quantity else Decimal(1))

    def quota(self, *, mobilisation: bool) -> Decimal:
        """Points that cost nothing in this period."""
        if mobilisation and self.mobilisation_free_points is not None:
            return self.mobilisation_free_points
        return self.free_points

    def _unit(self, occurrence: Occurrence) -> Decimal:
        below = [key for key in self.by_key if key_below(occurrence.key, key)]
        if below:
            return self.by_key[max(below, key=len)]
        if occurrence.kind in self.by_kind:
            return self.by_kind[occurrence.kind]
        return self.by_severity.get(occurrence.severity, self.points)

    def describe(self) -> RuleText:
        params = {"points": plain(self.points)}
        if self.by_severity and not self.by_key and not self.by_kind:
            params = {"points": " / ".join(plain(value) for value in self.by_severity.values())}
        if self.free_points:
            template = mark("−{points} each after {free} free points")
            params["free"] = plain(self.free_points)
        elif self.free:
            template = mark("−{points} each after the first {free}")
            params["free"] = str(self.free)
        elif self.cap is not None:
            template = mark("−{points} each, at most {cap}")
            params["cap"] = plain(self.cap)
        else:
            template = mark("−{points} each")
        return RuleText(template, params)


@dataclass(frozen=True)
class OccurrenceBands:
    """The number of occurrences (their quantities) decides how many points are lost, by half-open bands."""

    match: Matching
    table: BandTable[Decimal]
    metric: str | None = None

    def cost(self, count: Decimal) -> Decimal:
        """Points lost for `count`; outside the table nothing."""
        band = self.table.find(count)
        return ZERO if band is None else band.value

    def describe(self) -> RuleText:
        text = ", ".join(
            f"≥{plain(band.low)} −{plain(band.value)}" for band in self.table.bands if band.value and band.low is not None
        )
        return RuleText(mark("by number: {bands}"), {"bands": text})


@dataclass(frozen=True)
class Panel:
    """The mean of ratings by people, without the `trim` highest and lowest, out of `scale`."""

    trim: int = 0
    scale: Decimal = Decimal(100)

    @property
    def match(self) -> Matching:
        """Ratings are no occurrences."""
        return Matching()

    def describe(self) -> RuleText:
        return RuleText(
            mark("mean of the panel out of {scale}, {trim} highest and lowest left out"),
            {"scale": plain(self.scale), "trim": str(self.trim)},
        )


Rule = Linear | Bands | PerOccurrence | OccurrenceBands | Panel


def metric_misses(metric: str) -> Matching:
    """The occurrences that are the misses of `metric`."""
    kind, key = misses_of(metric)
    return Matching(kinds=(kind,), keys=(key,) if key else ())


def metric_of_rule(rule: Rule) -> str | None:
    """The metric a rule reads, if any."""
    return None if isinstance(rule, Panel) else rule.metric


def percent(share: Decimal | None) -> str:
    """A share as people write it: 0.985 → "98.5%"; nothing → "–"."""
    return "–" if share is None else f"{plain(share * 100)}%"


def plain(number: Decimal | None) -> str:
    """A number without trailing zeros and without an exponent; nothing → "–"."""
    if number is None:
        return "–"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

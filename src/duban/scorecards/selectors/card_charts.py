"""The pictures of a card: five sides, twelve months."""

from django.utils.translation import gettext as _

from duban.kernel.period import Period as Span
from duban.platform.ui.charts import Band, Radar, Series, Threshold, Trend
from duban.scorecards.domain.grade import DEFAULT_RULES
from duban.scorecards.models import Card
from duban.scorecards.selectors.cards import PastScore, peer_dimensions
from duban.scorecards.selectors.wording import DIMENSIONS


def radar_of(card: Card, history: list[PastScore]) -> Radar:
    """This period, the one before, and comparable lines; a side nothing stands for is empty."""
    before = history[-2].dimensions if len(history) > 1 else {}
    peers = peer_dimensions(card)
    series = [Series(_("This period"), _sides(history[-1].dimensions))]
    if before:
        series.append(Series(_("Period before"), _sides(before), dashed=True))
    if peers:
        series.append(Series(_("Comparable lines"), tuple(peers.get(side) for side in DIMENSIONS), dashed=True))
    return Radar(axes=tuple(_(label) for label in DIMENSIONS.values()), series=tuple(series), maximum=100)


def trend_of(card: Card, history: list[PastScore]) -> Trend:
    """The line's scores with the band of comparable lines (mean ± one standard deviation) and the lines of the rules."""
    lower = tuple(_edge(item, -1) for item in history)
    upper = tuple(_edge(item, 1) for item in history)
    return Trend(
        labels=tuple(_label(item.period) for item in history),
        series=(Series(_("Score"), tuple(None if item.score is None else float(item.score) for item in history)),),
        band=Band(_("Comparable lines"), lower, upper),
        lines=(
            Threshold(_("Warning {score}").format(score=DEFAULT_RULES.warn_below), float(DEFAULT_RULES.warn_below)),
            Threshold(_("Failed {score}").format(score=DEFAULT_RULES.fail_below), float(DEFAULT_RULES.fail_below)),
        ),
        maximum=float(card.result.get("ceiling", 100)),
    )


def _sides(dimensions: dict[str, str | None]) -> tuple[float | None, ...]:
    return tuple(None if dimensions.get(side) is None else float(dimensions[side] or 0) for side in DIMENSIONS)


def _edge(item: PastScore, sign: int) -> float | None:
    if item.mean is None or item.spread is None:
        return None
    return round(min(max(item.mean + sign * item.spread, 0.0), 100.0), 1)


def _label(period: str) -> str:
    span = Span.parse(period)
    return _("{month}/{year}").format(month=span.index, year=span.year % 100) if span.kind == "month" else period

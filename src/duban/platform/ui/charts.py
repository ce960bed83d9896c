"""Charts as data: labels are translated, values are plain numbers, `None` means insufficient data.

Each kind also knows itself as a table (`head`, `body`), because a chart is never the only way to its numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, is_dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _

Number = int | float | Decimal


def _shown(value: Number | None) -> str:
    return _("insufficient data") if value is None else f"{value}"


def _data(value: Any) -> Any:
    """Charts and their parts as plain data; unlike `asdict` it copies no leaf, of which a map has thousands."""
    if isinstance(value, list | tuple):
        return type(value)(map(_data, value))
    return {name: _data(part) for name, part in vars(value).items()} if is_dataclass(value) else value


@dataclass(frozen=True)
class Chart:
    """Base of all kinds."""

    kind: ClassVar[str] = ""

    def head(self) -> list[str]:
        """Column heads of the table."""
        raise NotImplementedError

    def body(self) -> list[list[str]]:
        """Rows of the table, first cell being the row's name."""
        raise NotImplementedError

    def payload(self) -> dict[str, Any]:
        """What the client draws."""
        return {"kind": self.kind, **_data(self)}


@dataclass(frozen=True)
class Series:
    """A named run of values; `dashed` marks a comparison."""

    name: str
    values: Sequence[Number | None]
    dashed: bool = False


@dataclass(frozen=True)
class Band:
    """A range around the line, for example the middle half of comparable records."""

    name: str
    lower: Sequence[Number | None]
    upper: Sequence[Number | None]


@dataclass(frozen=True)
class Threshold:
    """A level that matters, drawn as a dashed line with its name."""

    name: str
    value: Number


@dataclass(frozen=True)
class Radar(Chart):
    """Few dimensions of one thing beside a comparison."""

    axes: Sequence[str]
    series: Sequence[Series]
    maximum: Number = 100
    kind: ClassVar[str] = "radar"

    def head(self) -> list[str]:
        return ["", *self.axes]

    def body(self) -> list[list[str]]:
        return [[line.name, *map(_shown, line.values)] for line in self.series]


@dataclass(frozen=True)
class Trend(Chart):
    """A value over time, with its band and the levels that matter."""

    labels: Sequence[str]
    series: Sequence[Series]
    band: Band | None = None
    lines: Sequence[Threshold] = ()
    unit: str = ""
    minimum: Number | None = None
    maximum: Number | None = None
    urls: Sequence[str] = ()
    kind: ClassVar[str] = "trend"

    def head(self) -> list[str]:
        band = [f"{self.band.name} ↓", f"{self.band.name} ↑"] if self.band else []
        return ["", *(line.name for line in self.series), *band]

    def body(self) -> list[list[str]]:
        columns = [line.values for line in self.series] + ([self.band.lower, self.band.upper] if self.band else [])
        return [[label, *(_shown(column[at]) for column in columns)] for at, label in enumerate(self.labels)]


@dataclass(frozen=True)
class Step:
    """One column of a waterfall: base, plus, minus, disputed or total."""

    label: str
    amount: Number
    kind: str = "plus"
    url: str = ""


@dataclass(frozen=True)
class Waterfall(Chart):
    """From a first amount over additions and deductions to the total."""

    steps: Sequence[Step]
    unit: str = ""
    kind: ClassVar[str] = "waterfall"

    def head(self) -> list[str]:
        return [_("Item"), _("Figure")]

    def body(self) -> list[list[str]]:
        return [[step.label, f"{step.amount:,.2f}"] for step in self.steps]


@dataclass(frozen=True)
class HeatCell:
    """One field of a heat map; `None` is hatched."""

    column: str
    row: str
    value: Number | None
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Grid(Chart):
    """Base of the kinds with named columns and rows."""

    columns: Sequence[str]
    rows: Sequence[str]
    cells: Sequence[Any]

    def head(self) -> list[str]:
        return ["", *self.columns]

    def body(self) -> list[list[str]]:
        found = {(cell.column, cell.row): self.word(cell) for cell in self.cells}
        return [[row, *(found.get((column, row), "–") for column in self.columns)] for row in self.rows]

    def word(self, cell: Any) -> str:
        """What the table says for one cell."""
        return _shown(cell.value)


@dataclass(frozen=True)
class Heatmap(Grid):
    """Values by two names; low is warm, high is cool, unless `is_more_worse`, as where faults are counted."""

    minimum: Number = 60
    maximum: Number = 100
    unit: str = ""
    is_more_worse: bool = False
    kind: ClassVar[str] = "heatmap"


@dataclass(frozen=True)
class RiskMatrix(Grid):
    """Counts by likelihood (columns) and impact (rows, worst first); the colour comes from the place."""

    kind: ClassVar[str] = "risk-matrix"


@dataclass(frozen=True)
class CoverageCell:
    """One slot of the coverage grid: present, absent, review or rest."""

    column: str
    row: str
    state: str
    hint: str = ""
    url: str = ""


def coverage_words() -> dict[str, str]:
    """The words of the four slot states."""
    return {
        "present": _("on post"),
        "absent": _("absent"),
        "review": _("to review"),
        "rest": _("rest"),
    }


@dataclass(frozen=True)
class CoverageGrid(Grid):
    """Posts against days."""

    kind: ClassVar[str] = "coverage"

    def word(self, cell: Any) -> str:
        return coverage_words()[cell.state]

    def payload(self) -> dict[str, Any]:
        return {**super().payload(), "words": coverage_words()}


@dataclass(frozen=True)
class Bars(Chart):
    """Amounts by name, longest first if the caller sorted them so."""

    labels: Sequence[str]
    values: Sequence[Number | None]
    unit: str = ""
    urls: Sequence[str] = ()
    horizontal: bool = True
    kind: ClassVar[str] = "bars"

    def head(self) -> list[str]:
        return ["", self.unit or _("Value")]

    def body(self) -> list[list[str]]:
        return [[label, _shown(value)] for label, value in zip(self.labels, self.values, strict=True)]


@dataclass(frozen=True)
class Spread(Chart):
    """Single ratings per name, so that disagreement is seen and not averaged away."""

    labels: Sequence[str]
    points: Sequence[Sequence[Number]]
    means: Sequence[Number | None] = ()
    unit: str = ""
    kind: ClassVar[str] = "spread"

    def head(self) -> list[str]:
        return ["", _("Ratings"), _("Mean")]

    def body(self) -> list[list[str]]:
        means = self.means or (None,) * len(self.labels)
        return [
            [label, ", ".join(f"{value}" for value in sorted(values)), _shown(mean)]
            for label, values, mean in zip(self.labels, self.points, means, strict=True)
        ]


@dataclass(frozen=True)
class PlanDot:
    """One spot: x from the left and y from the top of a picture in per cent, or longitude and latitude without one."""

    x: Number
    y: Number
    label: str
    hint: str = ""
    tone: str = "warning"
    url: str = ""
    count: int = 1


@dataclass(frozen=True)
class PlanMark:
    """A named place round about, drawn faintly where there is no picture."""

    x: Number
    y: Number
    label: str


@dataclass(frozen=True)
class PlanMap(Chart):
    """Spots on a plan picture, or where they lie to each other on the ground; `ratio` is the picture's width by height."""

    dots: Sequence[PlanDot]
    picture: str = ""
    ratio: Number = 1
    marks: Sequence[PlanMark] = ()
    kind: ClassVar[str] = "plan"

    def head(self) -> list[str]:
        return ["", _("Where"), "x", "y"]

    def body(self) -> list[list[str]]:
        return [[dot.label, dot.hint, f"{dot.x}", f"{dot.y}"] for dot in self.dots]


@dataclass(frozen=True)
class Forest(Chart):
    """Estimates with their intervals beside a line of reference; `None` is insufficient data and shows as a gap."""

    labels: Sequence[str]
    values: Sequence[Number | None]
    lows: Sequence[Number | None]
    highs: Sequence[Number | None]
    reference: Number = 0
    unit: str = ""
    urls: Sequence[str] = ()
    kind: ClassVar[str] = "forest"

    def head(self) -> list[str]:
        return ["", self.unit or _("Value"), _("Lower bound"), _("Upper bound")]

    def body(self) -> list[list[str]]:
        rows = zip(self.labels, self.values, self.lows, self.highs, strict=True)
        return [[label, *map(_shown, figures)] for label, *figures in rows]

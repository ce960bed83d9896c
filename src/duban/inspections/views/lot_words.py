"""What the pages say about lots and about how often by risk, in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.sampling import Severity
from duban.inspections.domain.verdicts import GRADE_LABELS, Grade
from duban.inspections.models import RiskRating
from duban.inspections.selectors.tasks import LotPage
from duban.kernel.text import mark
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge

SEVERITY_LABELS: Mapping[str, str] = {
    Severity.NORMAL: mark("Normal"),
    Severity.TIGHTENED: mark("Tightened"),
    Severity.REDUCED: mark("Reduced"),
}
TONES = {Severity.NORMAL: "neutral", Severity.TIGHTENED: "warning", Severity.REDUCED: "good"}


@dataclass(frozen=True)
class LotRow:
    """One class of faults of a lot."""

    name: str
    severity: Badge
    why: str
    aql: str
    sample: str
    limits: str
    found: str
    verdict: Badge


@dataclass(frozen=True)
class LotWords:
    """The card of a lot."""

    verdict: Badge
    sentence: str
    is_stopped: bool
    rows: list[LotRow]


@dataclass(frozen=True)
class RatingRow:
    """One line of a plan by risk in one period."""

    line: str
    opens_on: str
    times: int
    steps: list[str]


def lot_words(lot: LotPage | None) -> LotWords | None:
    """The card of a lot, or nothing where nothing was drawn by acceptance sampling."""
    if lot is None:
        return None
    sentences = {
        True: _("Every class of faults stays within what its plan accepts."),
        False: _("At least one class of faults reaches the number from which the lot fails."),
        None: _("Some drawn places have no answer yet."),
    }
    stopped = any(kept.get("is_stopped") for kept in lot.classes.values())
    rows = [_row(name, kept) for name, kept in sorted(lot.classes.items())]
    return LotWords(_verdict(accepted=lot.is_accepted), sentences[lot.is_accepted], stopped, rows)


def rating_rows(ratings: Sequence[RiskRating]) -> list[RatingRow]:
    """How often each line is looked at, with the steps that led there."""
    return [
        RatingRow(
            line=line_label(rating.line),
            opens_on=formatting.day(rating.opens_on),
            times=rating.times,
            steps=[_words(step) for step in rating.trace],
        )
        for rating in ratings
    ]


def _row(name: str, kept: Mapping[str, Any]) -> LotRow:
    severity = str(kept.get("severity", Severity.NORMAL))
    why = kept.get("why")
    return LotRow(
        name=_(GRADE_LABELS[Grade[name.upper()]]),
        severity=Badge(_(SEVERITY_LABELS[severity]), TONES[Severity(severity)]),
        why=_words(why) if why else "",
        aql=f"{Decimal(kept['aql']).normalize():f}" if "aql" in kept else _("none accepted"),
        sample=f"{kept['inspected']} / {kept['n']}",
        limits=f"{kept['ac']} / {kept['re']}",
        found=str(kept["faulty"]),
        verdict=_verdict(accepted=kept["is_accepted"]),
    )


def _verdict(*, accepted: bool | None) -> Badge:
    words = {True: _("Lot passed"), False: _("Lot failed"), None: _("Lot open")}
    tones = {True: "good", False: "bad", None: "waiting"}
    return Badge(words[accepted], tones[accepted])


def _words(step: Mapping[str, Any]) -> str:
    label = str(step["label"])
    return _(label).format(**step["inputs"])

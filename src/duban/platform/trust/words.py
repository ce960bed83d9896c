"""What pages say of trust, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.kernel.doubts import REASON_NAMES, REASON_TEXTS
from duban.kernel.trust import GRADE_LABELS, TrustGrade
from duban.platform.tables_by_name import wired
from duban.platform.trust.models import REVIEW_RIGHT, TrustMark, TrustReview
from duban.platform.ui.components import Badge

TONES = {TrustGrade.A: "good", TrustGrade.B: "neutral", TrustGrade.C: "warning", TrustGrade.D: "bad"}


class _Labelled(Protocol):
    label: str
    ground: str


@dataclass(frozen=True)
class ReasonWords:
    """One reason: its name, the sentence with its figures, and its points of doubt."""

    name: str
    text: str
    weight: int


@dataclass(frozen=True)
class TrustCard:
    """A grade on the page of its record. `reasons` are empty and `url` is too for those whom they are not for."""

    grade: Badge
    kind: str
    standing: str
    reasons: tuple[ReasonWords, ...]
    note: str
    url: str


def grade_badge(grade: str) -> Badge:
    """The grade as a letter with its words."""
    known = TrustGrade(grade)
    return Badge(_(GRADE_LABELS[known]), TONES[known])


def reason_name(code: str) -> str:
    """The name of a reason."""
    return _(REASON_NAMES[code]) if code in REASON_NAMES else code


def reason_words(mark: TrustMark) -> tuple[ReasonWords, ...]:
    """The reasons of a grade, the heaviest first."""
    return tuple(
        ReasonWords(_(REASON_NAMES[one["code"]]), _(REASON_TEXTS[one["code"]]).format(**one["figures"]), one["weight"])
        for one in mark.reasons
    )


def kind_label(kind: str) -> str:
    """What one record of a kind is called."""
    known = cast("Mapping[str, _Labelled]", wired("DUBAN_SYNC_KINDS")).get(kind)
    return _(known.label) if known and known.label else kind


def kind_choices() -> list[tuple[str, str]]:
    """The kinds that are graded, for a filter."""
    known = cast("Mapping[str, _Labelled]", wired("DUBAN_SYNC_KINDS"))
    return [(name, _(kind.label)) for name, kind in known.items() if kind.ground]


def standing_words(review: TrustReview | None) -> str:
    """What a record counts for at this moment."""
    if review is None or (review.counts_score and review.counts_money):
        return _("Counts for score and money.")
    if review.counts_score:
        return _("Counts for the score; for money only once somebody has looked at it.")
    if review.counts_money:
        return _("Counts for money; for the score only once somebody has looked at it.")
    if review.state == "refused":
        return _("Does not count: somebody has looked at it and said so.")
    if review.state == "set_aside":
        return _("Does not count: the plan takes no records of this grade.")
    return _("Does not count yet: it waits for somebody to look at it.")


def page_url(page: str, record: str) -> str:
    """Address of the record itself, if it has a page."""
    try:
        return reverse(page, args=[record]) if page and record else ""
    except NoReverseMatch:
        return ""


def trust_cards(actor: Actor, marks: Iterable[TrustMark]) -> list[TrustCard]:
    """Grades for the page of a record. People of vendors read what does not count, and nobody's reasons."""
    found = [_card(actor, mark) for mark in marks]
    return found if not actor.is_vendor else [card for card in found if card.standing != standing_words(None)]


def _card(actor: Actor, mark: TrustMark) -> TrustCard:
    review = _review(mark)
    may_open = review is not None and any(actor.can(REVIEW_RIGHT, path) for path in review.permission_paths())
    return TrustCard(
        grade=grade_badge(mark.grade),
        kind=kind_label(mark.kind),
        standing=standing_words(review),
        reasons=() if actor.is_vendor else reason_words(mark),
        note=review.note if review and not actor.is_vendor else "",
        url=reverse("trust:detail", args=[review.code]) if review and may_open else "",
    )


def _review(mark: TrustMark) -> TrustReview | None:
    found: Any = getattr(mark, "review", None)
    return cast("TrustReview | None", found)

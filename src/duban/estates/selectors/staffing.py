"""Whether the crews of posts can lawfully man their hours, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from duban.estates.domain.posts import STAFFING_LABELS, STAFFING_TONES
from duban.estates.domain.staffing import Staffing, steps_of
from duban.estates.models import Post
from duban.platform.ui.components import Badge


@dataclass(frozen=True)
class StepWords:
    """One step of a verdict on a crew, in the reader's language."""

    label: str
    rule: str
    source: str


@dataclass(frozen=True)
class PostStaffing:
    """One post with the verdict on its crew and the reason for it."""

    post: Post
    badge: Badge | None
    reason: str
    steps: tuple[StepWords, ...] = ()


def staffing_badge(post: Post) -> Badge | None:
    """The verdict on a post's crew; nothing while no crew is entered."""
    return level_badge(post.staffing)


def level_badge(found: Staffing | None) -> Badge | None:
    """A verdict on a crew as a word with a tone."""
    return Badge(_(STAFFING_LABELS[found.level]), STAFFING_TONES[found.level]) if found else None


def staffing_reason(post: Post) -> str:
    """The figures behind the verdict: hours and overtime of a person in a month, the lawful floor, where it gets sound."""
    found = post.staffing
    return staffing_words(found) if found else _("No crew is entered for this post.")


def staffing_words(found: Staffing) -> str:
    """The figures of a verdict on a crew."""
    words = _(
        "%(hours)s h per person and month, %(overtime)s h of them overtime (at most 36); lawful from %(floor)s people, "
        "sound from %(sound)s."
    )
    return words % {
        "hours": found.hours_per_person,
        "overtime": found.overtime_hours,
        "floor": found.lawful_floor,
        "sound": found.sound_from,
    }


def with_staffing(posts: Iterable[Post]) -> list[PostStaffing]:
    """Posts with their verdicts; no statement."""
    return [PostStaffing(post, staffing_badge(post), staffing_reason(post), staffing_steps(post.staffing)) for post in posts]


def staffing_steps(found: Staffing | None) -> tuple[StepWords, ...]:
    """Why a crew has its colour, step by step; nothing while there is no verdict."""
    if found is None:
        return ()
    return tuple(
        StepWords(_(step.label), _(step.rule).format(**step.inputs), ", ".join(_(ref) for ref in step.refs))
        for step in steps_of(found)
    )

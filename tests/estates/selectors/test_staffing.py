from decimal import Decimal

from duban.estates.selectors.staffing import staffing_badge, staffing_reason, staffing_steps, with_staffing
from tests.factories.attendance import make_post


def test_the_verdict_on_a_crew_comes_with_its_figures(world):
    post = make_post(world.ours.estate, crew_size=Decimal(3))
    post.hours_per_week = Decimal(168)
    row = with_staffing([post])[0]
    assert row.badge is not None
    assert (row.badge.label, row.badge.tone) == ("Below the lawful floor", "bad")
    assert row.reason == (
        "243.3 h per person and month, 78.0 h of them overtime (at most 36); lawful from 3.63 people, sound from 4.42."
    )


def test_the_verdict_opens_into_its_steps(world):
    post = make_post(world.ours.estate, crew_size=Decimal(3))
    post.hours_per_week = Decimal(168)
    first, *_, last = with_staffing([post])[0].steps
    assert (first.label, first.source) == ("Lawful floor", "Labour Law Art. 41")
    assert last.rule == "red: 3 people are fewer than 3.63; overtime passes 36 h in every month"


def test_without_a_crew_nothing_is_judged(world):
    post = make_post(world.ours.estate)
    assert staffing_badge(post) is None
    assert staffing_reason(post) == "No crew is entered for this post."
    assert staffing_steps(post.staffing) == ()

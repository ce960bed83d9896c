"""One month from the first click to the revised statement, as five people live it."""

from collections.abc import Callable

import pytest

from tests.journeys.sides import sides
from tests.journeys.steps import (
    appeal_card,
    appeal_one_line_and_confirm_the_rest,
    close_the_month,
    compute_and_send,
    money_of,
    publish,
    score_of,
    see_it_in_the_trail,
    uphold_card_appeal,
    uphold_statement_appeal,
    walk_to_the_photo_and_back,
)
from tests.journeys.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("screen", sides("desktop", "phone"))
def test_a_month_from_evidence_to_revised_statement(visit: Visit, screen: str):
    quality = visit("quality", screen=screen)
    close_the_month(quality)
    walk_to_the_photo_and_back(quality)
    publish(quality)
    finance = visit("finance", screen=screen)
    code = compute_and_send(finance, "洁达环境")
    vendor = visit("jieda", screen=screen)
    appeal_one_line_and_confirm_the_rest(vendor, code)
    reviewer = visit("review", screen=screen)
    revised = uphold_statement_appeal(reviewer, code)
    assert money_of(finance, revised) > money_of(finance, code)
    see_it_in_the_trail(quality, code, revised)


@pytest.mark.parametrize("screen", sides("desktop", "phone"))
def test_an_upheld_appeal_revises_card_and_statement(visit: Visit, screen: str):
    quality = visit("quality", screen=screen)
    close_the_month(quality)
    publish(quality)
    statement = compute_and_send(visit("finance", screen=screen), "安盾保安")
    vendor = visit("andun", screen=screen)
    card = appeal_card(vendor)
    reviewer = visit("review", screen=screen)
    revision = uphold_card_appeal(reviewer, card)
    assert score_of(reviewer, revision) > score_of(reviewer, card)
    reviewer.open(f"/settlement/{statement}/")
    reviewer.follow(f"li a[href^='/settlement/ST-']:not([href='/settlement/{statement}/'])")
    see_it_in_the_trail(quality, card, revision)

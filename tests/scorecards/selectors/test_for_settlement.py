from decimal import Decimal

import pytest

from duban.kernel.period import Period
from duban.scorecards.selectors import cards_for_settlement, scores_of_lines
from tests.factories.settlement import make_card, make_contract

pytestmark = pytest.mark.django_db
OCTOBER = Period.parse("2026-10")


def test_only_current_published_cards_of_the_period(world, django_assert_num_queries):
    one, two = make_contract(world.ours).lines.order_by("number")
    card = make_card(one, "80")
    make_card(one, "70", key="2026-09")
    make_card(two, "90", state="draft")
    with django_assert_num_queries(2):
        found = cards_for_settlement([one.pk, two.pk], OCTOBER)
        assert [list(item.occurrences.all()) for item in found] == [[]]
    assert found == [card]


def test_scores_run_through_the_term(world):
    line = make_contract(world.ours).lines.get(number=1)
    make_card(line, "70", key="2026-08")
    make_card(line, None, key="2026-09")
    make_card(line, "90", key="2026-11")
    assert scores_of_lines([line.pk], OCTOBER) == {line.pk: (("2026-08", Decimal("70.0")), ("2026-09", None))}

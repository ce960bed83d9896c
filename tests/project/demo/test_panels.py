from collections import defaultdict
from random import Random

from duban.project.demo.panels import HIGHEST, LOWEST, WIDTH, rate_lines
from duban.project.demo.registers import World
from duban.project.demo.rules import CUSTOMER_SERVICE, RATED
from duban.scorecards.domain.definition import from_json
from duban.scorecards.domain.rating import rated_indicators
from duban.scorecards.models import PanelRating
from tests.factories.scorecards import contract_line, period


def test_each_month_is_rated_by_two_and_october_by_one(world):
    desk = contract_line(world.ours, service_line="customer_service")
    contract_line(world.ours)
    period(world.ours)
    review, quality = world.person("quality_manager"), world.person("estate_manager")
    people = {"review": review, "quality": quality}
    demo = World(random=Random(1), people=people, units={"恒远物业集团": world.ours.root})
    assert rate_lines(demo) == rate_lines(demo) == PanelRating.objects.filter(line=desk).count()
    raters = defaultdict(list)
    for month, rater in PanelRating.objects.order_by("period__starts_on", "pk").values_list("period__key", "rater"):
        raters[month].append(rater)
    assert raters.pop("2026-10") == [review.pk]
    assert raters
    assert all(pair == [review.pk, quality.pk] for pair in raters.values())
    given = PanelRating.objects.values_list("rating", flat=True)
    assert all(LOWEST - WIDTH <= rating <= HIGHEST + WIDTH for rating in given)


def test_the_scheme_of_the_front_desks_asks_for_these_ratings():
    assert list(rated_indicators(from_json(CUSTOMER_SERVICE))) == [RATED["key"]]

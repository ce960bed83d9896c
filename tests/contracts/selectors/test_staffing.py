from decimal import Decimal

from duban.contracts.selectors.staffing import line_staffing
from tests.factories.attendance import make_post
from tests.factories.inspections import make_line


def test_each_line_has_its_posts_with_the_verdict_on_their_crews(world, django_assert_num_queries):
    security, cleaning = make_line(world.ours, service_line="security"), make_line(world.ours)
    make_post(world.ours.estate, "东门岗", crew_size=Decimal(1))
    make_post(world.ours.estate, "停用岗", is_active=False)
    make_post(world.ours.estate_two, "别处岗")
    with django_assert_num_queries(1):
        found = line_staffing([security, cleaning])
    assert [(line.pk, [row.post.name for row in rows]) for line, rows in found] == [
        (security.pk, ["东门岗"]),
        (cleaning.pk, []),
    ]
    badge = found[0][1][0].badge
    assert badge is not None
    assert badge.label == "Below the lawful floor"

from duban.attendance.domain.rules import Origin
from duban.attendance.models import LineRules
from duban.attendance.selectors.rules import line_rules, rules_for
from tests.factories.attendance import make_post
from tests.factories.inspections import make_line


def test_the_post_says_it_else_the_line_else_the_table(world, django_assert_num_queries):
    line = make_line(world.ours, service_line="security")
    plain, own = make_post(world.ours.estate), make_post(world.ours.estate, "西门岗", grace_minutes=2)
    assert line_rules(line).pk is None
    LineRules.objects.create(line=line, grace_minutes=10, absent_after_minutes=45)
    assert line_rules(line).absent_after_minutes == 45
    with django_assert_num_queries(1):
        rules = rules_for([(plain, line.pk), (own, line.pk)])
    assert (rules[plain.pk].grace_minutes.number, rules[plain.pk].grace_minutes.origin) == (10, Origin.LINE)
    assert (rules[own.pk].grace_minutes.number, rules[own.pk].grace_minutes.origin) == (2, Origin.POST)
    assert rules[own.pk].absent_after_minutes.number == 45
    assert (rules[plain.pk].free_misses.number, rules[plain.pk].free_misses.origin) == (3, Origin.TABLE)

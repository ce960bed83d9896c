from duban.attendance.domain.rules import DEFAULT_RULES, Origin, Wanted, rules_of


def test_the_post_stands_above_the_line_and_the_line_above_the_table():
    found = rules_of(Wanted(grace_minutes=0), Wanted(grace_minutes=10, free_misses=1))
    assert (found.grace_minutes.number, found.grace_minutes.origin) == (0, Origin.POST)
    assert (found.free_misses.number, found.free_misses.origin) == (1, Origin.LINE)
    assert (found.absent_after_minutes.number, found.absent_after_minutes.origin) == (60, Origin.TABLE)


def test_the_table_alone():
    assert (DEFAULT_RULES.grace_minutes.number, DEFAULT_RULES.free_misses.number) == (5, 3)

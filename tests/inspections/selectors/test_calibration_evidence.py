from datetime import date

import pytest

from duban.inspections.domain.calibration.drawing import Opinion
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.selectors.calibration import calibration_known, calibration_page
from duban.inspections.selectors.calibration_evidence import (
    inspector_checks,
    inspector_strata,
    inspector_visits,
    twice_of,
)
from duban.inspections.services.calibration import calibration_compute
from duban.inspections.services.reinspections import reinspection_answer, reinspections_draw
from duban.kernel.actor import system_actor
from duban.kernel.errors import NotFound
from duban.orgs.selectors import actor_for_person
from tests.factories.inspections import make_line, make_result
from tests.inspections.measured import FIRST, LAST, make_inspector, measured

DAY = date(2026, 5, 4)


def compute(world):
    return calibration_compute(actor=system_actor(world.ours.root.path), tenant=world.ours.root, start=FIRST, end=LAST)


@pytest.fixture
def quality(actor):
    return actor("quality_manager")


@pytest.fixture
def few(world):
    """甲 and 乙 on one line in the second quarter, 甲 alone in the third and on a second line."""
    people = [make_inspector(world.ours.city, name) for name in ("甲", "乙")]
    lines = [make_line(world.ours), make_line(world.ours, estate=world.ours.estate_two)]
    for who, line, day, verdict in (
        (0, 0, DAY, Verdict.PASS),
        (0, 0, DAY, Verdict.FAIL),
        (0, 0, DAY, Verdict.NOT_APPLICABLE),
        (1, 0, date(2026, 6, 30), Verdict.PASS),
        (0, 0, date(2026, 7, 1), Verdict.PASS),
        (0, 1, DAY, Verdict.PASS),
        (0, 1, date(2025, 5, 4), Verdict.PASS),
    ):
        make_result(lines[line], day=day, verdict=verdict, inspector=people[who])
    compute(world)
    return people, lines


def test_each_line_and_quarter_stands_beside_the_others(quality, few, django_assert_num_queries):
    (first, _second), lines = few
    page = calibration_page(quality)
    with django_assert_num_queries(2):
        found = inspector_strata(quality, page, str(first.pk))
    assert [(one.line, one.quarter, one.passed, one.total, one.others_passed, one.others_total) for one in found] == [
        (lines[0], "2026Q2", 1, 2, 1, 1),
        (lines[0], "2026Q3", 1, 1, 0, 0),
        (lines[1], "2026Q2", 1, 1, 0, 0),
    ]
    assert [(one.rate, one.others_rate) for one in found[:2]] == [(0.5, 1.0), (1.0, None)]


def test_the_checks_are_those_that_count(quality, few):
    (first, _second), _lines = few
    page = calibration_page(quality)
    assert inspector_checks(quality, page, str(first.pk)).count() == 4
    assert next(one for one in page.report["inspectors"] if one["inspector"] == str(first.pk))["checks"] == 4


def test_nobody_else_is_opened(quality, few, world):
    page = calibration_page(quality)
    for rows in (inspector_checks, inspector_visits):
        with pytest.raises(NotFound):
            rows(quality, page, str(world.person("finance").pk))
    with pytest.raises(NotFound):
        calibration_known(world.actor("their quality_manager"))
    assert calibration_known(quality).people == page.people


def test_visits_and_checks_made_twice(quality, world):
    measured(world.ours, estates=1)
    compute(world)
    draw = {"start": FIRST, "end": LAST, "count": 2, "due_on": date(2026, 11, 30), "seed": "1"}
    task = reinspections_draw(actor=quality, **draw)[0]
    who = str(task.visit.inspector_id)
    results = list(task.visit.results.order_by("pk"))
    given = {one.pk: Opinion(Verdict(one.verdict), Grade(one.severity)) for one in results}
    given[results[0].pk] = Opinion(Verdict.FAIL, Grade.CRITICAL)
    assert twice_of(quality, who) == []
    reinspection_answer(actor=actor_for_person(task.inspector), reinspection=task, opinions=given)
    [found] = twice_of(quality, who)
    assert (found.checks, found.agreed) == (len(results), len(results) - 1)
    visits = inspector_visits(quality, calibration_page(quality), who)
    assert {one.inspector_id for one in visits} == {task.visit.inspector_id}
    assert task.visit in visits

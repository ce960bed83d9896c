from datetime import date

from duban.inspections.domain.calibration.drawing import Opinion
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import SecondOpinion
from duban.inspections.selectors.calibration_material import answer_word, calibration_material
from duban.inspections.services.reinspections import reinspection_answer, reinspections_draw
from duban.orgs.selectors import actor_for_person
from tests.factories.inspections import make_line, make_result
from tests.inspections.measured import FIRST, LAST, make_inspector, measured


def test_checks_are_counted_by_inspector_line_quarter_and_month(world, django_assert_num_queries):
    person, line = make_inspector(world.ours.city, "甲"), make_line(world.ours)
    for item, day, verdict in (
        (0, date(2026, 3, 31), Verdict.PASS),
        (0, date(2026, 4, 1), Verdict.FAIL),
        (1, date(2026, 4, 1), Verdict.FAIL),
        (2, date(2026, 4, 1), Verdict.NOT_APPLICABLE),
    ):
        make_result(line, item=item, day=day, verdict=verdict, inspector=person)
    make_result(line, day=date(2026, 4, 1))
    make_result(make_line(world.theirs), day=date(2026, 4, 1), inspector=world.person("their quality_manager"))
    with django_assert_num_queries(3):
        material, lines = calibration_material(world.ours.root, FIRST, LAST)
    assert lines == {str(person.pk): [line.pk]}
    assert [(one.stratum, one.month, one.passed, one.total) for one in material.tallies] == [
        (f"{line.pk}/2026Q1", "2026-03", 1, 1),
        (f"{line.pk}/2026Q2", "2026-04", 0, 2),
    ]
    assert [one.answers.count(",") for one in material.visits] == [0, 1]
    assert material.pairs == []


def test_checks_made_twice_become_pairs_when_the_task_is_done(world, actor):
    measured(world.ours, estates=1)
    quality = actor("quality_manager")
    first, second = reinspections_draw(actor=quality, start=FIRST, end=LAST, count=2, due_on=date(2026, 11, 30), seed="1")
    given = {result.pk: Opinion(Verdict.FAIL, Grade.MAJOR) for result in first.visit.results.all()}
    skipped = min(given)
    given[skipped] = Opinion(Verdict.NOT_APPLICABLE)
    reinspection_answer(actor=actor_for_person(first.inspector), reinspection=first, opinions=given)
    pairs = calibration_material(world.ours.root, FIRST, LAST)[0].pairs
    assert len(pairs) == len(given) - 1 == SecondOpinion.objects.count() - 1
    assert {(one.first, one.second, one.second_answer) for one in pairs} == {
        (str(first.visit.inspector_id), str(first.inspector_id), "major")
    }
    assert second.state == "open"


def test_words():
    assert [answer_word(Verdict.PASS, Grade.MINOR), answer_word(Verdict.FAIL, Grade.CRITICAL)] == ["pass", "critical"]

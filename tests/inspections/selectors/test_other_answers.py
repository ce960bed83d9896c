from datetime import UTC, datetime, timedelta

import pytest

from duban.inspections.models import CheckResult, OtherAnswer, Visit
from duban.inspections.selectors.other_answers import other_answer_get, second_answers
from duban.kernel.errors import NotAllowed, NotFound
from duban.platform.files.services import attach, store_file
from tests.factories.inspections import items_of, make_line, make_place, make_task
from tests.inspections.test_services import photo

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def task(world):
    return make_task(make_line(world.ours), places=[make_place(world.ours.estate, "大堂")])


@pytest.fixture
def other(world, task):
    """An answer of our quality manager beside the earlier one of our inspector."""
    people = world.ours.people
    visits = [
        Visit.objects.create(task=task, line=task.line, inspector=people[role], day=NOON.date())
        for role in ("quality_inspector", "quality_manager")
    ]
    result = CheckResult.objects.create(
        line=task.line,
        item=items_of(task.line)[0],
        place=task.places.get(),
        visit=visits[0],
        inspector=people["quality_inspector"],
        day=NOON.date(),
        at=NOON,
        verdict=1,
    )
    return OtherAnswer.objects.create(
        result=result,
        visit=visits[1],
        inspector=people["quality_manager"],
        at=NOON + timedelta(minutes=5),
        verdict=0,
        severity=1,
        note="积灰",
    )


def test_a_second_answer_stands_at_the_result_and_in_the_round(actor, world, task, other):
    attach(actor=actor("finance"), target=other, file=store_file(actor=actor("finance"), source=photo()), name="a.jpg")
    seen = second_answers(actor("quality_inspector"), other.result)
    assert second_answers(actor("quality_inspector"), task) == seen
    assert [(one.answer, one.inspector, one.counted_by, len(one.photos)) for one in seen] == [
        (other, world.person("quality_manager").name, world.person("quality_inspector").name, 1)
    ]


def test_a_vendor_reads_no_names(actor, other):
    assert [(one.inspector, one.counted_by) for one in second_answers(actor("vendor_manager"), other.result)] == [("", "")]


def test_others_see_none(actor, task, other):
    assert second_answers(actor("their quality_manager"), task) == []
    with pytest.raises(NotAllowed):
        second_answers(actor("panel_expert"), task)


@pytest.mark.parametrize("code", ["OA-x", "OA-999", "OA-" + "9" * 30, "CR-²"])
def test_what_has_no_such_code_is_not_found(actor, other, code):
    with pytest.raises(NotFound):
        other_answer_get(actor("quality_manager"), code)
    assert other_answer_get(actor("quality_manager"), other.code) == other

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from duban.inspections.domain.rows import CheckRow
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckPhoto, CheckResult, Finding, OtherAnswer, Visit
from duban.inspections.services import record_results
from duban.inspections.services.doubling import keep_others, split_rows
from duban.platform.audit.models import AuditEntry
from duban.platform.files.selectors import attachments_of
from duban.platform.files.services import store_file
from tests.factories.inspections import items_of, make_line, make_place, make_task
from tests.inspections.test_services import photo

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def hall(world):
    return make_place(world.ours.estate, "大堂")


@pytest.fixture
def task(line, hall):
    return make_task(line, places=[hall])


@pytest.fixture
def row(line, hall, task, actor):
    """An answer of somebody, some minutes after noon."""

    def make(role="quality_inspector", minutes=0, verdict=Verdict.PASS, **more):
        person = actor(role).person_id
        at = NOON + timedelta(minutes=minutes)
        visit, _ = Visit.objects.get_or_create(task=task, line=line, inspector_id=person, day=at.date())
        ground = {"line_id": line.pk, "item_id": items_of(line)[0].pk, "place_id": hall.pk, "day": at.date(), "at": at}
        more = {"client_id": uuid4(), **more}
        return CheckRow(**ground, verdict=verdict, inspector_id=person, visit_id=visit.pk, **more)

    return make


@pytest.fixture
def take(actor):
    """Take rows in as the phone's door does."""

    def run(*rows, role="quality_inspector"):
        first, others = split_rows(rows)
        record_results(actor=actor(role), rows=first)
        return keep_others(actor=actor(role), others=others)

    return run


def test_a_later_answer_is_kept_beside_the_first(row, take):
    take(row(note="clean"))
    late = row("quality_manager", 5, Verdict.FAIL, note="dusty", severity=Grade.CRITICAL)
    other = take(late, role="quality_manager")[late.client_id]
    assert (other.verdict, other.severity, other.note, other.inspector_id) == (0, 2, "dusty", late.inspector_id)
    assert str(other) == other.code == f"OA-{other.pk}"
    assert (CheckResult.objects.get().note, Finding.objects.count()) == ("clean", 0)
    assert AuditEntry.objects.filter(action="second_answer").count() == 1


def test_the_grade_of_the_item_is_taken_where_none_is_given(row, take, line):
    take(row())
    take(row("quality_manager", 5, Verdict.FAIL), role="quality_manager")
    assert OtherAnswer.objects.get().severity == Grade.of(items_of(line)[0].severity)


def test_an_earlier_answer_that_comes_later_takes_the_place(actor, row, take):
    counted = row(minutes=30, verdict=Verdict.FAIL, note="dusty", severity=Grade.MAJOR)
    take(counted)
    result = CheckResult.objects.get()
    picture = store_file(actor=actor("finance"), source=photo())
    CheckPhoto.objects.create(check_result=result, file=picture)
    CheckResult.objects.update(photo_count=1)
    early = row("quality_manager", note="clean", value=3)
    other = take(early, role="quality_manager")[counted.client_id]
    result.refresh_from_db()
    assert (result.verdict, result.note, result.at, result.client_id) == (1, "clean", NOON, early.client_id)
    assert (result.inspector_id, result.visit_id) == (early.inspector_id, early.visit_id)
    assert (result.value, result.photo_count) == (3, 0)
    assert Finding.objects.get().state == "withdrawn"
    assert (other.verdict, other.severity, other.note, other.at) == (0, 1, "dusty", counted.at)
    assert [each.file for each in attachments_of(other)] == [picture]
    assert not CheckPhoto.objects.exists()


def test_an_earlier_fault_opens_its_finding(row, take):
    take(row(minutes=30))
    take(row("quality_manager", verdict=Verdict.FAIL, severity=Grade.MAJOR), role="quality_manager")
    assert (Finding.objects.get().state, Finding.objects.get().severity) == ("open", 1)


def test_two_of_one_delivery_are_told_apart(row, take):
    early, late = row(), row(minutes=1, verdict=Verdict.NOT_APPLICABLE)
    take(early, late)
    assert CheckResult.objects.get().client_id == early.client_id
    assert OtherAnswer.objects.get().client_id == late.client_id


def test_what_is_stored_is_not_taken_in_again(row, take):
    early, late = row(), row("quality_manager", 5)
    take(early)
    take(late, role="quality_manager")
    assert split_rows([early, late]) == ([], [])


def test_who_sees_the_line_sees_them(row, take, actor):
    take(row(), row(minutes=1))
    roles = ("quality_inspector", "their quality_inspector")
    assert [OtherAnswer.objects.for_actor(actor(role)).count() for role in roles] == [1, 0]


def test_what_was_recorded_in_the_office_gives_way_too(row, take):
    take(row(minutes=30, verdict=Verdict.FAIL, severity=Grade.MAJOR, client_id=None))
    early = row("quality_manager")
    take(early, role="quality_manager")
    assert CheckResult.objects.get().client_id == early.client_id
    assert (OtherAnswer.objects.get().client_id, OtherAnswer.objects.get().verdict) == (None, 0)

import io
from datetime import date
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from duban.inspections.domain.rows import CheckRow, Recorded
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.domain.visits import VisitInput, VisitLine
from duban.inspections.models import CheckResult, Finding, Visit
from duban.inspections.services import (
    add_finding_photos,
    add_photos,
    correct_result,
    move_finding,
    record_results,
    record_visit,
)
from duban.inspections.services.checking import MAX_ERRORS
from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.kernel.metrics import EvidenceChanged
from duban.platform.audit.models import AuditEntry
from tests.factories.inspections import items_of, make_line, make_place

DAY = date(2026, 10, 5)
CLIENT = UUID("01930000-0000-7000-8000-000000000001")


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def announced(monkeypatch):
    events = []
    for module in ("recording", "findings", "opening", "correcting"):
        monkeypatch.setattr(f"duban.inspections.services.{module}.announce", events.append)
    return events


def rows_of(line, *verdicts, **more):
    items = items_of(line)
    return [
        CheckRow(line_id=line.pk, item_id=items[index].pk, day=DAY, verdict=verdict, **more)
        for index, verdict in enumerate(verdicts)
    ]


def photo(name="a.jpg", colour="red"):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def test_recording_opens_a_finding_for_each_failure_and_announces_the_days(actor, line, announced):
    done = record_results(actor=actor("quality_inspector"), rows=rows_of(line, Verdict.FAIL, Verdict.FAIL, Verdict.PASS))
    assert done == Recorded(3, 0, 2)
    findings = Finding.objects.order_by("id")
    assert [(finding.code, finding.state, finding.severity, finding.due_on) for finding in findings] == [
        ("FD-2026-0001", "open", Grade.MINOR, date(2026, 10, 13)),
        ("FD-2026-0002", "open", Grade.MAJOR, date(2026, 10, 10)),
    ]
    pairs = [event.pairs for event in announced if isinstance(event, EvidenceChanged)]
    assert pairs == [((line.pk, date(2026, 10, 10)), (line.pk, date(2026, 10, 13))), ((line.pk, DAY),)]
    assert AuditEntry.objects.filter(action="record_results").count() == 1


def test_a_repeated_delivery_changes_nothing(actor, line):
    row = rows_of(line, Verdict.FAIL, client_id=CLIENT)
    assert record_results(actor=actor("quality_inspector"), rows=row * 2) == Recorded(1, 1, 1)
    assert record_results(actor=actor("quality_inspector"), rows=row) == Recorded(0, 1, 0)
    assert (CheckResult.objects.count(), Finding.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("role", "refusal"),
    [("finance", NotAllowed), ("vendor_manager", NotAllowed), ("their quality_manager", NotFound), ("stranger", NotFound)],
)
def test_only_who_may_record_does(actor, line, role, refusal):
    with pytest.raises(refusal):
        record_results(actor=actor(role), rows=rows_of(line, Verdict.FAIL))
    assert CheckResult.objects.count() == 0


def test_rows_that_do_not_fit_are_named_and_nothing_is_written(actor, world, line):
    other = make_place(world.ours.estate_two, "外楼")
    theirs = make_line(world.theirs)
    item = items_of(line)[0].pk
    rows = [
        CheckRow(line.pk, item, date(2025, 12, 31), Verdict.PASS),
        CheckRow(line.pk, item, date(2026, 11, 24), Verdict.PASS),
        CheckRow(line.pk, items_of(theirs)[0].pk, DAY, Verdict.PASS),
        CheckRow(line.pk, item, DAY, Verdict.PASS, place_id=other.pk),
        CheckRow(line.pk, item, DAY, Verdict.PASS),
    ]
    with pytest.raises(Invalid) as refused:
        record_results(actor=actor("quality_manager"), rows=rows)
    assert [error.field for error in refused.value.errors] == ["rows.0.day", "rows.1.day", "rows.2.item", "rows.3.place"]
    assert CheckResult.objects.count() == 0


def test_an_item_of_another_service_is_refused_and_at_most_fifty_faults_are_named(actor, world, line):
    greening = make_line(world.ours, service_line="greening", estate=world.ours.estate_two)
    row = CheckRow(line.pk, items_of(greening)[0].pk, DAY, Verdict.PASS)
    with pytest.raises(Invalid) as refused:
        record_results(actor=actor("quality_manager"), rows=[row] * (MAX_ERRORS + 5))
    errors = refused.value.errors
    assert [error.field for error in errors] == [f"rows.{number}.item" for number in range(MAX_ERRORS)]
    assert {error.message for error in errors} == {"The item belongs to another service line."}


def test_recording_costs_no_statement_per_row(actor, line):
    inspector = actor("quality_inspector")
    costs = []
    for times in (1, 100):
        with CaptureQueriesContext(connection) as captured:
            record_results(actor=inspector, rows=rows_of(line, Verdict.FAIL, Verdict.FAIL, Verdict.PASS) * times)
        costs.append(len(captured))
    assert costs[0] <= 28
    assert costs[1] - costs[0] <= 4


def test_a_finding_goes_from_vendor_to_inspector_and_back(actor, line, announced):
    record_results(actor=actor("quality_inspector"), rows=rows_of(line, Verdict.FAIL))
    finding = Finding.objects.get()
    with pytest.raises(Invalid):
        move_finding(actor=actor("vendor_manager"), finding=finding, move="rectify")
    with pytest.raises(NotAllowed):
        move_finding(actor=actor("rival_manager"), finding=finding, move="rectify", note="完成")
    moved = move_finding(actor=actor("vendor_foreman"), finding=finding, move="rectify", note="已擦拭")
    assert (moved.state, moved.rectified_on) == ("rectified", date(2026, 11, 23))
    with pytest.raises(NotAllowed):
        move_finding(actor=actor("vendor_manager"), finding=finding, move="close")
    again = move_finding(actor=actor("quality_inspector"), finding=finding, move="reopen", note="仍有灰")
    assert (again.state, again.rectified_on) == ("reopened", None)
    move_finding(actor=actor("vendor_manager"), finding=finding, move="rectify", note="再次擦拭")
    closed = move_finding(actor=actor("quality_inspector"), finding=finding, move="close")
    assert (closed.state, closed.closed_on) == ("closed", date(2026, 11, 23))
    with pytest.raises(WrongState):
        move_finding(actor=actor("quality_inspector"), finding=finding, move="close")


def test_a_correction_takes_its_finding_along(actor, line, announced):
    manager = actor("quality_manager")
    record_results(actor=manager, rows=rows_of(line, Verdict.FAIL))
    result = CheckResult.objects.get()
    announced.clear()
    correct_result(actor=manager, result=result, verdict=Verdict.PASS, severity=Grade.MINOR, reason="点错")
    assert (CheckResult.objects.get().verdict, Finding.objects.get().state) == (Verdict.PASS, "withdrawn")
    assert EvidenceChanged("inspections", ((line.pk, DAY),)) in announced
    correct_result(actor=manager, result=result, verdict=Verdict.FAIL, severity=Grade.CRITICAL, reason="确实不合格")
    finding = Finding.objects.get()
    assert (finding.state, finding.severity) == ("open", Grade.CRITICAL)
    with pytest.raises(Invalid):
        correct_result(actor=manager, result=result, verdict=Verdict.PASS, severity=Grade.MINOR, reason=" ")
    with pytest.raises(NotAllowed):
        correct_result(actor=actor("vendor_manager"), result=result, verdict=Verdict.PASS, severity=Grade.MINOR, reason="不服")


def test_a_note_corrected_on_a_passed_result_opens_nothing(actor, line):
    manager = actor("quality_manager")
    record_results(actor=manager, rows=rows_of(line, Verdict.PASS))
    result = CheckResult.objects.get()
    again = correct_result(
        actor=manager, result=result, verdict=Verdict.PASS, severity=Grade.MAJOR, reason="补记", note="已核对"
    )
    assert (again.note, again.severity) == ("已核对", Grade.MINOR)
    assert not Finding.objects.exists()


def test_a_passed_result_corrected_to_failed_opens_a_finding(actor, line):
    record_results(actor=actor("quality_manager"), rows=rows_of(line, Verdict.PASS))
    correct_result(
        actor=actor("quality_manager"),
        result=CheckResult.objects.get(),
        verdict=Verdict.FAIL,
        severity=Grade.MAJOR,
        reason="照片可见",
    )
    assert Finding.objects.get().severity == Grade.MAJOR


def test_a_visit_keeps_results_and_photos(actor, line):
    items = items_of(line)
    entry = VisitInput(
        day=DAY,
        lines=(
            VisitLine(items[0].pk, Verdict.FAIL, Grade.MAJOR, photos=(photo(), photo())),
            VisitLine(items[1].pk, Verdict.PASS),
        ),
    )
    visit = record_visit(actor=actor("quality_inspector"), line=line, entry=entry)
    assert [(result.verdict, result.severity, result.photo_count) for result in visit.results.order_by("id")] == [
        (0, 1, 1),
        (1, 0, 0),
    ]
    assert visit.code == "IN-2026-0001"


def test_an_empty_visit_is_refused(actor, line):
    with pytest.raises(Invalid):
        record_visit(actor=actor("quality_inspector"), line=line, entry=VisitInput(day=DAY))
    assert Visit.objects.count() == 0


def test_photos_are_pictures_and_come_from_who_may(actor, line):
    record_results(actor=actor("quality_inspector"), rows=rows_of(line, Verdict.FAIL))
    result, finding = CheckResult.objects.get(), Finding.objects.get()
    assert add_photos(actor=actor("quality_inspector"), result=result, uploads=[photo(), photo(colour="blue")]) == 2
    assert CheckResult.objects.get().photo_count == 2
    assert add_photos(actor=actor("quality_inspector"), result=result, uploads=[photo()]) == 0
    assert AuditEntry.objects.filter(action="attach").count() == 1
    assert add_finding_photos(actor=actor("vendor_foreman"), finding=finding, uploads=[photo()]) == 1
    with pytest.raises(NotAllowed):
        add_photos(actor=actor("vendor_manager"), result=result, uploads=[photo()])
    with pytest.raises(NotAllowed):
        add_finding_photos(actor=actor("finance"), finding=finding, uploads=[photo()])
    with pytest.raises(Invalid):
        add_photos(
            actor=actor("quality_inspector"), result=result, uploads=[SimpleUploadedFile("a.jpg", b"%PDF-1.4 no picture")]
        )

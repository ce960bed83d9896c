from datetime import date

import pytest

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import CheckPhoto, Finding
from duban.inspections.selectors import (
    checklist_options,
    evidence_panel,
    finding_board,
    finding_counts,
    finding_get,
    finding_list,
    finding_page,
    items_to_check,
    line_to_inspect,
    lines_to_inspect,
    places_to_check,
    result_get,
    result_page,
    results_after,
    visit_list,
)
from duban.inspections.selectors.evidence import PHOTOS_PER_ROW, Miss, photos_by_result, repeats_among
from duban.kernel.errors import NotAllowed, NotFound
from duban.kernel.evidence import Cluster
from duban.platform.files.selectors import file_url
from duban.platform.files.services import store_file
from duban.standards.models import Checklist
from tests.factories.inspections import items_of, make_line, make_place, make_result
from tests.inspections.test_services import photo

START, END = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def floor(world):
    return make_place(world.ours.estate, "18层", make_place(world.ours.estate, "11栋"))


def make_finding(result, **more):
    values = {"severity": result.severity, "found_on": result.day, "due_on": date(2026, 10, 12), "state": "open"}
    return Finding.objects.create(
        check_result=result, line=result.line, item=result.item, place=result.place, **{**values, **more}
    )


def test_the_panel_sums_up_clusters_repeats_and_photos(actor, line, floor):
    make_result(line, place=floor, day=date(2026, 9, 1))
    shown = make_result(line, place=floor, photo_count=1)
    file = store_file(actor=actor("quality_manager"), source=photo())
    CheckPhoto.objects.create(check_result=shown, file=file)
    plain = make_result(line, item=1, day=date(2026, 10, 20))
    make_result(line, item=2)
    make_result(line, item=0, verdict=Verdict.PASS)
    panel = evidence_panel(actor("vendor_manager"), line.pk, "inspections.pass_rate:floors", START, END)
    assert (panel.counted, panel.missed, panel.repeats) == (3, 2, 1)
    assert panel.places == (Cluster("11栋", 1),)
    assert [cluster.label for cluster in panel.subjects] == ["floors.handrail", "floors.lamp"]
    assert [row.code for row in panel.rows] == [shown.code, plain.code]
    assert len(panel.photos) == 1
    assert evidence_panel(actor("auditor"), line.pk, "inspections.pass_rate", START, END).missed == 3


def test_of_many_photos_the_first_four_are_shown(actor, line):
    shown = make_result(line, photo_count=PHOTOS_PER_ROW + 1)
    for number in range(PHOTOS_PER_ROW + 1):
        file = store_file(actor=actor("quality_manager"), source=photo(colour=(number * 40, 0, 0)))
        CheckPhoto.objects.create(check_result=shown, file=file, taken_at=shown.at)
    first = [file_url(shown, photo.file, variant="thumb") for photo in CheckPhoto.objects.order_by("id")[:PHOTOS_PER_ROW]]
    assert [one.thumbnail_url for one in photos_by_result([shown])[shown.pk]] == first


def test_the_panel_costs_the_same_however_many_misses(actor, line, django_assert_num_queries):
    auditor = actor("auditor")
    for count in (1, 6):
        for _ in range(count):
            make_result(line)
        with django_assert_num_queries(6):
            evidence_panel(auditor, line.pk, "inspections.pass_rate", START, END)


def test_the_panel_of_rectification_shows_what_is_late(actor, line, floor):
    late = make_finding(make_result(line, place=floor))
    make_finding(make_result(line, item=1), rectified_on=date(2026, 10, 12), state="rectified")
    panel = evidence_panel(actor("auditor"), line.pk, "inspections.rectified_on_time", START, END)
    assert (panel.counted, panel.missed, panel.places) == (2, 1, (Cluster("11栋", 1),))
    assert [row.code for row in panel.rows] == [late.code]


def test_the_panel_is_closed_to_others(actor, line):
    for role in ("rival_manager", "their quality_manager"):
        with pytest.raises(NotFound):
            evidence_panel(actor(role), line.pk, "inspections.pass_rate", START, END)
    with pytest.raises(NotAllowed):
        evidence_panel(actor("vendor_worker"), line.pk, "inspections.pass_rate", START, END)


def test_a_repeat_is_the_same_item_at_the_same_place_within_ninety_days():
    def miss(pk, day, item=1, place=1):
        return Miss(pk, day, item, "", place, "", "", 0)

    misses = [
        miss(1, date(2026, 7, 3)),
        miss(2, START),
        miss(3, START),
        miss(4, START, place=2),
        miss(5, date(2026, 10, 9), item=1),
    ]
    assert repeats_among(misses, START) == {2, 5}
    assert repeats_among([miss(1, date(2026, 7, 2)), miss(2, START)], START) == set()


def test_the_board_counts_every_state_and_shows_what_is_due_first(actor, line):
    second = make_finding(make_result(line, item=1), due_on=date(2026, 11, 30))
    first = make_finding(make_result(line))
    make_finding(make_result(line, item=2), state="closed", closed_on=date(2026, 9, 1))
    board = finding_board(actor("vendor_manager"))
    assert [(column.state, column.count) for column in board] == [("open", 2), ("reopened", 0), ("rectified", 0), ("closed", 1)]
    assert board[0].findings == (first, second)
    assert [finding.is_late for finding in board[0].findings] == [True, False]
    assert board[3].findings == ()
    assert finding_counts(actor("their auditor"))["open"] == 0
    assert list(finding_list(actor("rival_manager"))) == []


def test_a_finding_knows_its_earlier_ones(actor, line, floor):
    earlier = make_finding(make_result(line, place=floor, day=date(2026, 9, 1)))
    make_finding(make_result(line, place=None, day=date(2026, 9, 2)))
    finding = finding_get(actor("auditor"), make_finding(make_result(line, place=floor)).code)
    assert finding_page(actor("auditor"), finding).earlier == (earlier,)


def test_a_finding_without_place_knows_those_without_place(actor, line):
    earlier = make_finding(make_result(line, day=date(2026, 9, 1)))
    finding = finding_get(actor("auditor"), make_finding(make_result(line)).code)
    assert finding_page(actor("auditor"), finding).earlier == (earlier,)


def test_a_result_is_read_by_its_code(actor, line):
    result = make_result(line)
    assert result_page(actor("vendor_manager"), result_get(actor("vendor_manager"), result.code)).can_correct is False
    assert list(results_after(actor("auditor"), result.code, None, None)) == []
    assert list(results_after(actor("auditor"), "", START, END)) == [result]
    assert list(visit_list(actor("auditor"))) == []


def test_who_may_inspect_chooses_lines_items_and_places(actor, world, line, floor):
    assert list(lines_to_inspect(actor("quality_inspector"), START)) == [line]
    assert list(lines_to_inspect(actor("vendor_manager"), START)) == []
    assert list(lines_to_inspect(actor("quality_inspector"), date(2027, 1, 1))) == []
    with pytest.raises(NotFound):
        line_to_inspect(actor("their quality_manager"), line.pk)
    assert items_to_check(line, None) == items_of(line)
    checklist = Checklist.objects.get(standard=line.standard)
    checklist.items.set(items_of(line)[2:])
    assert list(checklist_options(actor("quality_inspector"), line)) == [checklist]
    assert list(checklist_options(actor("quality_inspector"), None)) == []
    assert items_to_check(line, checklist) == items_of(line)[2:]
    assert [label for _, label in places_to_check(line)] == ["11栋", "11栋 18层"]

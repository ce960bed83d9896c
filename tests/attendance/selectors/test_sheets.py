from datetime import date, timedelta

import pytest

from duban.attendance.models import Assignment, Roster
from duban.attendance.selectors.sheets import NOT_THE_VENDOR, roster_export_rows, sheet_problems
from duban.estates.models import Post
from duban.platform.exports.services import write_export
from duban.platform.imports import ImportRow
from duban.platform.imports.services import run_import
from tests.factories.attendance import make_assignment, make_post, make_roster, make_worker
from tests.factories.inspections import make_line
from tests.platform.imports.files import write_xlsx

MONDAY = date(2026, 10, 5)
HEADINGS = ["合同编号", "合同行", "岗位", "班次", "周", "周一", "周二", "周三", "周四", "周五", "周六", "周日"]


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world):
    return make_post(world.ours.estate)


@pytest.fixture
def worker(world):
    return make_worker(world.ours.vendor)


def sheet(line, *cells, post="东门岗", shift="白班", week="2026-10-07"):
    return [line.contract.code, "1", post, shift, week, *cells, *[""] * (7 - len(cells))]


def brought(tmp_path, world, *rows, name="vendor_manager"):
    path = write_xlsx(tmp_path / "a.xlsx", HEADINGS, [*rows])
    return run_import(path, kind="rosters", actor=world.actor(name))


def test_a_sheet_makes_fills_and_changes_drafts(tmp_path, world, line, post, worker):
    make_post(world.ours.estate, "西门岗")
    rows = (sheet(line, "王小明", worker.code, "休", "假", "空岗"), sheet(line, post="西门岗"))
    first = brought(tmp_path, world, *rows)
    assert (first.stage, first.created_count, first.unchanged_count) == ("done", 1, 1)
    assert Roster.objects.get().week == MONDAY
    planned = ["work", "work", "rest", "leave", "vacant"]
    assert list(Assignment.objects.order_by("day").values_list("planned", flat=True)) == planned
    second = brought(tmp_path, world, sheet(line, "休"), sheet(line, "王小明", post="西门岗"))
    assert (second.created_count, second.updated_count) == (1, 1)
    third = brought(tmp_path, world, sheet(line, "休"))
    assert (third.created_count, third.updated_count, third.unchanged_count) == (0, 0, 1)
    assert Assignment.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"cells": ("张三",)}, "F"),
        ({"cells": ("李强",)}, "F"),
        ({"shift": "夜班"}, "D"),
        ({"post": "水电岗"}, "C"),
        ({"week": "2027-06-07", "cells": ("休",)}, "F"),
    ],
)
def test_a_faulty_row_refuses_the_sheet_and_says_where(tmp_path, world, line, post, worker, row, column):
    for name in ("李强", "李强"):
        make_worker(world.ours.vendor, name)
    Post.objects.filter(pk=make_post(world.ours.estate, "水电岗").pk).update(service_line="maintenance")
    good = sheet(line, "休", week="2026-10-12")
    run = brought(tmp_path, world, good, sheet(line, *row.get("cells", ()), **{key: row[key] for key in row if key != "cells"}))
    assert run.stage == "refused"
    assert column in {problem.column for problem in run.found_problems}
    assert not Assignment.objects.exists()


def test_published_weeks_and_lines_of_others_are_refused(tmp_path, world, line, post, worker):
    make_roster(line)
    run = brought(tmp_path, world, sheet(line, "休"))
    assert [problem.column for problem in run.found_problems] == ["E"]
    rival = make_line(world.ours, vendor=world.ours.rival, service_line="security", estate=world.ours.estate_two)
    run = brought(tmp_path, world, [rival.contract.code, *sheet(rival, "休")[1:]])
    assert run.stage == "refused"
    assert not Assignment.objects.exists()


def test_what_goes_out_comes_in_again_unchanged(tmp_path, world, line, post, worker):
    roster = make_roster(line, MONDAY, "draft")
    make_assignment(roster, post, MONDAY, worker)
    make_assignment(roster, post, MONDAY + timedelta(days=6))
    manager = world.actor("vendor_manager")
    assert write_export("rosters", tmp_path / "out.xlsx", actor=manager) == 1
    run = run_import(tmp_path / "out.xlsx", kind="rosters", actor=manager)
    assert (run.stage, run.unchanged_count) == ("done", 1)


def test_the_company_reads_masked_names_of_published_rosters(world, line, post, worker):
    make_assignment(make_roster(line), post, MONDAY, worker)
    make_assignment(make_roster(line, MONDAY + timedelta(days=7), "draft"), post, MONDAY + timedelta(days=7), worker)
    rows = list(roster_export_rows(world.actor("quality_manager")))
    assert [(row["week"], row["mon"]) for row in rows] == [(MONDAY, "王**")]
    assert [row["mon"] for row in roster_export_rows(world.actor("vendor_manager"))] == ["王小明", "王小明"]


def test_nobody_but_the_vendor_brings_in_rows(world, line, post):
    row = ImportRow(2, {"line": line.pk, "post": post.pk, "shift": "day", "week": MONDAY})
    for name in ("quality_manager", "group_admin", "rival_manager"):
        assert [problem.reason for problem in sheet_problems([row], actor=world.actor(name))] == [NOT_THE_VENDOR]
    assert list(sheet_problems([row], actor=world.actor("vendor_manager"))) == []


def test_a_person_without_the_credential_of_the_post_refuses_the_sheet(tmp_path, world, line, post, worker):
    post.required_credentials = ["guard"]
    post.save()
    run = brought(tmp_path, world, sheet(line, "休", "王小明"))
    assert run.stage == "refused"
    (problem,) = run.found_problems
    assert problem.column == "G"
    assert "2026-10-06: “Security guard card” is missing" in str(problem)
    assert not Assignment.objects.exists()

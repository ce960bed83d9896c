"""The engine from file to register, on real files."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.estates.models import Estate
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed, NotFound
from duban.platform.audit.models import AuditEntry
from duban.platform.imports.models import ImportRun, Stage
from duban.platform.imports.services import run_import
from tests.cast import World
from tests.platform.imports.estates import ESTATES
from tests.platform.imports.files import write_csv, write_xlsx

pytestmark = pytest.mark.django_db

HEADINGS = ["项目编号", "项目名称", "所属单位", "业态", "城市", "建筑面积(m²)", "户数"]
GOOD = [
    ["P001", "翠湖花园", "甲一项目部", "住宅", "上海", 1234.5, 320],
    ["P002", "金桥广场", "甲二项目部", "购物中心", "上海", "8,000.00", ""],
]


def _rows(*changes: tuple[int, int, object]) -> list[list[object]]:
    rows = [list(row) for row in GOOD]
    for row, place, value in changes:
        rows[row][place] = value
    return rows  # type: ignore[return-value]  # lists of lists of objects


@pytest.fixture
def run(tmp_path: Path, admin: Actor) -> Callable[..., ImportRun]:
    def do(rows: Sequence[Sequence[object]], headings: Sequence[str] = HEADINGS, **how: Any) -> ImportRun:
        path = write_xlsx(tmp_path / "estates.xlsx", headings, rows, **how)
        return run_import(path, kind="estates", actor=admin)

    return do


def _counts(run: ImportRun) -> tuple[str, int, int, int, int]:
    return run.stage, run.row_count, run.created_count, run.updated_count, run.unchanged_count


def _refusal(run: ImportRun) -> list[tuple[str, str]]:
    """Place and reason of every problem, after making sure that nothing changed."""
    assert run.stage == Stage.REFUSED
    assert (run.created_count, run.updated_count, run.unchanged_count) == (0, 0, 0)
    assert Estate.objects.exclude(external_number="").count() == 0
    assert ImportRun.objects.count() == 0
    assert AuditEntry.objects.count() == 0
    assert all(problem.mend for problem in run.found_problems)
    return [(problem.place, problem.why) for problem in run.found_problems]


def test_rows_are_created_with_their_values(run: Callable[..., ImportRun], world: World) -> None:
    assert _counts(run(GOOD)) == (Stage.DONE, 2, 2, 0, 0)
    first, second = Estate.objects.exclude(external_number="").order_by("external_number")
    assert (first.name, first.office, first.kind, first.area_m2, first.household_count) == (
        "翠湖花园",
        world.ours.project,
        "residential",
        Decimal("1234.50"),
        320,
    )
    assert (second.kind, second.area_m2, second.household_count, second.address) == ("mall", Decimal(8000), 0, "")
    assert first.code.startswith("ES-2026-")


def test_second_import_changes_nothing_and_third_updates(run: Callable[..., ImportRun]) -> None:
    run(GOOD)
    stamps = list(Estate.objects.order_by("pk").values_list("changed_at", flat=True))
    assert _counts(run(GOOD)) == (Stage.DONE, 2, 0, 0, 2)
    assert list(Estate.objects.order_by("pk").values_list("changed_at", flat=True)) == stamps
    assert _counts(run(_rows((1, 1, "金桥新广场")))) == (Stage.DONE, 2, 0, 1, 1)
    changed = Estate.objects.get(external_number="P002")
    assert (changed.name, changed.kind) == ("金桥新广场", "mall")
    assert changed.changed_at > stamps[-1]


def test_one_audit_entry_per_run(run: Callable[..., ImportRun], admin: Actor) -> None:
    done = run(GOOD)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.target_code, entry.person_id) == ("import", done.code, admin.person_id)
    assert entry.changes["created"] == [None, 2]
    assert entry.changes["sha256"] == [None, done.sha256]


def test_dry_run_counts_and_leaves_nothing(tmp_path: Path, admin: Actor) -> None:
    path = write_xlsx(tmp_path / "e.xlsx", HEADINGS, GOOD)
    run = run_import(path, kind="estates", actor=admin, dry_run=True)
    assert _counts(run) == (Stage.CHECKED, 2, 2, 0, 0)
    assert (Estate.objects.exclude(external_number="").count(), ImportRun.objects.count(), AuditEntry.objects.count()) == (
        0,
        0,
        0,
    )


def test_progress_is_told(tmp_path: Path, admin: Actor) -> None:
    told: list[tuple[int, int, str]] = []
    path = write_xlsx(tmp_path / "e.xlsx", HEADINGS, GOOD)
    run_import(path, kind="estates", actor=admin, progress=lambda *step: told.append(step))
    assert told == [(0, 2, "check"), (2, 2, "check"), (0, 2, "save"), (2, 2, "save")]


@pytest.mark.parametrize(
    "headings",
    [
        ["Estate number", "Estate name", "Office", "Kind", "City", "Area", "Households"],
        ["external_number", "小区名称", "所属 单位", "业态", "城市*", "建筑面积（平方米）", "户数"],
        ["项目编号＊", " 项目名称 ", "OFFICE", "kind", "City", "area [m2]", "HOUSEHOLDS"],
    ],
)
def test_headings_are_found_in_many_spellings(run: Callable[..., ImportRun], headings: list[str]) -> None:
    assert run(GOOD, headings).stage == Stage.DONE


def test_columns_may_come_in_any_order_with_a_title_above(tmp_path: Path, admin: Actor) -> None:
    order = [4, 2, 0, 1]
    rows = [[HEADINGS[place] for place in order], *([row[place] for place in order] for row in GOOD), [None], []]
    path = write_xlsx(tmp_path / "e.xlsx", ["在管项目一览"], rows)
    assert _counts(run_import(path, kind="estates", actor=admin)) == (Stage.DONE, 2, 2, 0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_every_usual_form(tmp_path: Path, admin: Actor, encoding: str, separator: str) -> None:
    headings = [*HEADINGS[:5], "建筑面积", "户数"]
    path = write_csv(tmp_path / "e.csv", headings, GOOD, encoding=encoding, separator=separator)
    assert _counts(run_import(path, kind="estates", actor=admin)) == (Stage.DONE, 2, 2, 0, 0)
    assert Estate.objects.get(external_number="P001").name == "翠湖花园"


@pytest.mark.parametrize(
    ("change", "place", "why"),
    [
        ((0, 0, ""), "A2", "The cell is empty, but a value is needed."),
        ((0, 1, "名" * 61), "B2", "The text has 61 characters; at most 60 are kept."),
        ((1, 1, date(2026, 1, 1)), "B3", "The cell holds a date, where a text is expected."),
        ((1, 2, "乙一项目部"), "C3", "Nothing is recorded under this code, or it lies outside what you may see."),
        ((1, 3, "别墅"), "D3", "This value is not one of those allowed."),
        ((1, 5, "约8000"), "F3", "This is not a number."),
        ((1, 5, "80.125"), "F3", "The number has more than 2 decimals."),
        ((1, 5, -1), "F3", "The value is below the least allowed, 0."),
        ((1, 6, 3.5), "G3", "This is not a whole number."),
        ((1, 6, 100_001), "G3", "The value is above the greatest allowed, 100000."),
        ((1, 6, True), "G3", "This is not a whole number."),
        ((1, 0, "P001"), "A3", "The same 项目编号 already stands in row 2."),
        ((0, 6, 5000), "F2", "1234.50 m² are too few for 5000 households."),
        ((1, 1, "拒绝"), "B3", "1 m² are too few for 2 households."),
        ((1, 1, "不收"), "", "The rows cannot be saved: The register is closed."),
    ],
)
def test_bad_cell_is_refused_with_its_place(
    run: Callable[..., ImportRun], change: tuple[int, int, object], place: str, why: str
) -> None:
    assert _refusal(run(_rows(change))) == [(place, why)]


def test_all_problems_are_told_at_once_with_heading_value_and_remedy(run: Callable[..., ImportRun]) -> None:
    refused = run(_rows((0, 5, "大"), (1, 3, "别墅"), (1, 0, "")))
    assert _refusal(refused) == [
        ("F2", "This is not a number."),
        ("A3", "The cell is empty, but a value is needed."),
        ("D3", "This value is not one of those allowed."),
    ]
    last = refused.found_problems[-1]
    assert (last.sheet, last.heading, last.value) == ("数据", "业态", "别墅")
    assert last.mend == "Write one of: 住宅 / Residential, 商场 / Mall."


@pytest.mark.parametrize(
    ("headings", "place", "why", "mend"),
    [
        ([*HEADINGS[:6], "备注"], "G1", "This heading is not known here.", "Delete the column or rename it; known are:"),
        (
            [*HEADINGS[:6], "总户数"],
            "G1",
            "This heading is not known here.",
            "Did you mean “户数”? Rename it, or delete the column.",
        ),
        ([*HEADINGS[:6], "业态"], "G1", "The column “业态” is there twice.", "Keep one of the two columns."),
    ],
)
def test_bad_heading_is_refused(run: Callable[..., ImportRun], headings: list[str], place: str, why: str, mend: str) -> None:
    refused = run(GOOD, headings)
    assert _refusal(refused) == [(place, why)]
    assert refused.found_problems[0].mend.startswith(mend)


def test_missing_heading_is_named(run: Callable[..., ImportRun]) -> None:
    refused = run([row[1:] for row in GOOD], HEADINGS[1:])
    assert _refusal(refused)[0] == ("1", "The column “项目编号 / Estate number” is missing.")


def test_value_without_heading_is_not_lost_silently(run: Callable[..., ImportRun]) -> None:
    assert _refusal(run([[*GOOD[0], "备注"], GOOD[1]])) == [("H2", "There is a value in a column without heading.")]


def test_formula_is_refused_even_with_a_cached_value(run: Callable[..., ImportRun]) -> None:
    refused = run(GOOD, formulas={"G3": "=SUM(1,1)"})
    assert _refusal(refused) == [("G3", "The cell holds a formula, whose result may change after the import.")]


def test_merged_cells_among_the_rows_are_refused(run: Callable[..., ImportRun]) -> None:
    places = dict(_refusal(run(GOOD, merged="E2:E3")))
    assert places["E2"] == "The cells E2:E3 are merged, so it is unclear which rows their value belongs to."


def test_formula_in_csv_is_refused(tmp_path: Path, admin: Actor) -> None:
    path = write_csv(tmp_path / "e.csv", HEADINGS, _rows((0, 1, '=HYPERLINK("http://x")')))
    assert _refusal(run_import(path, kind="estates", actor=admin)) == [
        ("B2", "The cell holds a formula, whose result may change after the import.")
    ]


def test_file_without_rows_is_refused(run: Callable[..., ImportRun]) -> None:
    assert _refusal(run([])) == [("", "There are headings but no rows below them.")]


def test_file_without_headings_is_refused(run: Callable[..., ImportRun]) -> None:
    assert _refusal(run(GOOD, ["甲", "乙"])) == [("", "No row of headings is found in the first 10 rows.")]


DAMAGED = "The workbook cannot be opened: it is damaged or protected by a password."
NOT_A_TABLE = "The file is neither an Excel workbook nor a text in UTF-8 or GBK."
BROKEN_CSV = "The text cannot be read as CSV near line {}: a quotation mark is open or a cell is far too long."
JUNK_SIZE = 10 * 1024 * 1024


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 broken", DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096, DAMAGED),
        (random.Random(1).randbytes(JUNK_SIZE), NOT_A_TABLE),
        (b"\x00" * 1000, NOT_A_TABLE),
        (b"a" * JUNK_SIZE, BROKEN_CSV.format(1)),
        (b"a\n" * (JUNK_SIZE // 2), "No row of headings is found in the first 10 rows."),
        ('项目编号,项目名称\nP1,"open'.encode(), BROKEN_CSV.format(2)),
    ],
    ids=["empty", "broken zip", "broken xls", "junk", "zeros", "one long word", "many words", "open quotation"],
)
def test_junk_is_refused(tmp_path: Path, admin: Actor, content: bytes, why: str) -> None:
    path = tmp_path / "junk.xlsx"
    path.write_bytes(content)
    assert why in [problem[1] for problem in _refusal(run_import(path, kind="estates", actor=admin))]


def test_file_and_row_limits(tmp_path: Path, admin: Actor, settings: Any) -> None:
    path = write_xlsx(tmp_path / "e.xlsx", HEADINGS, GOOD)
    settings.DUBAN_IMPORT_ROW_LIMIT = 1
    assert ("", "The file has more than 1 rows.") in _refusal(run_import(path, kind="estates", actor=admin))
    settings.DUBAN_IMPORT_LIMIT = 1024
    assert _refusal(run_import(path, kind="estates", actor=admin)) == [("", "The file is larger than 0 MB.")]


def test_unknown_kind_and_missing_right(tmp_path: Path, admin: Actor, world: World) -> None:
    path = write_xlsx(tmp_path / "e.xlsx", HEADINGS, GOOD)
    with pytest.raises(NotFound, match="Known are: estates"):
        run_import(path, kind="nothing", actor=admin)
    for role in ("finance", "procurement", "vendor_manager"):
        with pytest.raises(NotAllowed):
            run_import(path, kind="estates", actor=world.ours.actor(role))
    assert Estate.objects.exclude(external_number="").count() == 0


def test_statements_do_not_grow_with_rows(tmp_path: Path, admin: Actor) -> None:
    counts = []
    for size in (5, 500):
        rows = [[f"Q{size}-{number}", "翠湖", "甲一项目部", "住宅", "上海", 1, 0] for number in range(size)]
        path = write_xlsx(tmp_path / "e.xlsx", HEADINGS, rows)
        with CaptureQueriesContext(connection) as captured:
            run_import(path, kind="estates", actor=admin)
        counts.append(len(captured))
    assert counts[1] <= counts[0] + 2


def test_problems_are_capped_but_counted(run: Callable[..., ImportRun]) -> None:
    refused = run([["P1", "", "甲一项目部", "住宅", "上海", 1, 0]] * 1200)
    assert (refused.problem_count, len(refused.problems)) == (1200, 1000)


def test_what_the_service_refuses_is_named_field_by_field(
    run: Callable[..., ImportRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_rows: object, **_how: object) -> None:
        raise Invalid(errors=(FieldError("name", "Too long by {count}.", {"count": 3}),))

    monkeypatch.setattr("tests.platform.imports.estates.save", refuse)
    found = run(GOOD)
    assert (found.stage, Estate.objects.filter(external_number="P001").exists()) == (Stage.REFUSED, False)
    assert "name: Too long by 3." in str(found.problems)


def test_an_import_without_a_right_of_its_own_needs_the_general_one(
    tmp_path: Path, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.platform.imports.estates.ESTATES", replace(ESTATES, permission=""))
    path = write_xlsx(tmp_path / "estates.xlsx", HEADINGS, GOOD)
    assert run_import(path, kind="estates", actor=admin).stage == Stage.DONE

"""Lookups and checks over all rows, asked once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from duban.kernel.actor import Actor, system_actor
from duban.platform.imports import ImportRow, RowProblem
from duban.platform.imports.columns import Code, Reference
from duban.platform.imports.importer import Importer
from duban.platform.imports.reading import Reading
from duban.platform.imports.resolving import check, resolve
from tests.platform.imports.estates import TOO_SMALL_FOR_HOUSEHOLDS

HERE = "tests.platform.imports.test_resolving"
ACTOR = system_actor("/1/")
asked: list[set[Any]] = []


def contracts(codes: set[Any], *, actor: Actor) -> Mapping[Any, int]:
    """Numbers end in their key; those that end in 9 are nobody's."""
    assert actor is ACTOR
    asked.append(codes)
    return {code: int(str(code[-1] if isinstance(code, tuple) else code)[-1]) for code in codes if "9" not in str(code)}


def odd_rows(rows: Sequence[ImportRow], *, actor: Actor) -> Iterator[RowProblem]:
    assert actor is ACTOR
    return (row.problem("line", TOO_SMALL_FOR_HOUSEHOLDS, area=1, count=2) for row in rows if row.number % 2)


IMPORTER = Importer(
    kind="samples",
    label="Samples",
    columns=(
        Code("contract", zh="合同编号", en="Contract"),
        Reference("line", zh="合同行", en="Line", also=("contract",), lookup=f"{HERE}.contracts"),
        Reference("backup", zh="备用合同", en="Backup", lookup=f"{HERE}.contracts"),
    ),
    save="",
)


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


def _reading(*rows: tuple[str, str, str | None], importer: Importer = IMPORTER) -> Reading:
    found = Reading(importer, places={"contract": 0, "line": 1, "backup": 2})
    found.rows = [
        ImportRow(number, {"contract": contract, "line": line, "backup": backup})
        for number, (contract, line, backup) in enumerate(rows, start=2)
    ]
    return found


def test_keys_take_the_place_of_codes_by_one_question_a_column() -> None:
    found = _reading(("CT-1", "1", "CT-2"), ("CT-1", "2", None), ("CT-1", "1", ""))
    resolve(found, actor=ACTOR)
    assert [(row["line"], row["backup"]) for row in found.rows] == [(1, 2), (2, None), (1, "")]
    assert asked == [{("CT-1", "1"), ("CT-1", "2")}, {"CT-2"}]


def test_unknown_codes_take_their_rows_out_and_every_one_is_named() -> None:
    found = _reading(("CT-1", "9", "CT-9"), ("CT-1", "1", "CT-2"))
    resolve(found, actor=ACTOR)
    assert [problem.place for problem in found.problems] == ["B2", "C2"]
    assert [row.number for row in found.rows] == [3]


def test_nothing_is_asked_where_no_row_names_anything() -> None:
    resolve(_reading(("", "", None)), actor=ACTOR)
    assert asked == []


def test_the_check_of_the_app_sees_the_sound_rows() -> None:
    found = _reading(("CT-1", "1", None), ("CT-1", "2", None), importer=replace(IMPORTER, check=f"{HERE}.odd_rows"))
    check(found, actor=ACTOR)
    assert [(problem.place, problem.value) for problem in found.problems] == [("B3", "2")]


def test_an_importer_without_a_check_finds_nothing() -> None:
    found = _reading(("CT-1", "1", None))
    check(found, actor=ACTOR)
    assert found.problems == []

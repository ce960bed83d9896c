"""Writing an export as workbook, CSV or JSON lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from django.utils.module_loading import import_string
from django.utils.translation import override

from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.text import mark
from duban.platform.exports.exporter import Exporter
from duban.platform.exports.selectors import exporter as exporter_of
from duban.platform.sheets.writers import csv_lines, json_lines, write_xlsx

Rows = Iterable[Mapping[str, object]]
FORMS = ("xlsx", "csv", "jsonl")
DEFAULT_LANGUAGE = "zh-hans"


def write_export(
    kind: str,
    target: Path | str | IO[bytes],
    *,
    actor: Actor,
    form: str = "xlsx",
    language: str = DEFAULT_LANGUAGE,
    rows: Rows | None = None,
) -> int:
    """Write everything of one kind that the actor may see, or just `rows`, and return the number of rows.

    Rows come in the order of their natural key, so two exports of the same state are equal. JSON lines keep bare values
    and keys; workbook and CSV carry headings and labels in `language` and can be imported again. Raises `NotFound`,
    `NotAllowed`, `Invalid`.
    """
    exporter = exporter_of(kind)
    if form not in FORMS:
        raise Invalid(mark("“{form}” is not a form of export. Known are: {known}."), form=form, known=", ".join(FORMS))
    if exporter.permission:
        actor.require(exporter.permission)
    if rows is None:
        rows = cast("Callable[[Actor], Rows]", import_string(exporter.rows))(actor)
    with _opened(target) as stream, override(language):
        return _write(exporter, stream, rows, form, language)


def _write(exporter: Exporter, stream: IO[bytes], rows: Rows, form: str, language: str) -> int:
    if form == "jsonl":
        keys = [column.key for column in exporter.columns]
        return _write_lines(stream, json_lines(keys, ([row.get(key) for key in keys] for row in rows)))
    columns = [column.sheet_column(language) for column in exporter.columns]
    cells = ([column.write(row.get(column.key), language) for column in exporter.columns] for row in rows)
    if form == "csv":
        return _write_lines(stream, csv_lines(columns, cells)) - 1
    return write_xlsx(stream, columns, cells, sheet_name=str(exporter.label))


def _write_lines(stream: IO[bytes], lines: Iterable[str]) -> int:
    return sum(1 for line in lines if stream.write(line.encode()))


@contextmanager
def _opened(target: Path | str | IO[bytes]) -> Iterator[IO[bytes]]:
    if isinstance(target, Path | str):
        with Path(target).open("wb") as stream:
            yield stream
    else:
        yield target

"""What the XML of a workbook says that a value reader does not: formulas, merged cells, how far a sheet reaches."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from duban.platform.sheets import reasons
from duban.platform.sheets.problems import column_place, refuse

LARGEST_UNPACKED = 512 * 1024 * 1024
LARGEST_INDEX = 4 * 1024 * 1024
LARGEST_AREA = 20_000_000
CHUNK = 4 * 1024 * 1024
OVERLAP = 8 * 1024
MOST_FORMULAS = 2000
BROKEN = (zipfile.BadZipFile, zlib.error, ET.ParseError, OSError, EOFError, KeyError, ValueError, RuntimeError)

_CELL = rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*"
_ERROR = re.compile(_CELL.removesuffix(rb"[^>]*") + rb"[^>]*?\bt=\"e\"")
_FORMULA = re.compile(_CELL + rb">\s*<(?:\w+:)?f[\s/>]")
_FILLED = re.compile(_CELL.replace(rb"[^>]*?", rb"[^>/]*?").removesuffix(rb"[^>]*") + rb"[^>/]*>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class Merged:
    """A merged range, row numbers from 1, column places from 0, both ends inside."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class SheetFacts:
    """Cells with formulas and with error values as (row from 1, column from 0), in reading order, and merged ranges."""

    formulas: tuple[tuple[int, int], ...] = ()
    errors: tuple[tuple[int, int], ...] = ()
    merged: tuple[Merged, ...] = ()


def check_package(path: Path) -> None:
    """Refuse a package that is no .xlsx, is damaged, or unpacks to more than memory should hold."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            unpacked = sum(item.file_size for item in package.infolist())
    except BROKEN as error:
        raise refuse(reasons.DAMAGED) from error
    if "xl/workbook.xml" not in names:
        raise refuse(reasons.OTHER_FORMAT)
    if unpacked > LARGEST_UNPACKED:
        raise refuse(reasons.TOO_LARGE, limit=LARGEST_UNPACKED // 1024 // 1024)


def read_facts(path: Path) -> dict[str, SheetFacts]:
    """The facts of every sheet by its name. Refuses a sheet that reaches absurdly far, before anybody allocates it."""
    try:
        with zipfile.ZipFile(path) as package:
            return {name: _scan(package, part) for name, part in _sheet_parts(package).items()}
    except BROKEN as error:
        raise refuse(reasons.DAMAGED) from error


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    relations = {
        item.get("Id", ""): item.get("Target", "") for item in _xml(package, "xl/_rels/workbook.xml.rels") if item.get("Target")
    }
    parts = {}
    for item in _xml(package, "xl/workbook.xml").iter():
        target = relations.get(item.get(_RELATION) or item.get(_STRICT_RELATION) or "", "")
        if item.tag.endswith("}sheet") and "worksheets/" in target:
            parts[item.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _xml(package: zipfile.ZipFile, part: str) -> ET.Element:
    if package.getinfo(part).file_size > LARGEST_INDEX:
        raise ValueError(part)
    return ET.fromstring(package.read(part))  # noqa: S314 - small, and expat bounds entity expansion


def _scan(package: zipfile.ZipFile, part: str) -> SheetFacts:
    formulas: set[tuple[int, int]] = set()
    errors: set[tuple[int, int]] = set()
    merged: set[Merged] = set()
    columns: set[bytes] = {b"A"}
    last_row = 1
    with package.open(part) as stream:
        for chunk in _chunks(stream):
            found = _FILLED.findall(chunk)
            columns.update(letters for letters, _row in found)
            last_row = max(last_row, max((int(row) for _letters, row in found), default=1))
            if len(formulas) < MOST_FORMULAS:
                formulas |= _cells(_FORMULA, chunk)
            if len(errors) < MOST_FORMULAS:
                errors |= _cells(_ERROR, chunk)
            merged.update(_merged(match) for match in _MERGED.findall(chunk))
    widest = max(columns, key=lambda letters: (len(letters), letters)).decode()
    if last_row * (column_place(widest) + 1) > LARGEST_AREA:
        raise refuse(reasons.TOO_WIDE, cell=f"{widest}{last_row}")
    ranges = sorted(merged, key=lambda item: (item.first_row, item.first_column))
    return SheetFacts(tuple(sorted(formulas)), tuple(sorted(errors - formulas)), tuple(ranges))


def _cells(pattern: re.Pattern[bytes], chunk: bytes) -> set[tuple[int, int]]:
    return {(int(row), column_place(letters.decode())) for letters, row in pattern.findall(chunk)}


def _merged(match: tuple[bytes, bytes, bytes, bytes]) -> Merged:
    left, top, right, bottom = match
    return Merged(int(top), column_place(left.decode()), int(bottom), column_place(right.decode()))


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces that overlap, so that a cell cut by one piece's end is whole in the next."""
    tail = b""
    while piece := stream.read(CHUNK):
        yield tail + piece
        tail = piece[-OVERLAP:]

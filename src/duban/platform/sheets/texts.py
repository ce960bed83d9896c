"""CSV as people really save it: which encoding, which separator."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from duban.platform.sheets import reasons
from duban.platform.sheets.problems import refuse

CHUNK = 1024 * 1024
SEPARATORS = (",", "\t", ";", "|")
LINES_LOOKED_AT = 12
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")

Score = Callable[[list[str]], int]
"""How much a line looks like the line of headings."""


def read_csv(path: Path, score: Score) -> Iterator[list[str]]:
    """The records of a CSV text in the encoding and with the separator under which its headings are best understood."""
    candidates = [
        (_best_score(path, encoding, separator, score), -place, encoding, separator)
        for encoding in encodings_of(path)
        for place, separator in enumerate(SEPARATORS)
    ]
    if not candidates:
        raise refuse(reasons.NOT_A_TABLE)
    _score, _place, encoding, separator = max(candidates, key=lambda item: item[0])
    return _records(path, encoding, separator)


def encodings_of(path: Path) -> list[str]:
    """Encodings in which the whole file is a text, the likelier first; a byte order mark settles it."""
    with path.open("rb") as stream:
        start = stream.read(4)
    for mark, encoding in MARKS.items():
        if start.startswith(mark):
            return [encoding] if _is_text(path, encoding) else []
    return [encoding for encoding in ("utf-8", "gb18030") if _is_text(path, encoding)]


def _is_text(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    try:
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                if _NOT_TEXT.search(decoder.decode(piece)):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _best_score(path: Path, encoding: str, separator: str, score: Score) -> int:
    with path.open(encoding=encoding, newline="") as stream:
        try:
            return max(
                (score(record) for record in islice(csv.reader(stream, delimiter=separator), LINES_LOOKED_AT)), default=0
            )
        except csv.Error:
            return 0


def _records(path: Path, encoding: str, separator: str) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=separator, strict=True)
        try:
            yield from reader
        except csv.Error as error:
            raise refuse(reasons.BROKEN_CSV, line=reader.line_num) from error

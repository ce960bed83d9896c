"""CSV as it is really saved."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.platform.sheets.problems import FileRefused
from duban.platform.sheets.texts import encodings_of, read_csv

HEADINGS = ["项目编号", "项目名称"]
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
CELLS = CHINESE | st.text("abcXYZ 0123456789,;\t|\"'\n-", max_size=12)


def _score(record: list[str]) -> int:
    return len(set(record) & set(HEADINGS))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, CHINESE), max_size=6),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"]),
    separator=st.sampled_from([",", ";", "\t", "|"]),
)
def test_every_encoding_and_separator_is_recognised(
    tmp_path: Path, rows: list[tuple[str, str]], encoding: str, separator: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([HEADINGS, *rows])
    path = tmp_path / "rows.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    assert [tuple(record) for record in read_csv(path, _score)] == [tuple(HEADINGS), *rows]


@given(content=st.binary(min_size=1, max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_but_never_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        list(read_csv(path, _score))
    except FileRefused as refused:
        assert refused.problems[0].why  # noqa: PT017 - both outcomes are right


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00\x01", b"\xef\xbb\xbf\xff", b"abc\x07"])
def test_what_is_no_text_has_no_encoding(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "none.csv"
    path.write_bytes(content)
    assert encodings_of(path) == []

"""The built-in data: complete, sourced, in both languages, inside the known blocks and kinds."""

import json
import re
from pathlib import Path

import pytest

from duban import standards
from duban.estates.domain.service_lines import ServiceLine, SpecialWork
from duban.standards.domain.blocks import BLOCKS
from duban.standards.domain.licences import Holder
from duban.vendors.domain.certificates import WORKER_KINDS, CertificateKind

DATA = Path(standards.__file__).parent / "data"
SHORTHAND = re.compile(r"〔[A-G/]+〕|(?<![A-Za-z0-9])[LTS]\d{1,2}[a-d附]?(?![A-Za-z0-9])|§")
"""Marks of a working list, which say nothing to whoever reads the source on a page."""


def is_named(source):
    """Whether a source is given by its name."""
    return bool(source) and not SHORTHAND.search(source)


def content(name):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("line", ServiceLine)
def test_every_block_has_items_and_every_item_its_source(line):
    found = content(line)
    words = content("vocabulary")
    assert found["service_line"] == line
    assert {item["key"].split(".")[0] for item in found["items"]} == set(BLOCKS[line])
    assert len({item["key"] for item in found["items"]}) == len(found["items"]) >= 12
    for item in found["items"]:
        assert item["name"], item["key"]
        assert item["name_en"], item["key"]
        assert is_named(item["source"]), item
        assert item["method"] in words["methods"], item
        assert item["severity"] in {"minor", "major", "critical"}, item
        assert not item["is_red_line"] or item["severity"] == "critical", item


@pytest.mark.parametrize("line", ServiceLine)
def test_every_line_has_red_lines(line):
    assert sum(item["is_red_line"] for item in content(line)["items"]) >= 2


def test_licence_rules_name_known_works_and_certificates():
    for rule in content("licence_rules"):
        assert rule["service_line"] in set(ServiceLine)
        assert rule["work"] in {"", *SpecialWork}
        assert rule["certificate_kind"] in set(CertificateKind)
        assert rule["holder"] == (Holder.WORKER if rule["certificate_kind"] in WORKER_KINDS else Holder.COMPANY)
        assert is_named(rule["source"]), rule


def test_cleaning_levels_fall_from_spotless_to_neglect():
    levels = content("appa")["levels"]
    assert [row["points"] for row in levels] == [100, 90, 75, 55, 30]

import pytest

from duban.platform.sync.models import Envelope
from duban.platform.sync.page_words import kind_name, kind_names, reason_details, reason_title, record_url, stage_badge
from duban.platform.sync.reasons import reason


@pytest.fixture(autouse=True)
def _toy_kinds():
    """These words are those of the real kinds."""


def test_every_kind_has_a_name():
    assert all(name != label for name, label in kind_names())
    assert (kind_name("inspections.praise"), kind_name("x")) == ("Good find", "x")


def test_every_stage_has_its_tone():
    assert [stage_badge(stage).tone for stage in ("applied", "waiting", "rejected")] == ["good", "waiting", "bad"]


@pytest.mark.parametrize(
    ("record", "url"),
    [
        ("TK-2026-0001", "/inspections/tasks/TK-2026-0001/"),
        ("OA-7", "/inspections/results/second/OA-7/"),
        ("PU-7", ""),
        ("", ""),
    ],
)
def test_records_have_addresses(record, url):
    assert record_url(record) == url


def test_a_reason_is_said_once():
    same = Envelope(reason=reason("files", errors=[("photos", "Waiting for its photos or other files to arrive.")]))
    assert reason_title(same) == "Waiting for its photos or other files to arrive."
    assert reason_details(same) == ""
    assert reason_title(Envelope()) == reason_details(Envelope()) == ""

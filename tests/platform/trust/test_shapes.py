from datetime import UTC, datetime
from uuid import UUID

from duban.kernel.trust import Floors
from duban.platform.trust.shapes import Evidence, Ground, Stand

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_a_record_without_a_place_has_no_tag():
    times = {"captured_at": NOON, "sent_at": NOON, "received_at": NOON}
    plain = Evidence(UUID(int=1), "k", "d", ground=Ground("/1/", "/1/"), **times)
    placed = Evidence(UUID(int=1), "k", "d", ground=Ground("/1/", "/1/", stand=Stand("AB12")), **times)
    assert (plain.stand, plain.tag, placed.tag) == (None, "", "AB12")
    assert plain.ground.floors == Floors()

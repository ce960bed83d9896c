from datetime import date

from duban.attendance.domain.slots import SlotState
from duban.attendance.models import Slot
from duban.attendance.services import imports
from duban.platform.imports import ImportCounts, ImportRow
from tests.factories.attendance import make_post
from tests.factories.inspections import make_line


def test_a_ledger_is_saved_in_pieces_and_tells_how_far_it_is(world, monkeypatch):
    line, post = make_line(world.ours, service_line="security"), make_post(world.ours.estate)
    values = {"line": line.pk, "post": post.pk, "shift": "day", "state": SlotState.PRESENT, "planned_hours": 8}
    rows = [ImportRow(number, {**values, "day": date(2026, 10, number)}) for number in (5, 6, 7)]
    monkeypatch.setattr(imports, "CHUNK", 2)
    done = []
    counts = imports.slots_save(rows, actor=world.actor("quality_manager"), progress=done.append)
    assert (counts, done) == (ImportCounts(3, 0, 0), [2, 3])
    assert Slot.objects.count() == 3

from datetime import date

import pytest

from duban.attendance.domain.rows import NamedSlot, SlotsRecorded
from duban.attendance.domain.slots import SlotState
from duban.attendance.models import Slot
from duban.attendance.services import receive_slots
from duban.kernel.errors import Invalid
from tests.factories.attendance import make_post
from tests.factories.inspections import make_line


def test_names_are_looked_up_and_unknown_ones_refuse_all(world):
    line, post = make_line(world.ours, service_line="security"), make_post(world.ours.estate)
    good = NamedSlot(line.contract.code, line.number, post.name, date(2026, 10, 5), SlotState.VACANT)
    wrong = NamedSlot(line.contract.code, 99, post.name, date(2026, 10, 5), SlotState.VACANT)
    unknown = NamedSlot(line.contract.code, line.number, "没有", date(2026, 10, 5), SlotState.VACANT)
    manager = world.actor("quality_manager")
    with pytest.raises(Invalid) as refused:
        receive_slots(actor=manager, rows=[good, wrong, unknown])
    assert [error.field for error in refused.value.errors] == ["rows.1.line", "rows.2.post"]
    assert not Slot.objects.exists()
    assert receive_slots(actor=manager, rows=[good]) == SlotsRecorded(1, 0, 0)

from datetime import date
from decimal import Decimal

from duban.attendance.domain.rows import NamedSlot, SlotRow, SlotsRecorded
from duban.attendance.domain.slots import Ground, Shift, SlotState


def test_a_slot_is_a_day_shift_of_eight_hours_as_handed_in():
    row = SlotRow(1, 2, date(2026, 10, 5), SlotState.PRESENT)
    assert (row.shift, row.planned_hours, row.ground) == (Shift.DAY, Decimal(8), Ground.GIVEN)


def test_a_named_slot_has_every_field_of_a_row_but_its_keys_and_ground():
    named, row = set(NamedSlot.__dataclass_fields__), set(SlotRow.__dataclass_fields__)
    assert row - named == {"line_id", "post_id", "ground"}
    assert named - row == {"contract", "line", "post"}
    assert SlotsRecorded(1, 2, 3).changed == 2

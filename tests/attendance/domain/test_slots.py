from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.attendance.domain.slots import (
    Belongs,
    CheckIn,
    Ground,
    Planned,
    Shift,
    SlotState,
    decide,
    masked,
    slot_day,
    trace_of,
)

ROSTERED, OWN, DOUBTFUL, OTHER, LATE = (CheckIn(name, belongs) for name, belongs in zip("王李赵张陈", Belongs, strict=True))


@pytest.mark.parametrize(
    ("planned", "check_ins", "anybody", "state", "ground", "name"),
    [
        (Planned.BLANK, [ROSTERED], True, SlotState.OFF, Ground.NOT_ROSTERED, ""),
        (Planned.REST, [], True, SlotState.OFF, Ground.NOT_ROSTERED, ""),
        (Planned.LEAVE, [], False, SlotState.OFF, Ground.NOT_ROSTERED, ""),
        (Planned.MARKED_VACANT, [ROSTERED], True, SlotState.VACANT, Ground.MARKED_VACANT, ""),
        (Planned.WORK, [OTHER, OWN, ROSTERED], True, SlotState.PRESENT, Ground.ROSTERED, "王"),
        (Planned.WORK, [OTHER, OWN], True, SlotState.PRESENT, Ground.SUBSTITUTE, "李"),
        (Planned.WORK, [LATE, OTHER, DOUBTFUL], True, SlotState.REVIEW, Ground.DOUBTFUL, "赵"),
        (Planned.WORK, [LATE], True, SlotState.VACANT, Ground.TOO_LATE, "陈"),
        (Planned.WORK, [OTHER], True, SlotState.REVIEW, Ground.OTHER_POST, "张"),
        (Planned.WORK, [], False, SlotState.VACANT, Ground.NOBODY_AT_ALL, ""),
        (Planned.WORK, [], True, SlotState.VACANT, Ground.NOBODY_AT_POST, ""),
    ],
)
def test_t17_decides(planned, check_ins, anybody, state, ground, name):
    decision = decide(planned, check_ins, anybody_on_site=anybody)
    assert (decision.state, decision.ground, decision.name) == (state, ground, name)
    assert decision.steps == trace_of(ground)
    assert [step.result for step in decision.steps].count("yes") == 1


@given(
    planned=st.sampled_from(Planned),
    found=st.permutations([ROSTERED, OWN, DOUBTFUL, OTHER, LATE]),
    size=st.integers(0, 5),
    anybody=st.booleans(),
)
def test_the_order_of_check_ins_does_not_matter(planned, found, size, anybody):
    chosen = found[:size]
    assert decide(planned, chosen, anybody_on_site=anybody) == decide(planned, chosen[::-1], anybody_on_site=anybody)


def test_a_night_shift_belongs_to_the_day_before():
    assert slot_day(datetime(2026, 10, 6, 6, 30, tzinfo=UTC), Shift.NIGHT) == date(2026, 10, 5)
    assert slot_day(datetime(2026, 10, 5, 22, 0, tzinfo=UTC), Shift.NIGHT) == date(2026, 10, 5)
    assert slot_day(datetime(2026, 10, 6, 6, 30, tzinfo=UTC), Shift.DAY) == date(2026, 10, 6)


def test_names_are_masked():
    assert (masked("王小明"), masked("李"), masked("")) == ("王**", "李", "")


def test_given_and_decided_states_have_a_trace_of_one_step():
    assert [len(trace_of(ground)) for ground in (Ground.GIVEN, Ground.DECIDED)] == [1, 1]
    assert [shift.label for shift in Shift] == ["Day shift", "Middle shift", "Night shift"]

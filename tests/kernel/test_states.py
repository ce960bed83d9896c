import pytest

from duban.kernel.errors import WrongState
from duban.kernel.states import Move, StateTable, Tone


def table(*moves, labels=None, tones=None):
    labels = labels or {"draft": "Draft", "sent": "Sent", "done": "Done"}
    return StateTable("thing", labels, tones or dict.fromkeys(labels, Tone.NEUTRAL), "draft", moves)


SEND = Move("send", "Send", frozenset({"draft"}), "sent", "thing.send")
FINISH = Move("finish", "Finish", frozenset({"sent"}), "done", None)
SOUND = table(SEND, FINISH)


def test_states_stand_in_the_order_of_their_labels():
    assert SOUND.states == ("draft", "sent", "done")
    assert SOUND.final_states == frozenset({"done"})


def test_moves_from_a_state():
    assert SOUND.moves_from("draft") == (SEND,)
    assert SOUND.moves_from("done") == ()


def test_move_by_name():
    assert SOUND.move("send", "draft") is SEND


def test_move_that_does_not_leave_the_state_is_refused():
    with pytest.raises(WrongState) as refused:
        SOUND.move("send", "done")
    assert refused.value.params == {"move": "send", "state": "done"}


def test_sound_table_has_no_problems():
    assert SOUND.problems() == []


def test_unreachable_state_is_a_problem():
    assert table(SEND).problems() == ["thing: done cannot be reached"]


def test_unknown_states_are_a_problem():
    stray = Move("lose", "Lose", frozenset({"lost"}), "gone", "thing.lose")
    assert sorted(table(SEND, FINISH, stray).problems()) == ["thing.lose: unknown state gone", "thing.lose: unknown state lost"]


def test_doubled_move_is_a_problem():
    assert table(SEND, SEND, FINISH).problems() == ["thing: two moves send from draft"]


def test_missing_tone_is_a_problem():
    assert table(SEND, FINISH, tones={"draft": Tone.NEUTRAL, "sent": Tone.WAITING}).problems() == ["thing: no tone for done"]

from duban.contracts.domain.states import CONTRACT_STATES


def test_the_lifecycle_is_sound():
    assert CONTRACT_STATES.problems() == []
    assert CONTRACT_STATES.final_states == {"expired", "terminated"}

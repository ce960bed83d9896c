from duban.standards.domain.states import STANDARD_STATES


def test_the_lifecycle_is_sound():
    assert STANDARD_STATES.problems() == []

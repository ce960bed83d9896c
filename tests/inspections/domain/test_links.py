from duban.inspections.domain.links import OPENINGS, REPLIES


def test_answering_is_rarer_than_opening():
    assert REPLIES.calls < OPENINGS.calls
    assert REPLIES.seconds == OPENINGS.seconds

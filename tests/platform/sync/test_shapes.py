from uuid import uuid4

from duban.platform.sync.models import Stage
from duban.platform.sync.shapes import CHUNK_BYTES, MOST_ENVELOPES, Answer, Progress


def test_an_answer_is_old_news_unless_said_otherwise():
    answer = Answer(uuid4(), Stage.WAITING)
    assert (answer.is_new, answer.record, answer.reason) == (False, "", {})


def test_the_limits_are_those_of_the_protocol():
    assert (MOST_ENVELOPES, CHUNK_BYTES) == (200, 256 * 1024)
    assert Progress(10, 10, is_complete=True).is_complete

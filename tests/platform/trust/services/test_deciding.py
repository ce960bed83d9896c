import pytest

from duban.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from duban.platform.audit.models import AuditEntry
from duban.platform.trust.domain.events import TrustSettled
from duban.platform.trust.services import reviews_decide
from tests.factories.trust import make_mark, make_review


@pytest.fixture
def review(world):
    return make_review(world.ours)


def test_a_decision_is_kept_told_and_audited(review, actor, announced):
    manager = actor("quality_manager")
    assert reviews_decide(actor=manager, reviews=[review], move="refuse", note="  一人扫完全楼  ") == 1
    review.refresh_from_db()
    assert (review.state, review.counts_score, review.counts_money) == ("refused", False, False)
    assert (review.decided_by_id, review.note) == (manager.person_id, "一人扫完全楼")
    assert AuditEntry.objects.about(review).get().action == "refuse"
    assert announced == [TrustSettled("inspections.answer", ((str(review.mark_id), "CR-1", False, False),))]
    reviews_decide(actor=manager, reviews=[review], move="accept", note="误判")
    review.refresh_from_db()
    assert (review.state, review.counts_score, review.counts_money) == ("accepted", True, True)


def test_several_are_decided_at_once_and_told_by_kind(review, actor, world, announced):
    other = make_review(world.ours, make_mark(world.ours, kind="inspections.checkin", record="TK-1"))
    reviews_decide(actor=actor("city_manager"), reviews=[other, review], move="accept", note="已核")
    assert [event.kind for event in announced] == ["inspections.answer", "inspections.checkin"]


def test_nobody_decides_over_the_own_records(world, actor, review):
    own = make_review(world.ours, make_mark(world.ours, role="quality_manager"))
    with pytest.raises(NotAllowed, match="yourself"):
        reviews_decide(actor=actor("quality_manager"), reviews=[review, own], move="accept", note="我")
    review.refresh_from_db()
    assert review.state == "waiting"


@pytest.mark.parametrize("role", ["quality_inspector", "estate_manager", "vendor_manager", "auditor"])
def test_only_who_holds_the_right_decides(role, actor, review):
    with pytest.raises(NotAllowed):
        reviews_decide(actor=actor(role), reviews=[review], move="accept", note="好")


def test_a_note_is_needed_a_state_is_left_once_and_the_clocks_moves_are_not_offered(review, actor):
    manager = actor("quality_manager")
    with pytest.raises(Invalid):
        reviews_decide(actor=manager, reviews=[review], move="accept", note=" ")
    with pytest.raises(NotFound):
        reviews_decide(actor=manager, reviews=[review], move="set_aside", note="x")
    reviews_decide(actor=manager, reviews=[review], move="accept", note="x")
    with pytest.raises(WrongState):
        reviews_decide(actor=manager, reviews=[review], move="accept", note="x")

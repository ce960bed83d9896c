from decimal import Decimal

import pytest

from duban.kernel.errors import Invalid, NotAllowed
from duban.scorecards.domain.events import PeriodClosed
from duban.scorecards.models import Card, Period, SchemeVersion, VendorGrade
from duban.scorecards.services import grade_confirm, grades_propose, grades_propose_after
from tests.factories.scorecards import bound_line, office, period


@pytest.fixture
def october(world) -> Period:
    """October after four months of 68, 72, 69, 66 on one line."""
    line = bound_line(world.ours)
    version = SchemeVersion.objects.filter(scheme__tenant=world.ours.root).first()
    for key, score in (("2026-07", 68), ("2026-08", 72), ("2026-09", 69), ("2026-10", 66)):
        Card.objects.create(
            line=line, period=period(world.ours, key), scheme_version=version, outcome="scored", score=score, state="final"
        )
    return period(world.ours)


def test_vector_termination_is_proposed_with_its_reasons(world, october):
    grade = grades_propose(actor=office(world.ours), period=october)[0]
    assert (grade.proposed_grade, grade.measure, grade.average) == ("D", "terminate", Decimal("68.8"))
    triggers = grade.proposal["lines"][0]["triggers"]
    assert [item["periods"] for item in triggers if item["measure"] == "terminate"] == [
        ["2026-09", "2026-10"],
        ["2026-07", "2026-09", "2026-10"],
    ]


def test_proposing_again_changes_nothing(world, october):
    grades_propose(actor=office(world.ours), period=october)
    assert grades_propose(actor=office(world.ours), period=october) == []
    assert VendorGrade.objects.count() == 1


def test_closing_brings_proposals_up_to_date(world, october):
    grades_propose_after(PeriodClosed(tenant_path=world.ours.root.path, period="2026-10", changed_cards=()))
    assert VendorGrade.objects.count() == 1
    grades_propose_after(PeriodClosed(tenant_path=world.ours.root.path, period="1999-10", changed_cards=()))
    Card.objects.filter(period=october).update(score=90)
    grades_propose_after(PeriodClosed(tenant_path=world.ours.root.path, period="2026-10", changed_cards=()))
    assert VendorGrade.objects.get().measure == ""


def test_confirming_as_proposed_needs_no_reason(world, october, actor):
    record = grades_propose(actor=office(world.ours), period=october)[0]
    confirmed = grade_confirm(actor=actor("quality_manager"), record=record, grade="D")
    assert (confirmed.state, confirmed.grade) == ("confirmed", "D")
    Card.objects.filter(period=october).update(score=90)
    assert grades_propose(actor=office(world.ours), period=october) == []


@pytest.mark.parametrize(("grade", "note", "field"), [("B", "", "note"), ("Z", "why", "grade")])
def test_departing_without_reason_or_to_nowhere_is_refused(world, october, actor, grade, note, field):
    record = grades_propose(actor=office(world.ours), period=october)[0]
    with pytest.raises(Invalid) as refusal:
        grade_confirm(actor=actor("quality_manager"), record=record, grade=grade, note=note)
    assert [error.field for error in refusal.value.errors] == [field]
    assert VendorGrade.objects.get().state == "proposed"


@pytest.mark.parametrize("who", ["finance", "vendor_manager", "their quality_manager", "stranger"])
def test_others_may_not_confirm(world, october, actor, who):
    record = grades_propose(actor=office(world.ours), period=october)[0]
    with pytest.raises(NotAllowed):
        grade_confirm(actor=actor(who), record=record, grade="D")
    assert VendorGrade.objects.get().state == "proposed"

from datetime import date
from decimal import Decimal

import pytest

from duban.contracts.selectors.options import lines_on
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.kernel.metrics import EvidenceChanged
from duban.surveys.domain.rows import ScoreInput
from duban.surveys.models import SurveyScore
from duban.surveys.services import score_record
from tests.factories.inspections import make_line

DAY = date(2026, 10, 31)


@pytest.fixture
def line(world):
    return make_line(world.ours)


@pytest.fixture
def announced(monkeypatch):
    events = []
    monkeypatch.setattr("duban.surveys.services.scores.announce", events.append)
    return events


def entry(world, **more):
    values = {
        "estate_id": world.ours.estate.pk,
        "service_line": "cleaning",
        "day": DAY,
        "method": "phone",
        "respondents": 40,
        "score_sum": Decimal(3400),
    }
    return ScoreInput(**{**values, **more})


def test_a_score_finds_its_line_and_a_second_entry_corrects_it(actor, world, line, announced):
    desk = actor("service_desk")
    first = score_record(actor=desk, entry=entry(world))
    assert (first.code, first.line) == ("SU-2026-0001", line)
    second = score_record(actor=desk, entry=entry(world, respondents=41))
    assert (second.pk, SurveyScore.objects.get().respondents) == (first.pk, 41)
    assert announced == [EvidenceChanged("surveys", ((line.pk, DAY),))] * 2


def test_a_day_without_a_line_is_kept_but_not_counted(actor, world, announced):
    assert score_record(actor=actor("service_desk"), entry=entry(world)).line is None
    assert announced == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"score_sum": Decimal(4001)}, "score_sum"),
        ({"invited": 39}, "respondents"),
        ({"day": date(2026, 11, 24)}, "day"),
    ],
)
def test_impossible_sums_are_refused(actor, world, changes, field):
    with pytest.raises(Invalid) as refused:
        score_record(actor=actor("service_desk"), entry=entry(world, **changes))
    assert [error.field for error in refused.value.errors] == [field]
    assert SurveyScore.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "refusal"), [("finance", NotAllowed), ("vendor_manager", NotFound), ("their finance", NotFound)]
)
def test_only_who_may_enters(actor, world, role, refusal):
    with pytest.raises(refusal):
        score_record(actor=actor(role), entry=entry(world))


def test_lines_are_found_for_many_in_one_query(world, line, django_assert_num_queries):
    wanted = [
        (world.ours.estate.pk, "cleaning", DAY),
        (world.ours.estate.pk, "cleaning", date(2025, 1, 1)),
        (0, "cleaning", DAY),
    ]
    with django_assert_num_queries(1):
        assert lines_on(wanted) == {wanted[0]: line.pk}

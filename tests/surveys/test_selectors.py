from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.kernel.errors import NotAllowed, NotFound
from duban.surveys.models import SurveyScore
from duban.surveys.selectors import estates_to_choose, evidence_panel, metric_facts, occurrences, score_get, score_list
from tests.factories.inspections import make_line
from tests.factories.surveys import make_score

START, END = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def line(world):
    return make_line(world.ours)


rounds = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from(["phone", "online", "paper"]), st.integers(1, 500), st.integers(0, 100)),
    max_size=8,
    unique_by=lambda row: row[:2],
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=rounds)
def test_satisfaction_facts_equal_a_naive_recount(line, rows):
    SurveyScore.objects.all().delete()
    expected: dict[date, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    end = START + timedelta(days=5)
    for offset, method, respondents, average in rows:
        day = START + timedelta(days=offset)
        make_score(line, day, respondents, average, method=method)
        if day <= end:
            expected[day][0] += Decimal(respondents * average) / 100
            expected[day][1] += respondents
    found = [row for queryset in metric_facts([line.pk], START, end) for row in queryset]
    assert {day: [numerator, Decimal(denominator)] for _, _, day, numerator, denominator in found} == expected
    assert {row[0] for row in found} <= {"surveys.satisfaction"}


def test_rounds_without_a_line_are_not_counted(line):
    score = make_score(line)
    SurveyScore.objects.filter(pk=score.pk).update(line=None)
    assert [row for queryset in metric_facts(None, START, END) for row in queryset] == []
    assert list(occurrences(None, START, END)) == []


def test_the_panel_lists_the_rounds(actor, line):
    score = make_score(line)
    panel = evidence_panel(actor("auditor"), line.pk, "surveys.satisfaction", START, END)
    assert (panel.counted, panel.missed, [row.code for row in panel.rows]) == (40, 6, [score.code])
    with pytest.raises(NotFound):
        evidence_panel(actor("their quality_manager"), line.pk, "surveys.satisfaction", START, END)
    with pytest.raises(NotAllowed):
        evidence_panel(actor("vendor_manager"), line.pk, "surveys.satisfaction", START, END)


def test_scope(actor, world, line):
    score = make_score(line)
    assert list(score_list(actor("auditor"))) == [score]
    assert list(score_list(actor("their quality_manager"))) == []
    with pytest.raises(NotFound):
        score_get(actor("their quality_manager"), score.code)
    assert set(estates_to_choose(actor("service_desk"))) == {world.ours.estate, world.ours.estate_two}

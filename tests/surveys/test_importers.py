from decimal import Decimal

import pytest

from duban.platform.exports.services import write_export
from duban.platform.imports.services import run_import
from duban.surveys.models import SurveyScore
from duban.surveys.selectors.imports import estate_keys
from tests.factories.inspections import make_line
from tests.platform.imports.files import write_xlsx

HEADINGS = ["项目", "专项", "截止日期", "调查方式", "应调查人数", "有效问卷数", "平均分", "总分"]


def imported(tmp_path, world, *ledger):
    path = write_xlsx(tmp_path / "a.xlsx", HEADINGS, ledger)
    return run_import(path, kind="survey_scores", actor=world.actor("service_desk"))


def row(world, average=87.5, total=None, respondents=40):
    return [world.ours.estate.name, "保洁", "2026-10-31", "电话", 120, respondents, average, total]


def test_the_average_becomes_a_sum(tmp_path, world):
    line = make_line(world.ours)
    assert imported(tmp_path, world, row(world)).created_count == 1
    score = SurveyScore.objects.get()
    assert (score.score_sum, score.line, score.method) == (Decimal("3500.00"), line, "phone")
    assert imported(tmp_path, world, row(world)).unchanged_count == 1
    assert imported(tmp_path, world, row(world, None, 3600)).updated_count == 1
    assert write_export("survey_scores", tmp_path / "out.csv", actor=world.actor("auditor"), form="csv") == 1


FAULTS = [(None, None, 40), (None, 4001, 40), (80, None, 121), (101, None, 40)]


@pytest.mark.parametrize(("average", "total", "respondents"), FAULTS)
def test_impossible_rows_are_refused(tmp_path, world, average, total, respondents):
    assert imported(tmp_path, world, row(world, average, total, respondents)).stage == "refused"
    assert SurveyScore.objects.count() == 0


def test_a_day_to_come_is_refused(tmp_path, world):
    make_line(world.ours)
    late = row(world)
    late[2] = "2026-11-30"
    assert imported(tmp_path, world, late).stage == "refused"
    assert SurveyScore.objects.count() == 0


def test_an_estate_one_only_looks_at_is_no_key(world, actor):
    code = world.ours.estate.code
    assert estate_keys([code], actor=actor("auditor")) == {}

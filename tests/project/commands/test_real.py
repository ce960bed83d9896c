import json
from datetime import date

import pytest
from click.testing import CliRunner

from duban.project.commands.real import SHOWN, difference_line, real
from duban.project.real.run import Difference, Outcome

MISSED = Difference("10", date(2018, 3, 5), 94, "93")


@pytest.fixture
def run(monkeypatch, tmp_path, db):
    """The command over an outcome of so many scores of which so many differ."""

    def do(scored, missed, *arguments):
        outcome = Outcome(scored, tuple([MISSED] * missed))
        monkeypatch.setattr("duban.project.commands.real.run_scores", lambda _folder, _say: outcome)
        return CliRunner().invoke(real, [str(tmp_path), *arguments])

    return do


def test_the_share_and_every_difference_are_told(run):
    result = run(100, 2)
    assert result.exit_code == 0
    assert "98 of 100 published scores are reproduced exactly (98.00%)" in result.output
    assert result.output.count(difference_line(MISSED)) == 2


def test_below_the_goal_the_command_fails(run):
    assert run(100, 3).exit_code == 1


def test_a_long_list_is_cut_and_says_by_how_much(run):
    result = run(10_000, SHOWN + 7)
    assert result.output.count("business 10") == SHOWN
    assert "… and 7 more" in result.output


def test_programs_read_json(run):
    assert json.loads(run(100, 2, "--json").stdout) == {"scored": 100, "exact": 98, "share": 0.98}


def test_a_folder_that_holds_a_company_is_left_alone(world, tmp_path):
    result = CliRunner().invoke(real, [str(tmp_path)])
    assert result.exit_code == 1
    assert "holds a company already" in result.output

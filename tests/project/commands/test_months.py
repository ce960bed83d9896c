import json

import pytest
from click.testing import CliRunner

from duban.project.commands.months import close
from duban.scorecards.models import Card
from tests.factories.scorecards import bound_line


@pytest.fixture
def run(world):
    bound_line(world.ours)
    bound_line(world.theirs)
    return lambda *arguments: CliRunner().invoke(close, [*arguments, "--tenant", world.ours.root.code])


def test_closing_makes_the_cards_of_one_company(run, world):
    report = json.loads(run("2026-10", "--json").output)
    assert len(report["created"]) == 1
    assert {card.line.contract.office.tenant_path for card in Card.objects.all()} == {world.ours.root.path}


def test_closing_again_changes_nothing(run):
    run("2026-10")
    before = list(Card.objects.values())
    result = run("2026-10")
    assert result.exit_code == 0
    assert "0 cards new, 0 changed, 0 as before" in result.output
    assert list(Card.objects.values()) == before


def test_an_unknown_period_is_refused(run):
    assert run("1999-01").exit_code == 1


def test_several_companies_ask_for_a_choice(world):
    result = CliRunner().invoke(close, ["2026-10"])
    assert result.exit_code == 2
    assert world.ours.root.code in result.output


def test_no_company_at_all_is_said(db):
    assert "no company" in CliRunner().invoke(close, ["2026-10"]).output

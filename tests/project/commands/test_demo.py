import pytest
from click.testing import CliRunner

from duban.project.commands import demo as command


@pytest.fixture
def built(monkeypatch, db):
    """What the command did, without building a whole company."""
    done = []
    monkeypatch.setattr(command, "load_demo", lambda say: (done.append("built"), say("24 estates")))
    monkeypatch.setattr(command, "first_round", lambda: done.append("worked"))
    monkeypatch.setattr(command.os, "execv", lambda _program, arguments: done.append(arguments[2:]))
    return done


def test_an_empty_database_gets_the_company(built):
    result = CliRunner().invoke(command.demo, [])
    assert (result.exit_code, built) == (0, ["built", "worked"])
    assert "Building the demo company …\n  24 estates" in result.output


@pytest.fixture
def loaded(monkeypatch):
    monkeypatch.setattr(command, "is_loaded", lambda: True)


def test_a_complete_company_is_left_as_it_is(built, loaded):
    result = CliRunner().invoke(command.demo, [])
    assert (result.exit_code, built) == (0, [])
    assert "nothing was built" in result.output


def test_it_is_served_afterwards_on_the_port_that_was_asked_for(built, loaded):
    CliRunner().invoke(command.demo, ["--serve", "--port", "8123"])
    assert built == [["duban", "serve", "--port", "8123"]]


def test_another_company_is_refused_and_left_alone(built, world):
    result = CliRunner().invoke(command.demo, ["--serve"])
    assert (result.exit_code, built) == (1, [])
    assert "holds another company already" in result.output

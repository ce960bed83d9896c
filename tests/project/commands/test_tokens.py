import json

import pytest
from click.testing import CliRunner
from django.test import Client

from duban.platform.tokens.models import ApiToken
from duban.project.commands.tokens import token


@pytest.fixture
def run(world):
    def invoke(*arguments):
        return CliRunner().invoke(token, [*arguments, "--tenant", world.ours.root.code])

    return invoke


def test_a_token_signs_in_until_it_is_revoked(run, world):
    username = world.person("finance").username
    made = json.loads(run("create", username, "--name", "erp", "--json").output)
    headers = {"Authorization": f"Bearer {made['token']}"}
    path = "/api/v1/contracts/"
    assert Client().get(path, headers=headers).status_code != 401
    assert run("revoke", made["hint"]).exit_code == 0
    assert Client().get(path, headers=headers).status_code == 401
    assert json.loads(run("list", "--json").output)[0]["is_revoked"] is True


def test_the_secret_is_not_stored(run, world):
    secret = run("create", world.person("finance").username).output.strip()
    stored = ApiToken.objects.get()
    assert secret.startswith("duban_")
    assert secret not in {stored.hint, stored.digest, stored.name}


def test_somebody_of_another_company_gets_none(run, world):
    result = run("create", world.person("their finance").username)
    assert result.exit_code == 1
    assert ApiToken.objects.count() == 0

"""The cast itself: who sees what on the ground everything stands on."""

from collections.abc import Callable

import pytest
from django.test import Client

from duban.estates.models import Estate
from duban.kernel.actor import Actor
from tests.cast import CAST, World


@pytest.mark.parametrize("role", CAST)
def test_estates_seen_by_the_cast(world: World, role: str) -> None:
    seen = set(Estate.objects.for_actor(world.actor(role)))
    if role.startswith("their ") and role != "their vendor_manager":
        assert seen == {world.theirs.estate, world.theirs.estate_two}
    elif role in {"estate_manager", "quality_inspector"}:
        assert seen == {world.ours.estate}
    elif "vendor" in role or role in {"rival_manager", "stranger"}:
        assert seen == set()
    else:
        assert seen == {world.ours.estate, world.ours.estate_two}


def test_client_as_signs_in(client_as: Callable[[str], Client], actor: Callable[[str], Actor]) -> None:
    assert client_as("finance").session["_auth_user_id"] == str(actor("finance").person_id)

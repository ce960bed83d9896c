from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from duban.kernel.errors import NotFound
from duban.platform.sync.challenges import SALT, issue_challenge, issued_at


def test_a_challenge_tells_its_person_when_it_was_given(actor):
    inspector = actor("quality_inspector")
    given = issue_challenge(inspector)
    moment = issued_at(inspector, given.challenge)
    assert abs(moment - timezone.now()) < timedelta(seconds=5)
    assert given.expires_at > moment
    assert issued_at(actor("estate_manager"), given.challenge) is None


@pytest.mark.parametrize("challenge", ["", "none"])
def test_what_was_not_given_tells_nothing(actor, challenge):
    assert issued_at(actor("quality_inspector"), challenge) is None


@pytest.mark.parametrize("signed", [[1], 5])
def test_what_was_signed_for_something_else_tells_nothing(actor, signed):
    assert issued_at(actor("quality_inspector"), signing.dumps(signed, salt=SALT)) is None


def test_two_challenges_differ(actor):
    assert issue_challenge(actor("finance")).challenge != issue_challenge(actor("finance")).challenge


def test_whoever_holds_no_role_gets_none(actor):
    with pytest.raises(NotFound):
        issue_challenge(actor("stranger"))

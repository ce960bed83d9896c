from datetime import date, timedelta

import pytest
from django.utils import timezone

from duban.kernel.actor import Channel, system_actor
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.orgs.selectors import actor_for_person
from duban.platform.audit.models import AuditEntry
from duban.platform.tokens.models import ApiToken
from duban.platform.tokens.selectors import narrowed, own_token, own_tokens, person_of_token, token_of_secret, tokens
from duban.platform.tokens.services import token_create, token_revoke, token_used


def make(world, actor, role="finance", **more):
    return token_create(actor=actor(role), person=world.person(role), name="ledger", **more)


def test_secret_is_kept_as_a_hash_only(world, actor):
    token, secret = make(world, actor)
    assert secret.startswith("duban_")
    assert token.hint == secret[:12] == token.code
    assert secret not in str(ApiToken.objects.values().get())
    assert secret not in str(AuditEntry.objects.about(token).get().changes)
    assert (str(token), token.audit_scope()) == (f"{token.hint}… ledger", world.ours.root.path)


def test_token_leads_to_its_person(world, actor):
    token, secret = make(world, actor)
    assert (token_of_secret(secret), person_of_token(secret)) == (token, world.person("finance"))
    assert person_of_token(secret + "x") is None


def test_token_ends_on_its_day(world, actor):
    _token, secret = make(world, actor, expires_on=date(2026, 12, 1))
    assert person_of_token(secret, today=date(2026, 11, 30)) == world.person("finance")
    assert person_of_token(secret, today=date(2026, 12, 1)) is None


def test_token_of_a_closed_account_is_worthless(world, actor):
    _token, secret = make(world, actor)
    type(world.person("finance")).objects.get_queryset().filter(pk=world.person("finance").pk).update(is_active=False)
    assert person_of_token(secret) is None


def test_revoked_token_is_worthless(world, actor):
    token, secret = make(world, actor)
    token_revoke(actor=actor("finance"), token=token)
    token_revoke(actor=actor("finance"), token=token)
    assert person_of_token(secret) is None
    assert AuditEntry.objects.about(token).count() == 2


def test_token_carries_some_rights_or_all(world, actor):
    token, _secret = make(world, actor, codes=["settlement.view"])
    acting = narrowed(actor("finance"), token)
    assert acting.can("settlement.view")
    assert not acting.can("settlement.pay")
    token.codes = []
    assert narrowed(actor("finance"), token) == actor("finance")


def test_token_never_carries_more_than_its_person(world, actor):
    with pytest.raises(Invalid):
        make(world, actor, codes=["scorecards.close"])
    assert ApiToken.objects.count() == 0


def test_name_is_given_once(world, actor):
    make(world, actor)
    with pytest.raises(Invalid):
        make(world, actor)


def test_token_for_another_takes_a_right(world, actor):
    with pytest.raises(NotAllowed):
        token_create(actor=actor("auditor"), person=world.person("finance"), name="x")
    token, _ = token_create(actor=system_actor(world.ours.root.path), person=world.person("finance"), name="x")
    with pytest.raises(NotAllowed):
        token_revoke(actor=actor("auditor"), token=token)
    token_revoke(actor=actor("group_admin"), token=token)


def test_token_makes_no_tokens(world):
    through_api = actor_for_person(world.person("finance"), channel=Channel.API)
    with pytest.raises(NotAllowed):
        token_create(actor=through_api, person=world.person("finance"), name="x")


def test_own_tokens_only(world, actor):
    token, _ = make(world, actor)
    assert list(own_tokens(actor("finance"))) == [own_token(actor("finance"), token.hint)] == list(tokens(actor("auditor")))
    assert list(tokens(actor("their group_admin"))) == []
    with pytest.raises(NotFound):
        own_token(actor("auditor"), token.hint)


def test_last_use_is_written_now_and_then(world, actor, django_assert_num_queries):
    token, _ = make(world, actor)
    token_used(token)
    token.refresh_from_db()
    assert token.last_used_at is not None
    with django_assert_num_queries(0):
        token_used(token)
    token.last_used_at = timezone.now() - timedelta(hours=1)
    with django_assert_num_queries(1):
        token_used(token)


def test_the_system_has_no_tokens(world, actor):
    make(world, actor)
    assert list(own_tokens(system_actor(world.ours.root.path))) == []

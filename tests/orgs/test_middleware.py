from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from duban.kernel.actor import Channel
from duban.orgs.middleware import NOBODY, ActorMiddleware
from duban.platform.requests import actor_of


def actor_for(person, path="/"):
    request = RequestFactory().get(path)
    request.user = person
    ActorMiddleware(lambda _request: HttpResponse())(request)
    return actor_of(request)


def test_signed_in_person_acts_with_their_roles(world):
    actor = actor_for(world.person("finance"))
    assert (actor.person_id, actor.roles, actor.channel) == (world.person("finance").pk, ("finance",), Channel.WEB)
    assert actor_for(world.person("finance"), "/api/v1/orgs/me").channel is Channel.API


def test_nobody_is_nobody(db):
    actor = actor_for(AnonymousUser())
    assert (actor.person_id, actor.grants, actor.tenant_path) == (None, (), NOBODY.tenant_path)


def test_actor_costs_nothing_where_nobody_asks(world, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = world.person("finance")
    with django_assert_num_queries(0):
        ActorMiddleware(lambda _request: HttpResponse())(request)


def test_page_speaks_the_language_of_the_person(world, client_as):
    person = world.person("finance")
    person.language = "zh-hans"
    person.save()
    client = client_as("finance")
    assert '<html lang="zh-hans"' in client.get("/settings/").text
    client.cookies["django_language"] = "en"
    assert '<html lang="en"' in client.get("/settings/").text

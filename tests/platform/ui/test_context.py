from collections.abc import Callable
from datetime import date
from typing import cast

from django.test import RequestFactory

from duban.kernel.actor import Actor
from duban.platform.requests import ActorRequest
from duban.platform.ui import context, navigation


def test_shell_of_a_signed_in_person(actor: Callable[[str], Actor], rf: RequestFactory) -> None:
    request = rf.get("/")
    person = actor("quality_manager")
    cast("ActorRequest", request).actor = person
    shell = context.build_shell(request)
    assert (shell.actor, shell.role, shell.theme, shell.today) == (person, "Quality manager", "", date(2026, 11, 23))
    assert shell.counts_url == "/_ui/counts/"
    navigation.counts(person)
    assert context.build_shell(request).counts_url == ""


def test_shell_of_nobody_has_no_navigation(rf: RequestFactory) -> None:
    shell = context.build_shell(rf.get("/"))
    assert (shell.actor, shell.overview, shell.chain, shell.base, shell.counts_url) == (None, (), (), (), "")


def test_theme_is_one_of_two(rf: RequestFactory) -> None:
    rf.cookies["theme"] = "dark"
    assert context.theme_of(rf.get("/")) == "dark"
    rf.cookies["theme"] = '"><script>'
    assert context.theme_of(rf.get("/")) == ""


def test_frame_is_lazy(rf: RequestFactory) -> None:
    frame = context.page_frame(rf.get("/"))
    assert frame["actor"] is None
    assert frame["shell"].theme == ""

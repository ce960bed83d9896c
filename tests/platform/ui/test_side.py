from collections.abc import Callable
from typing import cast

from django.test import RequestFactory
from django.utils import translation

from duban.kernel.actor import Actor
from duban.platform.requests import ActorRequest
from duban.platform.ui import navigation
from duban.platform.ui.context import Shell, build_shell
from duban.platform.ui.side import _side, side


def _shell(rf: RequestFactory, actor: Actor, path: str = "/") -> Shell:
    request = rf.get(path)
    cast("ActorRequest", request).actor = actor
    return build_shell(request)


def test_who_sees_the_same_gets_the_same_and_nobody_else(actor: Callable[[str], Actor], rf: RequestFactory) -> None:
    _side.cache_clear()
    manager, vendor = actor("quality_manager"), actor("vendor_manager")
    first = side(_shell(rf, manager))
    assert side(_shell(rf, manager)) is first
    assert side(_shell(rf, vendor)) != first
    assert 'aria-current="page"' in first


def test_language_place_and_counts_are_part_of_it(actor: Callable[[str], Actor], rf: RequestFactory) -> None:
    person = actor("quality_manager")
    before = side(_shell(rf, person))
    with translation.override("zh-hans"):
        assert side(_shell(rf, person)) != before
    assert side(_shell(rf, person, "/vendors/")) != before
    navigation.counts(person)
    assert "hx-get" in before
    assert "hx-get" not in side(_shell(rf, person))

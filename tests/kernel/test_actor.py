import pytest

from duban.kernel.actor import Actor, Channel, Grant, system_actor
from duban.kernel.errors import NotAllowed

CITY = Grant("quality_manager", "/1/4/", is_vendor=False, codes=frozenset({"cards.close"}))
GROUP = Grant("auditor", "/1/", is_vendor=False, codes=frozenset({"cards.view"}))
VENDOR = Grant("vendor_manager", "/1/9/", is_vendor=True, codes=frozenset({"cards.appeal"}))


def actor(*grants):
    return Actor(person_id=7, name="王芳", tenant_path="/1/", grants=grants)


def test_right_holds_at_the_unit_and_below_it():
    quality = actor(CITY)
    assert quality.can("cards.close", "/1/4/")
    assert quality.can("cards.close", "/1/4/8/")
    assert not quality.can("cards.close", "/1/")
    assert not quality.can("cards.close", "/1/40/")


def test_right_anywhere():
    assert actor(CITY).can("cards.close")
    assert not actor(CITY).can("cards.view")
    assert not actor().can("cards.view")


def test_rights_of_one_role_do_not_hold_where_another_is_held():
    assert not actor(CITY, GROUP).can("cards.close", "/1/5/")


def test_vendor_grant_counts_for_vendor_paths_only():
    vendor = actor(VENDOR)
    assert vendor.is_vendor
    assert vendor.office_paths() == ()
    assert vendor.vendor_paths("cards.appeal") == ("/1/9/",)
    assert vendor.vendor_paths("cards.close") == ()
    assert vendor.can("cards.appeal", "/1/9/")


def test_person_with_an_office_role_is_no_vendor():
    assert not actor(VENDOR, CITY).is_vendor
    assert not actor().is_vendor


def test_roles_without_doubles():
    assert actor(CITY, VENDOR, CITY).roles == ("quality_manager", "vendor_manager")


def test_require_refuses():
    actor(CITY).require("cards.close", "/1/4/")
    with pytest.raises(NotAllowed):
        actor(CITY).require("cards.close", "/1/")


def test_require_any_needs_one_of_the_places():
    actor(VENDOR).require_any("cards.appeal", ("/1/4/", "/1/9/"))
    with pytest.raises(NotAllowed):
        actor(VENDOR).require_any("cards.appeal", ("/1/4/",))


def test_system_holds_every_right_inside_its_tenant():
    system = system_actor("/1/")
    assert system.can("anything")
    assert system.can("anything", "/1/4/")
    assert not system.can("anything", "/2/")
    assert system.office_paths("anything") == ("/1/",)
    assert (system.person_id, system.channel, system.is_vendor) == (None, Channel.JOB, False)

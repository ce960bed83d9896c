from datetime import date

import pytest

from duban.inspections.selectors.praises import praise_get, praise_list, praise_page
from duban.inspections.services import praise_give
from duban.kernel.errors import NotAllowed, NotFound
from tests.factories.inspections import make_line
from tests.inspections.test_services import photo


@pytest.fixture
def praise(actor, world):
    line = make_line(world.ours)
    return praise_give(
        actor=actor("quality_inspector"), line=line, text="大堂地面洁净", day=date(2026, 11, 20), uploads=[photo()]
    )


def test_praise_is_read_with_pictures_and_a_vendor_reads_no_giver(actor, world, praise):
    office, vendor = (
        praise_page(actor(role), praise_get(actor(role), praise.code)) for role in ("quality_manager", "vendor_manager")
    )
    assert (len(office.photos), office.giver) == (1, world.person("quality_inspector").name)
    assert (len(vendor.photos), vendor.giver) == (1, "")


def test_praise_of_others_is_not_there(actor, praise):
    for role in ("their quality_manager", "rival_manager"):
        assert list(praise_list(actor(role))) == []
        with pytest.raises(NotFound):
            praise_get(actor(role), praise.code)
    with pytest.raises(NotAllowed):
        praise_list(actor("vendor_worker"))

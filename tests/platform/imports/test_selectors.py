"""Which importers somebody may use."""

import pytest

from duban.kernel.errors import NotFound
from duban.platform.imports.selectors import importer, importers_for


def test_importers_are_offered_to_those_who_may_use_them(world):
    assert [item.kind for item in importers_for(world.ours.actor("group_admin"))] == ["estates"]
    assert importers_for(world.ours.actor("finance")) == []


def test_an_unknown_kind_names_the_known_ones(world):
    with pytest.raises(NotFound) as refused:
        importer("ships")
    assert refused.value.params["known"] == "estates"

import pytest

from duban.orgs.domain.tree import PARENTS, is_below, may_stand_below, paths_above
from duban.orgs.models import UnitKind


def test_every_kind_has_its_place():
    assert set(PARENTS) == set(UnitKind.values)


@pytest.mark.parametrize(
    ("kind", "parent", "fits"),
    [
        ("project", "city", True),
        ("city", "region", True),
        ("region", "region", True),
        ("vendor", "group", True),
        ("vendor", "city", False),
        ("city", "project", False),
        ("group", "group", False),
        ("nonsense", "group", False),
    ],
)
def test_what_may_stand_where(kind, parent, fits):
    assert may_stand_below(kind, parent) is fits


def test_subtree_is_a_prefix():
    assert is_below("/1/4/9/", "/1/4/")
    assert is_below("/1/4/", "/1/4/")
    assert not is_below("/1/40/", "/1/4/")


def test_paths_from_the_root_down():
    assert paths_above("/1/4/9/") == ("/1/", "/1/4/", "/1/4/9/")
    assert paths_above("/") == ()

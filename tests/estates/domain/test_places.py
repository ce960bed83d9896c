import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.estates.domain.places import TAG_ALPHABET, depth_of, levels, natural_order, paths_of, split_chain


@given(st.lists(st.integers(0, 20), max_size=20))
def test_paths_follow_parents(choices):
    parents = {key: (None if pick >= key else pick) for key, pick in enumerate(choices, start=1) if pick != key}
    parents = {key: parent if parent in parents else None for key, parent in parents.items()}
    paths = paths_of(parents)
    assert set(paths) == set(parents)
    for key, parent in parents.items():
        assert paths[key] == f"{'/' if parent is None else paths[parent]}{key}/"


def test_rings_and_unknown_parents_are_refused():
    for parents in ({1: 2, 2: 1}, {1: 9}, {1: 1}):
        with pytest.raises(ValueError, match="ancestor"):
            paths_of(parents)


def test_depth_counts_from_the_estate():
    assert [depth_of(path) for path in ("", "/1/", "/1/2/", "/1/2/3/")] == [0, 0, 1, 2]


def test_levels_hold_every_ancestor_once():
    assert levels([("a", "b", "c"), ("a", "b"), ("d",)]) == [[("a",), ("d",)], [("a", "b")], [("a", "b", "c")]]
    assert levels([]) == []


def test_a_written_chain_is_cut_at_slashes():
    assert split_chain(" 1 栋 / 2 层／东楼梯 // ") == ("1 栋", "2 层", "东楼梯")


def test_the_alphabet_of_labels_has_no_look_alikes():
    assert not set("IO01") & set(TAG_ALPHABET)


def test_names_sort_as_people_count():
    names = ["10 栋", "2 栋", "东门", "2 栋 10 层", "2 栋 9 层", "1 栋"]
    assert sorted(names, key=natural_order) == ["1 栋", "2 栋", "2 栋 9 层", "2 栋 10 层", "10 栋", "东门"]

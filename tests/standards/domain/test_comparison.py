from duban.standards.domain.comparison import Difference, ItemDifference, blocks_in_order, compare


def test_every_item_is_told_apart():
    before = {"a.x": {"name": "x", "target": "1"}, "a.y": {"name": "y", "target": "1"}, "a.z": {"name": "z", "target": "1"}}
    after = {"a.x": {"name": "x", "target": "2"}, "a.z": {"name": "z", "target": "1"}, "b.w": {"name": "w", "target": "1"}}
    assert compare(before, after) == (
        ItemDifference("a.x", "x", Difference.CHANGED, (("target", "1", "2"),)),
        ItemDifference("a.z", "z", Difference.SAME),
        ItemDifference("b.w", "w", Difference.ADDED),
        ItemDifference("a.y", "y", Difference.REMOVED),
    )


def test_blocks_come_in_order_of_appearance():
    assert blocks_in_order(["floors.a", "lobby.a", "floors.b"]) == ("floors", "lobby")

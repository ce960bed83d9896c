from duban.standards.domain.details import ItemDetails


def test_the_block_is_the_part_before_the_dot():
    assert ItemDetails("floors.handrail", "扶手", "每日").block == "floors"

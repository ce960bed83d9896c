from duban.complaints.domain.categories import categories
from duban.estates.domain.service_lines import ServiceLine


def test_every_category_has_names_a_source_and_a_known_service_line():
    for key, category in categories().items():
        assert category.key == key
        assert category.source
        assert category.service_line in {"", *ServiceLine}
        assert category.name("en") != category.name("zh-hans")


def test_urgent_ones_are_answered_within_the_half_hour():
    urgent = {key: category.allowed.minutes for key, category in categories().items() if category.is_urgent}
    assert urgent == {"trapped": 15, "water": 30, "power": 30, "safety": 30}

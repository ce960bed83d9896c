from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS, SPECIAL_WORK_WORDS, keys_of_words
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS, SPECIAL_WORK_LABELS, ServiceLine, SpecialWork


def test_every_line_and_work_has_words_and_a_label():
    assert set(SERVICE_LINE_WORDS) == set(ServiceLine) == set(SERVICE_LINE_LABELS)
    assert set(SPECIAL_WORK_WORDS) == set(SpecialWork) == set(SPECIAL_WORK_LABELS)


def test_words_are_found_whatever_their_language():
    assert keys_of_words(["保安", "CLEANING", "greening", "保洁", "烹饪"], SERVICE_LINE_WORDS) == (
        ("security", "cleaning", "greening"),
        ("烹饪",),
    )

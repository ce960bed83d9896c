import pytest

from duban.vendors.domain.company import masked_phone, split_words


@pytest.mark.parametrize(
    ("phone", "shown"), [("13812345678", "138****5678"), ("02112345", "021*2345"), ("1234567", "*******"), ("", "")]
)
def test_the_middle_of_a_number_is_hidden(phone, shown):
    assert masked_phone(phone) == shown


def test_words_are_parted_by_any_sign():
    assert split_words(" 保洁、绿化, 保安；工程/客服 ") == ("保洁", "绿化", "保安", "工程", "客服")
    assert split_words("") == ()

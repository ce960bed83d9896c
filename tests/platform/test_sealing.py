import pytest

from duban.platform.sealing import CannotUnseal, seal, unseal


def test_what_is_sealed_comes_back_and_is_not_to_be_seen():
    sealed = seal("13812345678")
    assert "138" not in sealed
    assert unseal(sealed) == "13812345678"
    assert seal("13812345678") != sealed


def test_nothing_stays_nothing():
    assert (seal(""), unseal("")) == ("", "")


def test_another_key_or_an_altered_value_cannot_be_read(settings):
    sealed = seal("13812345678")
    with pytest.raises(CannotUnseal):
        unseal(sealed[:-4] + "AAAA")
    settings.SECRET_KEY = "another secret of at least thirty-two signs"
    with pytest.raises(CannotUnseal):
        unseal(sealed)

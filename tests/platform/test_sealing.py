import pytest

from duban.platform.sealing import CannotUnseal, fingerprint, seal, unseal


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


def test_a_fingerprint_finds_equals_inside_its_scope_only(settings):
    mark = fingerprint("310115198005010019", scope="/1/")
    assert mark == fingerprint("310115198005010019", scope="/1/")
    assert len(mark) == 64
    assert mark != fingerprint("310115198005010019", scope="/2/")
    assert mark != fingerprint("310115198005010027", scope="/1/")
    assert fingerprint("", scope="/1/") == ""
    settings.SECRET_KEY = "another secret of at least thirty-two signs"
    assert mark != fingerprint("310115198005010019", scope="/1/")

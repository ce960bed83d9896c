"""The generated reference is fresh, and says something about everything it lists."""

import pytest

from tools import reference


@pytest.mark.parametrize("name", sorted(reference.pages()))
def test_reference_is_fresh(name):
    path = reference.REFERENCE / name
    assert path.exists(), "run `make reference`"
    assert path.read_text(encoding="utf-8") == reference.pages()[name], "run `make reference`"


def test_every_setting_is_described():
    assert [line for line in reference.settings().splitlines() if line.startswith("| `") and line.endswith("|  |")] == []

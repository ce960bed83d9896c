"""Which exporters there are."""

import pytest

from duban.kernel.errors import NotFound
from duban.platform.exports.selectors import exporter, exporters


def test_an_exporter_is_found_by_its_kind_or_the_known_ones_are_named():
    kinds = [item.kind for item in exporters()]
    assert exporter(kinds[0]).kind == kinds[0]
    with pytest.raises(NotFound) as refused:
        exporter("ships")
    assert refused.value.params["known"] == ", ".join(kinds)

from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from duban.platform.sync.payloads import PhotoIn, PositionIn, photo_hashes


def test_a_photo_names_its_bytes_and_where_it_was_taken():
    photo = PhotoIn.model_validate(
        {"sha256": "a" * 64, "taken_at": "2026-11-26T08:00:00Z", "position": {"lat": "31.230400", "lon": "121.473700"}}
    )
    assert (photo.source, str(photo.position.lat), photo.position.is_mock) == ("camera", "31.230400", False)
    assert photo_hashes(SimpleNamespace(photos=[photo])) == ["a" * 64]


@pytest.mark.parametrize("lat", ["91", "north", "NaN"])
def test_a_place_beyond_the_earth_is_refused(lat):
    with pytest.raises(ValidationError):
        PositionIn.model_validate({"lat": lat, "lon": "121"})

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from duban.platform.files.services import store_file
from duban.platform.trust.prints import read_print, signed, unsigned
from tests.factories.pictures import make_picture


@pytest.fixture
def read(actor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def run(picture):
        return read_print(store_file(actor=actor("finance"), source=picture).sha256)

    return run


def test_the_same_scene_saved_again_differs_in_few_bits(read):
    first, again, other = (read(make_picture(*said)).phash for said in ((1,), (1,), (2,)))
    saved = read(make_picture(1, quality=40)).phash
    assert first == again
    assert (first ^ saved).bit_count() <= 4
    assert (first ^ other).bit_count() > 10


def test_time_place_and_maker_are_read(read):
    found = read(
        make_picture(
            3,
            taken="2026:11:26 14:30:00",
            offset="+08:00",
            point=("N", (31.0, 13.0, 49.44), "E", (121.0, 28.0, 25.32)),
            software="Adobe Photoshop 25",
        )
    )
    assert found.taken_at == datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
    assert (found.point, found.is_edited) == ((Decimal("31.230400"), Decimal("121.473700")), True)


def test_the_other_halves_of_the_earth_and_of_the_clock(read):
    found = read(make_picture(4, taken="2026:11:26 14:30:00", offset="-05:30", point=("S", (1, 30, 0), "W", (2, 0, 0))))
    assert (found.taken_at, found.point) == (datetime(2026, 11, 26, 20, tzinfo=UTC), (Decimal("-1.5"), Decimal(-2)))


@pytest.mark.parametrize(
    ("said", "camera"),
    [
        (("HUAWEI", "ALN-AL00"), "HUAWEI ALN-AL00"),
        (("vivo", "vivo X100\0"), "vivo X100"),
        (("Apple",), "Apple"),
        ((), ""),
        (("x" * 90, "y"), "x" * 80),
    ],
)
def test_the_camera_is_read(read, said, camera):
    assert read(make_picture(7, camera=said)).camera == camera


@pytest.mark.parametrize("offset", ["", "east", "+8"])
def test_a_time_without_a_zone_is_ours(read, offset):
    assert read(make_picture(5, taken="2026:11:26 14:30:00", offset=offset)).taken_at == datetime(
        2026, 11, 26, 6, 30, tzinfo=UTC
    )


def test_what_cannot_be_read_tells_nothing(read, settings, tmp_path):
    found = read(make_picture(6, taken="yesterday", point=("N", (1, 2))))
    assert (found.taken_at, found.point, found.is_edited) == (None, None, False)
    assert read_print("0" * 64).phash is None


def test_a_picture_of_nothing_resembles_nothing(read):
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(buffer, "PNG")
    assert read(buffer.getvalue()).phash is None


@pytest.mark.parametrize("phash", [0, 1, 2**63 - 1, 2**63, 2**64 - 1])
def test_sixty_four_bits_fit_the_database(phash):
    assert -(2**63) <= signed(phash) < 2**63
    assert unsigned(signed(phash)) == phash

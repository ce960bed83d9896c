"""Photos with something on them, and with what a camera writes into the file."""

import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

EXIF, GPS = 0x8769, 0x8825


def make_picture(
    seed: int = 1,
    *,
    taken: str = "",
    offset: str = "",
    point: tuple = (),
    software: str = "",
    camera: tuple = (),
    quality: int = 90,
):
    """A picture of random patches, the same for the same seed; `point` is (N, lat, E, lon), `camera` (maker, model)."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (96, 72))
    for x in range(0, 96, 12):
        for y in range(0, 72, 12):
            picture.paste((chance.randrange(256),) * 3, (x, y, x + 12, y + 12))
    exif = Image.Exif()
    if software:
        exif[0x0131] = software
    exif.update(dict(zip((0x010F, 0x0110), camera, strict=False)))
    if taken:
        exif.get_ifd(EXIF)[0x9003] = taken
    if offset:
        exif.get_ifd(EXIF)[0x9011] = offset
    if point:
        exif.get_ifd(GPS).update(dict(enumerate(point, 1)))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, exif=exif)
    return SimpleUploadedFile(f"{seed}.jpg", buffer.getvalue(), "image/jpeg")

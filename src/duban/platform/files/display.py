"""Copies of pictures for the screen: small, upright, without the place and the device the original carries."""

from typing import BinaryIO

from PIL import Image, ImageOps

from duban.platform.files.bands import Band, with_band
from duban.platform.files.models import StoredFile
from duban.platform.files.storage import display_key, file_store, original_key, temporary_file

VARIANTS = {"display": 1600, "thumb": 320}
"""Name → longest edge in pixels."""


def open_display(file: StoredFile, variant: str, band: Band | None = None) -> BinaryIO:
    """The JPEG copy of a picture, with time and place on its edge if they are given; made on first use and kept."""
    store, key = file_store(), display_key(file.sha256, variant, band.key if band else "")
    if not store.holds(key):
        _make(file, variant, key, band)
    return store.open(key)


def _make(file: StoredFile, variant: str, key: str, band: Band | None) -> None:
    store = file_store()
    path = temporary_file(store)
    edge = VARIANTS[variant]
    with store.open(original_key(file.sha256)) as source, Image.open(source) as picture:
        picture.draft("RGB", (edge, edge))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((edge, edge))
        flat = Image.new("RGB", upright.size, "white")
        clear = upright.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
        shown = with_band(flat, band) if band else flat
        shown.save(path, "JPEG", quality=82, optimize=True)
    store.keep(path, key)

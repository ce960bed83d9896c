"""Time and place on the edge of a photo's copy, as the phone said them; the original stays as it came."""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import cast

from PIL import Image, ImageDraw, ImageFont

FONT = files("duban.platform.ui") / "fonts" / "NotoSansSC_400Regular.ttf"
SMALL = 400
"""A copy narrower than this is looked at as a stamp: it carries the time alone, as large as it goes."""
DARK, LIGHT, VEIL = (10, 17, 25), (255, 255, 255), 0.72


@dataclass(frozen=True)
class Band:
    """What stands on the edge: when, and where."""

    when: str
    where: str = ""

    @property
    def key(self) -> str:
        """Tells copies with different bands apart."""
        return sha256(f"{self.when}\n{self.where}".encode()).hexdigest()[:12]


def with_band(picture: Image.Image, band: Band) -> Image.Image:
    """A copy of the picture with the band over its lower edge."""
    is_small = picture.width < SMALL
    lines = [(band.when, 0.12 if is_small else 0.034)]
    if band.where and not is_small:
        lines.append((_printable(band.where), 0.024))
    written = [(text, _font(text, picture.width, share)) for text, share in lines]
    heights = [round(font.size * 1.35) for _, font in written]
    return _written(picture, [(text, font, height) for (text, font), height in zip(written, heights, strict=True)])


def _written(picture: Image.Image, lines: list[tuple[str, ImageFont.FreeTypeFont, int]]) -> Image.Image:
    margin = round(picture.width * 0.02)
    top = max(0, picture.height - sum(height for _, _, height in lines) - margin)
    banded = picture.convert("RGB")
    edge = (0, top, banded.width, banded.height)
    below = banded.crop(edge)
    banded.paste(Image.blend(below, Image.new("RGB", below.size, DARK), VEIL), edge)
    pen = ImageDraw.Draw(banded)
    for text, font, height in lines:
        pen.text((margin, top + margin // 2), text, font=font, fill=LIGHT)
        top += height
    return banded


def _font(text: str, width: int, share: float) -> ImageFont.FreeTypeFont:
    """The font in the size asked for, smaller where the text would not fit."""
    size = max(8.0, width * share)
    taken = _sized(size).getlength(text)
    return _sized(max(6.0, min(size, size * width * 0.96 / max(taken, 1.0))))


def _sized(size: float) -> ImageFont.FreeTypeFont:
    if FONT.is_file():
        return ImageFont.truetype(str(FONT), round(size))
    return cast("ImageFont.FreeTypeFont", ImageFont.load_default(round(size)))


def _printable(text: str) -> str:
    """Without the Chinese font, which is laid beside the assets when those are built, only digits and codes are written."""
    if FONT.is_file():
        return text
    return " ".join("".join(sign if sign.isascii() else " " for sign in text).split())

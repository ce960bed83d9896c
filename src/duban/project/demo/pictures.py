"""Drawn stand-ins for evidence photos: a corridor, a lawn, a gate, a machine room, a desk, each with its fault."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 800, 600
HORIZON = 250
PALETTES = {
    "cleaning": ((226, 224, 218), (186, 180, 170), (150, 143, 132)),
    "security": ((205, 214, 224), (140, 150, 160), (92, 102, 112)),
    "greening": ((198, 221, 236), (126, 168, 94), (88, 130, 66)),
    "maintenance": ((212, 212, 208), (128, 134, 140), (84, 90, 98)),
    "customer_service": ((238, 230, 218), (190, 160, 124), (142, 112, 82)),
}


def evidence_picture(
    service_line: str, random: Random, caption: str, *, is_mended: bool = False, exif: Image.Exif | None = None
) -> bytes:
    """One JPEG of about 25 kB; the same random state draws the same picture, and no two draws are alike.

    `is_mended` draws the same spot with the fault gone: for the picture after. `exif` is what the camera wrote into it;
    without a `caption` no edge is drawn.
    """
    wall, floor, dark = PALETTES[service_line]
    image = Image.new("RGB", (WIDTH, HEIGHT), wall)
    draw = ImageDraw.Draw(image)
    vanishing = random.randint(300, 500)
    draw.polygon([(0, HEIGHT), (WIDTH, HEIGHT), (vanishing + 90, HORIZON), (vanishing - 90, HORIZON)], fill=floor)
    for side in (-1, 1):
        draw.line([(vanishing + side * 90, HORIZON), (WIDTH if side > 0 else 0, HEIGHT)], fill=dark, width=4)
        draw.line([(vanishing + side * 90, HORIZON), (vanishing + side * 90, 90)], fill=dark, width=2)
    _furnish(draw, service_line, random, dark)
    if not is_mended:
        _fault(draw, service_line, random)
    if caption:
        draw.rectangle([(0, HEIGHT - 44), (WIDTH, HEIGHT)], fill=(14, 26, 38))
        draw.text((16, HEIGHT - 36), caption, fill=(255, 255, 255), font=ImageFont.load_default(24))
    out = BytesIO()
    image.save(out, "JPEG", quality=72, **({"exif": exif} if exif else {}))
    return out.getvalue()


def _furnish(draw: ImageDraw.ImageDraw, service_line: str, random: Random, dark: tuple[int, int, int]) -> None:
    for _ in range(random.randint(3, 6)):
        left, top = random.randint(0, WIDTH - 120), random.randint(60, HORIZON - 20)
        if service_line == "greening":
            radius = random.randint(30, 80)
            draw.ellipse([(left, top), (left + radius * 2, top + radius * 2)], fill=(70, random.randint(110, 150), 60))
            draw.rectangle(
                [(left + radius - 6, top + radius * 2), (left + radius + 6, top + radius * 2 + 60)], fill=(104, 78, 52)
            )
        else:
            draw.rectangle(
                [(left, top), (left + random.randint(50, 110), top + random.randint(90, 190))], outline=dark, width=4
            )


def _fault(draw: ImageDraw.ImageDraw, service_line: str, random: Random) -> None:
    tone = {"greening": (150, 120, 70), "security": (70, 60, 60)}.get(service_line, (96, 84, 66))
    x, y = random.randint(180, 560), random.randint(360, 470)
    for _ in range(random.randint(14, 40)):
        left, top = x + random.randint(-110, 110), y + random.randint(-50, 60)
        size = random.randint(4, 34)
        draw.ellipse([(left, top), (left + size, top + size // 2 + 2)], fill=tuple(c + random.randint(-18, 18) for c in tone))
    draw.ellipse([(x - 150, y - 90), (x + 160, y + 100)], outline=(192, 38, 38), width=5)

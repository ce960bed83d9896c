"""Where places lie: positions on the ground for all, and a drawn site plan for 翠湖花园."""

from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from duban.estates.models import Estate, Place, PlaceKind
from duban.kernel.actor import system_actor
from duban.platform.files.services import store_file

PLANNED = "翠湖"
WIDTH, HEIGHT = 1200, 800
AREAS = {
    "外围道路": (50, 94),
    "大堂": (38, 84),
    "地下车库": (72, 84),
    "中心绿地": (50, 48),
    "东门": (95, 50),
    "西门": (5, 50),
    "监控室": (88, 84),
    "客服中心": (20, 84),
}
COLUMNS = (17, 33, 67, 83)
ROWS = (20, 40, 64)
LAWN, ROAD, HOUSE, WATER, LINE = (226, 236, 216), (236, 234, 228), (250, 248, 244), (196, 220, 232), (120, 128, 136)
STEP = Decimal("0.00042")


def place_spots(estate: Estate, tops: list[Place]) -> None:
    """Give the places at the top of an estate their positions on the ground, and on the plan where one is drawn."""
    for number, place in enumerate(tops):
        row, column = divmod(number, 5)
        if estate.latitude is not None and estate.longitude is not None:
            place.latitude = estate.latitude + STEP * (row - 2)
            place.longitude = estate.longitude + STEP * (column - 2)
            place.radius_m = 60 if place.kind == PlaceKind.AREA else 40
        if estate.short_name == PLANNED:
            place.plan_x, place.plan_y = (Decimal(value) for value in _spot(place))


def draw_plan(estate: Estate) -> None:
    """Hang the drawn plan on the estate it is for."""
    if estate.short_name == PLANNED:
        estate.plan = store_file(actor=system_actor("/"), source=site_plan(), name="plan.png")
        estate.save(update_fields=["plan"])


def site_plan() -> bytes:
    """Twelve houses round a pond, with roads and two gates, as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), LAWN)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle(_box(50, 50, 94, 92), radius=60, outline=ROAD, width=34)
    for y in (30, 53, 76):
        draw.line([_point(4, y), _point(96, y)], fill=ROAD, width=18)
    draw.line([_point(0, 50), _point(100, 50)], fill=ROAD, width=22)
    draw.ellipse(_box(50, 48, 22, 24), fill=WATER, outline=LINE, width=2)
    font = ImageFont.load_default(26)
    for number in range(1, len(COLUMNS) * len(ROWS) + 1):
        x, y = _house(number)
        draw.rounded_rectangle(_box(x, y, 10, 8), radius=6, fill=HOUSE, outline=LINE, width=3)
        draw.text(_point(x, y), str(number), fill=LINE, font=font, anchor="mm")
    for x in (3, 97):
        draw.rectangle(_box(x, 50, 2, 8), fill=LINE)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _spot(place: Place) -> tuple[int, int]:
    return _house(int(place.name.split()[0])) if place.kind == PlaceKind.BUILDING else AREAS[place.name]


def _house(number: int) -> tuple[int, int]:
    row, column = divmod(number - 1, len(COLUMNS))
    return COLUMNS[column], ROWS[row]


def _point(x: float, y: float) -> tuple[float, float]:
    return x * WIDTH / 100, y * HEIGHT / 100


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    left, top = _point(x - width / 2, y - height / 2)
    right, bottom = _point(x + width / 2, y + height / 2)
    return left, top, right, bottom

"""One greening line of the demo is paid by what was done: a year of counted work, October still open between the two sides."""

from datetime import date
from decimal import Decimal
from random import Random

from duban.contracts.models import ContractLine
from duban.kernel.period import Period
from duban.platform.records import assign_codes
from duban.project.demo.company import FIRST_DAY, LAST_DAY
from duban.project.demo.registers import World
from duban.settlement.models import WorkCount

COUNTED_LINE = ("翠湖", "greening")
PRICE_LIST = (
    ("草坪修剪", "m²", "0.42", 29_000),
    ("绿篱修剪", "m²", "3.60", 2_600),
    ("乔木修剪", "株", "85", 58),
    ("病虫害防治", "次", "1200", 2),
)
"""Work, unit, price, and about how much of it a month takes."""
REST_IN_WINTER = {"草坪修剪": (12, 1, 2), "绿篱修剪": (1, 2)}
OPEN_STATES = {"绿篱修剪": "entered", "乔木修剪": "entered", "病虫害防治": "disputed"}
BY_VENDOR = frozenset({"乔木修剪", "病虫害防治"})
DISPUTE = "10 月只到场一次，第二次因雨取消。"
SEED = 42


def price_list() -> list[dict[str, str]]:
    """The unit prices as a contract line keeps them."""
    return [{"name": name, "unit": unit, "price": price} for name, unit, price, _ in PRICE_LIST]


def count_work(world: World, lines: list[ContractLine]) -> int:
    """Twelve months of quantities: eleven confirmed, the last month waiting, one of it disputed; how many there are."""
    line = next(line for line in lines if line.price_list)
    random = Random(SEED)
    counts = [count for month in _months() for count in _month(world, line, month, random)]
    assign_codes(counts, on=LAST_DAY)
    WorkCount.objects.bulk_create(counts)
    return len(counts)


def _months() -> list[Period]:
    first, last = Period.month_of(FIRST_DAY), Period.month_of(LAST_DAY)
    days = [date(year, month, 1) for year in (first.year, last.year) for month in range(1, 13)]
    return [month for month in map(Period.month_of, days) if first <= month <= last]


def _month(world: World, line: ContractLine, month: Period, random: Random) -> list[WorkCount]:
    is_open = month == Period.month_of(LAST_DAY)
    found = []
    for name, unit, price, usual in PRICE_LIST:
        quantity = usual if usual < 10 else round(usual * random.uniform(0.9, 1.08))
        if month.index in REST_IN_WINTER.get(name, ()):
            continue
        state = OPEN_STATES.get(name, "confirmed") if is_open else "confirmed"
        by_vendor = name in BY_VENDOR
        count = WorkCount(
            line=line, period_code=month.code, name=name, unit=unit, price=Decimal(price), quantity=Decimal(quantity),
            state=state, is_by_vendor=by_vendor, entered_by=world.people["lvye" if by_vendor else "estate"],
            answer=DISPUTE if state == "disputed" else "",
        )  # fmt: skip
        found.append(count)
    return found

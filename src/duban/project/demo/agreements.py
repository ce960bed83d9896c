"""Who serves which estate with what: the sixty contract lines of the demo company."""

from dataclasses import dataclass
from decimal import Decimal

from duban.project.demo.company import ESTATES


@dataclass(frozen=True)
class LinePlan:
    """One contract line before it has a number."""

    estate: str
    service_line: str
    vendor: str


AGREEMENTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("洁达环境", "cleaning", ("翠湖", "映月台", "海棠里", "和园")),
    ("晨雨保洁", "cleaning", ("云栖", "澜庭", "悦府")),
    ("澄净清洁", "cleaning", ("金桂苑", "书香")),
    ("美畅环境", "cleaning", ("湖滨", "石湖", "金鸡湖")),
    ("清源保洁", "cleaning", ("姑苏", "枫桥", "相门")),
    ("百顺后勤", "cleaning", ("科创园", "太湖学院")),
    ("万象综合", "cleaning", ("星河", "东方")),
    ("安盾保安", "security", ("翠湖", "映月台", "海棠里", "东方")),
    ("卫安保安", "security", ("金桂苑", "书香", "和园")),
    ("金盾安防", "security", ("湖滨", "石湖", "金鸡湖", "南岸")),
    ("护城保安", "security", ("姑苏", "枫桥", "平江", "胥江")),
    ("万象综合", "security", ("星河",)),
    ("绿野园林", "greening", ("翠湖", "映月台", "书香", "悦府")),
    ("景致园艺", "greening", ("金桂苑", "云栖", "澜庭")),
    ("沁园绿化", "greening", ("姑苏", "荷塘", "胥江")),
    ("美畅环境", "greening", ("湖滨", "石湖")),
    ("恒升电梯", "maintenance", ("翠湖", "映月台", "湖滨")),
    ("固安消防", "maintenance", ("南岸", "星河")),
    ("迅维工程", "maintenance", ("云栖", "悦府")),
    ("同力机电", "maintenance", ("科创园", "金鸡湖")),
    ("贴心人", "customer_service", ("东方", "澜庭")),
    ("雅诚客服", "customer_service", ("荷塘",)),
    ("百顺后勤", "customer_service", ("木渎",)),
)

LINES = tuple(LinePlan(estate, service, vendor) for vendor, service, estates in AGREEMENTS for estate in estates)

MONTHLY_RATE = {
    "cleaning": Decimal("0.68"),
    "greening": Decimal("0.16"),
    "maintenance": Decimal("0.22"),
    "customer_service": Decimal("0.30"),
}
POST_PRICE = Decimal(6200)


def post_count(estate: str) -> int:
    """Security heads on the contract: one for about 9,000 m², at least four."""
    area = next(plan.area for plan in ESTATES if plan.short == estate)
    return max(4, round(area / 9000))


def monthly_fee(line: LinePlan) -> Decimal:
    """The base fee of a line per month, in CNY, rounded to ten; security is counted by heads."""
    area = next(plan.area for plan in ESTATES if plan.short == line.estate)
    if line.service_line == "security":
        return POST_PRICE * post_count(line.estate)
    return (MONTHLY_RATE[line.service_line] * area / 10).quantize(Decimal(1)) * 10

"""The posts of the demo company: where they stand, when their shifts begin, how many people the contract puts on them."""

from dataclasses import dataclass
from datetime import time
from decimal import ROUND_HALF_UP, Decimal

from duban.estates.domain.posts import Fence, Pattern
from duban.project.demo.agreements import post_count
from duban.project.demo.story import EMPTY_POST, EMPTY_POST_ESTATE
from duban.vendors.domain.certificates import CertificateKind

DAY_SHIFT, NIGHT_SHIFT = time(7), time(19)
THIN_CLEANING, THIN_CREW, CLEANING_CREW = "书香", Decimal(1), Decimal(2)
"""The estate whose contract pays for too few cleaners."""
FEWEST, MOST = 3, 6


@dataclass(frozen=True)
class PostPlan:
    """A post as it will be created; `place` is a place at the top of the estate."""

    name: str
    place: str
    hours_per_week: Decimal
    pattern: Pattern
    crew_size: Decimal
    is_night: bool = False
    fence: Fence = Fence.EXCEPTION
    credentials: tuple[str, ...] = ()

    @property
    def first_shift_at(self) -> time:
        """When its shift begins."""
        return NIGHT_SHIFT if self.is_night else DAY_SHIFT


GATES = (
    ("东门日岗", "东门", False),
    (EMPTY_POST, "东门", True),
    ("西门日岗", "西门", False),
    ("监控室夜岗", "监控室", True),
    ("巡逻日岗", "外围道路", False),
    ("车库夜岗", "地下车库", True),
)
ROUNDS = (("外围保洁岗", "外围道路"), ("楼道保洁岗", "1 栋"), ("大堂保洁岗", "大堂"))
FENCES = {"监控室": Fence.BLOCK, "外围道路": Fence.IGNORE}
CREDENTIALS = {"监控室": (CertificateKind.FIRE_OPERATOR.value,)}


def post_plans(estate: str, service_line: str) -> list[PostPlan]:
    """The posts of a service at an estate: guards by twelve hours, cleaners by eight; other services have none."""
    if service_line == "security":
        return _guards(estate)
    if service_line == "cleaning":
        crew = THIN_CREW if estate == THIN_CLEANING else CLEANING_CREW
        return [
            PostPlan(name, place, Decimal(56), Pattern.ONE_8, crew, fence=FENCES.get(place, Fence.EXCEPTION))
            for name, place in ROUNDS
        ]
    return []


def _guards(estate: str) -> list[PostPlan]:
    heads = post_count(estate)
    fewest = FEWEST + 1 if estate == EMPTY_POST_ESTATE else FEWEST
    chosen = GATES[: max(min(MOST, heads // 3 + 2), fewest)]
    crew = (Decimal(heads) / len(chosen)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return [
        PostPlan(
            name,
            place,
            Decimal(84),
            Pattern.ONE_12,
            crew,
            is_night=is_night,
            fence=FENCES.get(place, Fence.EXCEPTION),
            credentials=CREDENTIALS.get(place, ()),
        )
        for name, place, is_night in chosen
    ]

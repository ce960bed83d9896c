"""Two people rate the courtesy of every front desk each month; in October the second one has not rated yet."""

from decimal import Decimal
from random import Random

from duban.contracts.models import ContractLine
from duban.project.demo.company import LAST_DAY
from duban.project.demo.registers import World
from duban.project.demo.rules import RATED
from duban.scorecards.models import PanelRating, Period

RATERS = ("review", "quality")
LOWEST, HIGHEST = 84, 95
WIDTH = 3
NOTES = ("着装整齐，应答得体", "来访登记及时", "高峰时段等候偏久", "电话三声内接听")
SEED = 77


def rate_lines(world: World) -> int:
    """Ratings of every line of customer service for each month of the year that is there; how many there are."""
    if not PanelRating.objects.exists():
        random = Random(SEED)
        lines = ContractLine.objects.filter(service_line="customer_service").order_by("pk")
        levels = {line: random.randint(LOWEST, HIGHEST) for line in lines}
        months = Period.objects.filter(tenant=world.tenant, kind="month", starts_on__lte=LAST_DAY).order_by("starts_on")
        PanelRating.objects.bulk_create(
            _rating(world, line, month, rater, level + random.randint(-WIDTH, WIDTH), random.choice(NOTES))
            for month in months
            for line, level in levels.items()
            for rater in (RATERS[:1] if month.ends_on >= LAST_DAY else RATERS)
            if line.starts_on <= month.ends_on
        )
    return PanelRating.objects.count()


def _rating(world: World, line: ContractLine, month: Period, rater: str, rating: int, note: str) -> PanelRating:
    return PanelRating(
        line=line,
        period=month,
        indicator_key=str(RATED["key"]),
        rater=world.people[rater],
        rating=Decimal(rating),
        note=note,
    )

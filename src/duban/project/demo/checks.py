"""A year of inspection visits: check results and what they found, in chunks of one month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.estates.models import Place, PlaceKind
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import CheckResult, Visit
from duban.orgs.models import Person
from duban.platform.records import assign_codes
from duban.project.demo import story
from duban.project.demo.company import FIRST_DAY, LAST_DAY
from duban.project.demo.findings import build_findings, number_repeats
from duban.project.demo.registers import World
from duban.standards.models import StandardItem

CHECKS_PER_VISIT = 57
PHOTOS_FROM = date(2026, 5, 1)
INSPECTORS = {"上海": ("inspector", "inspector2"), "苏州": ("inspector3", "inspector4")}
VISITOR, LAST_LOOK = "director", date(2026, 9, 1)
"""The group's own quality manager looks in until autumn, when plans say who goes."""
FLOOR_BLOCKS = frozenset({"floors", "restroom"})
NOTES = {
    "cleaning": ("扶手有积灰", "地面有污渍未清", "垃圾未及时清运", "玻璃有手印"),
    "security": ("未按规定着装", "登记不全", "巡更漏点", "岗亭脏乱"),
    "greening": ("杂草未清", "绿篱未修剪", "有病虫害迹象", "草坪斑秃"),
    "maintenance": ("记录缺签字", "机房有积尘", "照明损坏未修", "未按计划保养"),
    "customer_service": ("台账未更新", "回访缺失", "前台无人接待", "通知未张贴"),
}


@dataclass(frozen=True)
class Round:
    """One visit to come: which line, which day, who goes."""

    line: ContractLine
    day: date
    inspector: Person
    username: str


def build_checks(world: World, lines: list[ContractLine], items: dict[int, list[StandardItem]]) -> int:
    """Create all visits of the year; returns the number of check results."""
    count = 0
    for month in range(12):
        rounds = [each for line in lines for each in _rounds(world, line, month)]
        visits = [
            Visit(line=each.line, inspector=each.inspector, day=each.day, is_announced=world.random.random() < 0.6)
            for each in rounds
        ]
        assign_codes(visits, on=_month_days(month)[0])
        Visit.objects.bulk_create(visits, batch_size=500)
        results = [
            result
            for each, visit in zip(rounds, visits, strict=True)
            for result in check_round(world, each, visit, items[each.line.standard_id or 0])
        ]
        CheckResult.objects.bulk_create(results, batch_size=2000)
        failed = [result for result in results if result.verdict == Verdict.FAIL]
        build_findings(world, failed, on=_month_days(month)[0])
        count += len(results)
    number_repeats()
    return count


def _month_days(month: int) -> tuple[date, date]:
    year, number = divmod(FIRST_DAY.month - 1 + month, 12)
    first = date(FIRST_DAY.year + year, number + 1, 1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _rounds(world: World, line: ContractLine, month: int) -> Iterator[Round]:
    first, last = _month_days(month)
    estate = line.estate
    is_thin = (estate.short_name, line.service_line, month) == (story.THIN_ESTATE, story.THIN_SERVICE, story.THIN_MONTH)
    offset = world.random.randrange(7)
    day = first + timedelta(days=offset)
    while day <= min(last, LAST_DAY):
        if day >= line.starts_on:
            username = inspector_of(world.random, line)
            username = VISITOR if _is_visited(line, day) else username
            yield Round(line, day, world.people[username], username)
        if is_thin:
            return
        day += timedelta(days=7)


def _is_visited(line: ContractLine, day: date) -> bool:
    """Every eleventh week, a line after the other: without a third person nobody could tell who of two is off."""
    return day < LAST_LOOK and (line.pk + day.toordinal() // 7) % 11 == 0


def inspector_of(random: Random, line: ContractLine) -> str:
    """Who of the city's two inspectors goes."""
    first, second = INSPECTORS[line.estate.city]
    if line.contract.vendor.short_name == story.FAVOURED_VENDOR:
        return story.FAVOURING_INSPECTOR if random.random() < 0.75 else first
    return first if random.random() < 0.55 else second


def check_places(
    world: World, each: Round, visit: Visit, items: list[StandardItem], places: list[Place]
) -> Iterator[CheckResult]:
    """Go over every item at every place."""
    misses = world.misses.setdefault(each.line.pk, {})
    clock, chance = _start(world.random, each.day), _chance(each)
    for place in places:
        for item in items:
            clock += timedelta(seconds=world.random.randint(20, 60))
            yield _result(world.random, each, visit, item, place, clock, chance, misses)


def _chance(each: Round) -> float:
    month = story.month_index(each.day)
    return story.pass_chance(each.line.contract.vendor.short_name, each.line.estate.short_name, each.username, month)


def _start(random: Random, day: date) -> datetime:
    return datetime.combine(day, time(8 + random.randrange(8), random.randrange(60)))


def check_round(world: World, each: Round, visit: Visit, items: list[StandardItem]) -> Iterator[CheckResult]:
    """Go over all items of the line's standard, each at some places."""
    random, line = world.random, each.line
    misses = world.misses.setdefault(line.pk, {})
    estate, chance = line.estate.short_name, _chance(each)
    thin = (story.THIN_ESTATE, story.THIN_SERVICE, story.THIN_MONTH)
    is_thin = (estate, line.service_line, story.month_index(each.day)) == thin
    places = world.places[estate]
    clock = _start(random, each.day)
    regular = [item for item in items if not item.is_red_line]
    repeats = max(1, round(CHECKS_PER_VISIT / len(regular)))
    for item in regular[:3] if is_thin else regular:
        for place in random.sample(_suitable(places, item.block), 1 if is_thin else repeats):
            clock += timedelta(seconds=random.randint(25, 140))
            yield _result(random, each, visit, item, place, clock, chance, misses)
    if _crosses_red_line(line, each.day):
        item = next(item for item in items if item.is_red_line)
        yield _failed(each, visit, item, places[0], clock, "夜班当值人员酒后上岗, 已清退")


def _crosses_red_line(line: ContractLine, day: date) -> bool:
    """Whether this is the first weekly visit on or after the day of the red line."""
    is_there = (line.estate.short_name, line.service_line) == (story.RED_LINE_ESTATE, story.RED_LINE_SERVICE)
    return is_there and timedelta(0) <= day - story.RED_LINE_DAY < timedelta(days=7)


def _suitable(places: list[Place], block: str) -> list[Place]:
    wanted = PlaceKind.FLOOR if block in FLOOR_BLOCKS else PlaceKind.AREA
    return [place for place in places if place.kind == wanted]


def _result(
    random: Random,
    each: Round,
    visit: Visit,
    item: StandardItem,
    place: Place,
    clock: datetime,
    chance: float,
    misses: dict[str, float],
) -> CheckResult:
    if random.random() < 0.012:
        return _row(each, visit, item, place, clock, Verdict.NOT_APPLICABLE)
    hard = 0.03 if item.block == "floors" and "18" in place.name else 0.0
    if not _is_missed(random, misses, item.block, 1 - chance + hard):
        return _row(each, visit, item, place, clock, Verdict.PASS)
    return _failed(each, visit, item, place, clock, random.choice(NOTES[each.line.service_line]))


def _is_missed(random: Random, misses: dict[str, float], block: str, chance: float) -> bool:
    """Spread misses evenly: a block gathers chance until it is due, so months differ by quality and not by luck."""
    due = misses.get(block, random.random()) + chance * random.uniform(0.5, 1.5)
    misses[block] = due - 1 if due >= 1 else due
    return due >= 1


def _failed(each: Round, visit: Visit, item: StandardItem, place: Place, clock: datetime, note: str) -> CheckResult:
    result = _row(each, visit, item, place, clock, Verdict.FAIL)
    result.severity = Grade.of(item.severity)
    result.note = note
    result.photo_count = 1 if each.day >= PHOTOS_FROM else 0
    return result


def _row(each: Round, visit: Visit, item: StandardItem, place: Place, clock: datetime, verdict: Verdict) -> CheckResult:
    return CheckResult(
        line=each.line,
        place=place,
        item=item,
        visit=visit,
        inspector=each.inspector,
        day=each.day,
        at=timezone.make_aware(clock),
        verdict=verdict,
    )

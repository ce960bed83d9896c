"""A year of manned and empty posts, of complaints, and of satisfaction rounds."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from duban.attendance.domain.slots import Ground, Shift, SlotState
from duban.attendance.models import Slot
from duban.complaints.models import Complaint, IntakeChannel, Validity
from duban.complaints.services.clocks import promise
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.platform.records import assign_codes
from duban.project.demo import story
from duban.project.demo.company import LAST_DAY
from duban.project.demo.registers import World
from duban.surveys.models import SurveyMethod, SurveyScore

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = ("建华", "志强", "桂芳", "秀英", "国平", "小军", "海燕", "永明", "丽萍", "德胜", "玉兰", "学文")
ROUND_DAYS = (date(2025, 12, 20), date(2026, 3, 20), date(2026, 6, 20), date(2026, 9, 20))
CATEGORY = {
    "cleaning": ("cleanliness",),
    "security": ("order", "safety"),
    "greening": ("greenery",),
    "maintenance": ("repair", "water", "power"),
    "customer_service": ("attitude", "fee", "noise"),
}
TEXTS = {
    "cleanliness": ("楼道垃圾堆了两天没人收", "电梯轿厢有异味", "地库积水没清理", "垃圾桶满溢"),
    "order": ("晚上门岗没有人", "外来车辆占用车位", "快递车逆行没人管", "门禁坏了随便进"),
    "safety": ("单元门口有人争执无人处理", "陌生人尾随进楼"),
    "greenery": ("树枝挡住窗户", "草坪黄了一大片", "蚊虫太多希望消杀"),
    "repair": ("楼道灯不亮", "单元门关不上", "电梯抖动厉害"),
    "water": ("楼上漏水到家里", "管道井渗水"),
    "power": ("半夜停电没有通知",),
    "attitude": ("前台接待态度不好", "电话没有人接"),
    "fee": ("停车费多收了一个月", "账单看不明白"),
    "noise": ("装修噪声周末不停",),
}


def build_slots(world: World, lines: list[ContractLine]) -> int:
    """One slot for each post and day of the year; returns how many."""
    count = 0
    batch: list[Slot] = []
    for line in lines:
        for post in world.posts.get((line.estate.short_name, line.service_line), []):
            batch += _year_of(world.random, line, post)
            if len(batch) > 8000:
                count += len(Slot.objects.bulk_create(batch, batch_size=2000))
                batch = []
    return count + len(Slot.objects.bulk_create(batch, batch_size=2000))


def _year_of(random: Random, line: ContractLine, post: Post) -> Iterator[Slot]:
    people = [random.choice(SURNAMES) + random.choice(GIVEN) for _ in range(3)]
    day = max(date(2025, 11, 1), line.starts_on)
    while day <= LAST_DAY:
        yield _slot(random, line, post, day, people[day.toordinal() % 3])
        day += timedelta(days=1)


def _slot(random: Random, line: ContractLine, post: Post, day: date, name: str) -> Slot:
    state, ground = _state(random, line, post, day)
    start = time(19) if post.is_night else time(7)
    late = random.choice((6, 12, 25, 40)) if state == SlotState.PRESENT and random.random() < 0.01 else 0
    begins = timezone.make_aware(datetime.combine(day, start)) + timedelta(minutes=late - 5)
    hours = Decimal(12) if post.hours_per_week > 60 else Decimal(8)
    manned = state in {SlotState.PRESENT, SlotState.REVIEW}
    return Slot(
        line=line,
        post=post,
        day=day,
        shift=Shift.NIGHT if post.is_night else Shift.DAY,
        planned_hours=hours,
        state=state,
        ground=ground,
        rostered_name=name,
        actual_name=name if state == SlotState.PRESENT else "",
        checkin_at=begins if manned else None,
        checkout_at=begins + timedelta(hours=float(hours)) if manned else None,
        late_minutes=late,
        source="考勤机",
    )


def _state(random: Random, line: ContractLine, post: Post, day: date) -> tuple[SlotState, Ground]:
    estate, month = line.estate.short_name, story.month_index(day)
    if story.is_habitually_empty(estate, post.name, day) and random.random() < 0.85:
        return SlotState.VACANT, Ground.NOBODY_AT_POST
    chance = random.random()
    vacancy = story.vacancy_chance(line.contract.vendor.short_name, month) * (1.8 if post.is_night else 0.7)
    if chance < vacancy:
        return SlotState.VACANT, Ground.NOBODY_AT_POST
    if chance < vacancy + 0.004 and day >= date(2026, 10, 1):
        return SlotState.REVIEW, Ground.OTHER_POST
    return SlotState.PRESENT, Ground.ROSTERED if random.random() < 0.94 else Ground.SUBSTITUTE


def build_complaints(world: World, lines: list[ContractLine]) -> int:
    """Complaints of the year, more of them where service is poor; returns how many."""
    count = 0
    for month in range(12):
        rows = sorted((row for line in lines for row in _month_of(world.random, line, month)), key=lambda row: row.received_at)
        assign_codes(rows, on=rows[0].day)
        count += len(Complaint.objects.bulk_create(rows, batch_size=1000))
    return count


def _month_of(random: Random, line: ContractLine, month: int) -> Iterator[Complaint]:
    vendor, estate = line.contract.vendor.short_name, line.estate
    poorness = 1 - story.pass_chance(vendor, estate.short_name, "", month)
    expected = 0.6 + estate.household_count / 700 + poorness * 22
    count = int(expected) + (random.random() < expected % 1)
    first = date(2025 + (10 + month) // 12, (10 + month) % 12 + 1, 1)
    for _ in range(count if first >= line.starts_on else 0):
        yield _complaint(random, line, first + timedelta(days=random.randrange(28)), poorness)


def _complaint(random: Random, line: ContractLine, day: date, poorness: float) -> Complaint:
    category = random.choice(CATEGORY[line.service_line])
    received = timezone.make_aware(datetime.combine(day, time(7 + random.randrange(15), random.randrange(60))))
    due = promise(category, received) or received + timedelta(days=2)
    share = random.uniform(1.05, 2.2) if random.random() < 0.05 + poorness * 1.1 else random.uniform(0.15, 0.9)
    replied = received + (due - received) * share
    is_open = replied.date() > LAST_DAY
    valid = random.random() < 0.3 + poorness
    return Complaint(
        estate=line.estate,
        line=line,
        service_line=line.service_line,
        category=category,
        channel=random.choice((IntakeChannel.PHONE, IntakeChannel.APP, IntakeChannel.WECHAT, IntakeChannel.DESK)),
        text=random.choice(TEXTS[category]),
        place_name=f"{random.randint(1, 12)} 栋",
        reporter_name=random.choice(SURNAMES) + random.choice(("先生", "女士")),
        received_at=received,
        day=day,
        due_at=due,
        first_reply_at=None if is_open else replied,
        closed_at=None if is_open else replied + timedelta(hours=random.randint(2, 40)),
        validity=Validity.PENDING if is_open else Validity.VALID if valid else Validity.INVALID,
        state="routed" if is_open else "closed",
    )


def build_surveys(world: World, lines: list[ContractLine]) -> int:
    """Four rounds of house visits; returns how many scores."""
    count = 0
    for day in ROUND_DAYS:
        rows = [row for line in lines if (row := _survey(world.random, line, day)) is not None]
        assign_codes(rows, on=day)
        count += len(SurveyScore.objects.bulk_create(rows))
    return count


def _survey(random: Random, line: ContractLine, day: date) -> SurveyScore | None:
    if not line.estate.household_count or line.starts_on > day:
        return None
    chance = story.pass_chance(line.contract.vendor.short_name, line.estate.short_name, "", story.month_index(day))
    respondents = 9 if (line.estate.short_name, line.service_line) == ("翠湖", "cleaning") else random.randint(34, 90)
    mean = Decimal(str(round(58 + chance * 33 + random.uniform(-2.5, 2.5), 1)))
    return SurveyScore(
        estate=line.estate,
        line=line,
        service_line=line.service_line,
        day=day,
        method=SurveyMethod.HOUSE_VISIT,
        invited=respondents * 2,
        respondents=respondents,
        score_sum=mean * respondents,
        source="季度户访",
    )

from datetime import date, timedelta
from random import Random

import pytest

from duban.attendance.models import Slot
from duban.estates.models import Post
from duban.project.demo.post_book import post_plans
from duban.project.demo.registers import World
from tests.factories.attendance import moment
from tests.factories.inspections import make_line, make_place

TURNS = ("王建华", "李志强", "张桂芳")
PLACES = ("东门", "西门", "监控室", "外围道路", "地下车库", "中心绿地", "大堂", "1 栋", "2 栋", "3 栋")
OTHERS = {3: ("vacant", "nobody_at_post"), 5: ("present", "substitute"), 7: ("review", "other_post")}


def _october(line, post):
    for number in range(31):
        day = date(2026, 10, 1) + timedelta(days=number)
        state, ground = OTHERS.get(day.day, ("present", "rostered")) if post.name == "东门日岗" else ("present", "rostered")
        came = moment(day, 19 if post.is_night else 7) if state != "vacant" else None
        name = TURNS[day.toordinal() % 3]
        yield Slot(
            line=line,
            post=post,
            day=day,
            shift="night" if post.is_night else "day",
            state=state,
            ground=ground,
            planned_hours=post.shifts[0].hours,
            rostered_name=name,
            actual_name=name if state == "present" else "",
            checkin_at=came,
            checkout_at=came + timedelta(hours=post.shifts[0].hours) if came else None,
        )


def _man(tenant, estate, service_line):
    line = make_line(tenant, service_line=service_line, estate=estate)
    places = {place.name: place for place in estate.places.all()}
    for plan in post_plans("翠湖", service_line):
        post = Post.objects.create(
            estate=estate,
            service_line=service_line,
            name=plan.name,
            place=places[plan.place],
            hours_per_week=plan.hours_per_week,
            crew_size=plan.crew_size,
            pattern=plan.pattern,
            first_shift_at=plan.first_shift_at,
            fence=plan.fence,
            required_credentials=list(plan.credentials),
            is_night=plan.is_night,
        )
        Slot.objects.bulk_create(_october(line, post))
    return line


@pytest.fixture
def manned(world):
    """The guards of two estates and the cleaners of one, all of one vendor, with October's slots."""
    tenant = world.ours
    tenant.vendor.short_name = "安盾保安"
    tenant.vendor.save()
    for estate, name in ((tenant.estate, "翠湖"), (tenant.estate_two, "海棠里")):
        estate.short_name = name
        estate.latitude, estate.longitude = "31.230400", "121.473700"
        estate.save()
        for place in PLACES:
            make_place(estate, place)
    _man(tenant, tenant.estate, "security")
    _man(tenant, tenant.estate_two, "security")
    _man(tenant, tenant.estate, "cleaning")
    roles = {"andun": "vendor_manager", "captain": "vendor_foreman", "procurement": "procurement", "quality": "quality_manager"}
    people = {name: world.person(role) for name, role in roles.items()}
    return World(random=Random(1), people=people)

"""The registers of the demo company: offices, people, estates with places and posts, vendors with certificates."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.contrib.auth.hashers import make_password
from stdnum.cn import uscc

from duban.estates.models import Estate, Place, PlaceKind, Post
from duban.orgs.models import Person, RoleGrant, Unit, UnitKind
from duban.platform.records import assign_codes
from duban.project.demo.agreements import LINES
from duban.project.demo.company import ESTATES, FIRST_DAY, GROUP, PASSWORD, PEOPLE, VENDORS, VendorPlan
from duban.project.demo.post_book import post_plans
from duban.project.demo.spots import draw_plan, place_spots
from duban.vendors.domain.certificates import CertificateKind
from duban.vendors.models import Certificate, Company, OwnershipGroup

GRADE_RANK = {"一级": 3, "二级": 2, "三级": 1}
COORDINATES = {"上海": (31.2304, 121.4737), "苏州": (31.2990, 120.5853)}
CERTIFICATES = {
    "security": (CertificateKind.SECURITY_COMPANY, "市公安局"),
    "maintenance": (CertificateKind.LIFT_COMPANY, "市场监督管理局"),
    "cleaning": (CertificateKind.CLEANING_GRADE, "清洁行业协会"),
    "greening": (CertificateKind.GREENING, "园林绿化行业协会"),
    "customer_service": (CertificateKind.PROPERTY_TRAINING, "物业管理行业协会"),
}


@dataclass
class World:
    """What has been created so far, by the short names of the plans."""

    random: Random
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    estates: dict[str, Estate] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    posts: dict[tuple[str, str], list[Post]] = field(default_factory=dict)
    vendors: dict[str, Company] = field(default_factory=dict)
    misses: dict[int, dict[str, float]] = field(default_factory=dict)

    @property
    def tenant(self) -> Unit:
        """The root of the demo company."""
        return self.units[GROUP]


def build_registers(world: World) -> None:
    """Create everything that stands before a contract."""
    _offices(world)
    _estates(world)
    _vendors(world)
    _people(world)
    _places(world)
    _posts(world)
    _certificates(world)


def recall(world: World) -> None:
    """Find offices and people of a company that is there already, to go on playing its history."""
    world.units = {unit.name: unit for unit in Unit.objects.all()}
    world.people = {person.username: person for person in Person.objects.all()}


def _unit(world: World, name: str, kind: str, parent: Unit | None, city: str = "") -> Unit:
    unit = Unit(name=name, short_name=name[:24], kind=kind, parent=parent, city=city)
    unit.save()
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    world.units[name] = unit
    return unit


def _offices(world: World) -> None:
    group = _unit(world, GROUP, UnitKind.GROUP, None)
    region = _unit(world, "华东区域", UnitKind.REGION, group)
    for city in ("上海", "苏州"):
        _unit(world, f"{city}城市公司", UnitKind.CITY, region, city)


def _estates(world: World) -> None:
    for plan in ESTATES:
        office = _unit(world, f"{plan.name}项目部", UnitKind.PROJECT, world.units[f"{plan.city}城市公司"], plan.city)
        latitude, longitude = COORDINATES[plan.city]
        estate = Estate(
            office=office,
            name=plan.name,
            short_name=plan.short,
            kind=plan.kind,
            city=plan.city,
            area_m2=Decimal(plan.area),
            household_count=plan.households,
            service_fee_per_m2=Decimal(plan.fee),
            grade_scheme="中物协[2004]1号" if plan.grade else "",
            grade_level=plan.grade,
            grade_rank=GRADE_RANK.get(plan.grade),
            latitude=_near(world, latitude),
            longitude=_near(world, longitude),
        )
        estate.save()
        world.estates[plan.short] = estate


def _near(world: World, centre: float) -> Decimal:
    return Decimal(str(round(centre + world.random.uniform(-0.09, 0.09), 6)))


def _vendors(world: World) -> None:
    for plan in VENDORS:
        unit = _unit(world, plan.short, UnitKind.VENDOR, world.tenant)
        company = Company(
            tenant=world.tenant,
            unit=unit,
            name=plan.name,
            short_name=plan.short,
            credit_code=_credit_code(world),
            size_class=plan.size,
            group=_group(world, plan),
            service_lines=list(plan.lines),
            contact_name=plan.manager,
        )
        company.save()
        world.vendors[plan.short] = company


def _group(world: World, plan: VendorPlan) -> OwnershipGroup | None:
    if not plan.group:
        return None
    return OwnershipGroup.objects.get_or_create(tenant=world.tenant, name=plan.group)[0]


def _credit_code(world: World) -> str:
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91310" + "".join(world.random.choices("0123456789", k=3)) + "MA1" + "".join(world.random.choices(letters, k=6))
    return str(body + uscc.calc_check_digit(body))


def _people(world: World) -> None:
    password = make_password(PASSWORD)
    for plan in PEOPLE:
        person = Person(
            username=plan.username, name=plan.name, email=f"{plan.username}@example.com", password=password, is_demo=True
        )
        person.save()
        RoleGrant(person=person, unit=world.units[plan.place], role=plan.role, from_on=FIRST_DAY).save()
        world.people[plan.username] = person


def _places(world: World) -> None:
    for plan in ESTATES:
        estate = world.estates[plan.short]
        tops = [
            _place(world, estate, PlaceKind.AREA, name)
            for name in ("外围道路", "大堂", "地下车库", "中心绿地", "东门", "西门", "监控室", "客服中心")
        ]
        tops += [_place(world, estate, PlaceKind.BUILDING, f"{number} 栋", plan) for number in range(1, plan.buildings + 1)]
        place_spots(estate, tops)
        draw_plan(estate)
        Place.objects.bulk_create(tops)
        floors = [
            _place(world, estate, PlaceKind.FLOOR, f"{floor} 层", parent=top)
            for top in tops
            if top.kind == PlaceKind.BUILDING
            for floor in sorted({1, plan.floors // 2, plan.floors})
        ]
        Place.objects.bulk_create(floors)
        for place in (*tops, *floors):
            place.path = f"{place.parent.path if place.parent else '/'}{place.pk}/"
        Place.objects.bulk_update([*tops, *floors], ["path"])
        world.places[plan.short] = [*tops, *floors]


def _place(world: World, estate: Estate, kind: str, name: str, plan: object = None, parent: Place | None = None) -> Place:
    households = getattr(plan, "households", 0) // getattr(plan, "buildings", 1) if plan else 0
    tag = "".join(world.random.choices("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", k=10))
    return Place(estate=estate, kind=kind, name=name, parent=parent, tag=tag, household_count=households)


def _posts(world: World) -> None:
    posts: list[Post] = []
    for line in LINES:
        places = {place.name: place for place in world.places[line.estate] if place.parent is None}
        for plan in post_plans(line.estate, line.service_line):
            post = Post(
                estate=world.estates[line.estate],
                service_line=line.service_line,
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
            posts.append(post)
            world.posts.setdefault((line.estate, line.service_line), []).append(post)
    assign_codes(posts)
    Post.objects.bulk_create(posts)


def _certificates(world: World) -> None:
    rows = []
    for plan in VENDORS:
        for line in plan.lines:
            kind, issuer = CERTIFICATES[line]
            until = _certificate_end(world, plan.short)
            number = f"{kind[:3].upper()}{world.random.randrange(10**7, 10**8)}"
            rows.append(
                Certificate(
                    company=world.vendors[plan.short],
                    kind=kind,
                    number=number,
                    issuer=issuer,
                    valid_from=until - timedelta(days=3 * 365),
                    valid_until=until,
                )
            )
    assign_codes(rows)
    Certificate.objects.bulk_create(rows)


def _certificate_end(world: World, vendor: str) -> date:
    if vendor == "安盾保安":
        return date(2026, 10, 14)
    return date(2026, 12, 1) + timedelta(days=world.random.choice((20, 45, 80, 200, 300, 420, 600)))

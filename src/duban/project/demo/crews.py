"""The people who stand on the posts: those whom October's time clocks know, with their cards, their insurance, their coming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from duban.attendance.models import Slot
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.estates.selectors.records import posts_at
from duban.platform.imports.statements import insert_records, insert_rows
from duban.platform.records import assign_codes
from duban.project.demo.company import FIRST_DAY, LAST_DAY
from duban.project.demo.registers import World
from duban.project.demo.voices import GIVEN, SURNAMES
from duban.vendors.domain.certificates import CertificateKind
from duban.vendors.domain.workers import Category, InsuranceKind
from duban.vendors.models import InsuranceProof, Worker, WorkerCredential

TURNS = 3
"""People take turns on a post: the day's ordinal modulo this says whose turn October's time clock recorded."""
SERVICES = ("security", "cleaning")
HIRED_FROM, HIRED_TO = date(2022, 3, 1), date(2025, 9, 30)
INSURED_UNTIL = date(2027, 6, 30)
POLICE = "上海市公安局"
CERTIFICATE_TERM = timedelta(days=6 * 365)
UNINSURED_ONE_IN, UNVERIFIED_ONE_IN = 25, 12
LEAVING, LEAVING_FAST = 0.2, 0.6
"""Share of the posts on which somebody gave notice during the year; the second where the vendor decays."""
CAPTAIN, CAPTAIN_VENDOR, CAPTAIN_ESTATE = "captain", "安盾保安", "翠湖"
FOREMAN, FOREMAN_VENDOR = "foreman", "洁达环境"
CHECKED = ("安盾保安", "万象综合")
"""Vendors whose cards are all verified; of the others some wait."""
NEWCOMERS = (("郑小军", CertificateKind.GUARD), ("朱永明", None))
"""New at the vendor of the captain: one whose card waits for verification, one who has none. Neither is on a roster."""
LAPSED_PLACE = "监控室"
FULL_CREW = 2.5
"""Posts for which the contract pays at least so many people have three who take turns, the others two."""


@dataclass(frozen=True)
class Crew:
    """A post under a line, and who takes turns on it: in October, and since then."""

    line: ContractLine
    post: Post
    before: tuple[Worker, ...]
    since: tuple[Worker, ...]

    def on(self, day: date) -> Worker:
        """Whose turn a day is."""
        turns = self.before if day <= LAST_DAY else self.since
        return turns[day.toordinal() % len(turns)]

    @property
    def vendor(self) -> str:
        """Short name of the vendor."""
        return self.line.contract.vendor.short_name

    @property
    def estate(self) -> str:
        """Short name of the estate."""
        return self.line.estate.short_name


def build_crews(world: World, random: Random, today: date) -> list[Crew]:
    """Enter everybody whom the time clocks of October name, with credentials and insurance; returns who stands where."""
    crews = list(_crews())
    people = [worker for crew in crews for worker in crew.before]
    for worker in people:
        worker.entered_on = _day_between(random, HIRED_FROM, HIRED_TO)
    _accounts(world, crews)
    people += [*_leavers(random, crews), *_newcomers(crews, today)]
    assign_codes(people)
    insert_records(people)
    _credentials(world, random, crews, today)
    _new_cards(people, today)
    insured = [worker for worker in people if worker.person_id is not None or random.randrange(UNINSURED_ONE_IN)]
    insert_rows(InsuranceProof, [_proof(worker) for worker in insured])
    return crews


def _crews() -> Iterator[Crew]:
    lines = ContractLine.objects.filter(service_line__in=SERVICES).exclude(contract__state="draft")
    found = list(lines.select_related("contract__vendor__unit", "contract__office", "estate__office").order_by("pk"))
    posts = posts_at((line.estate_id, line.service_line) for line in found)
    names = _names([line.pk for line in found])
    for line in found:
        pairs = [
            (post, [names[line.pk, post.pk, turn] for turn in range(TURNS) if (line.pk, post.pk, turn) in names])
            for post in posts.get((line.estate_id, line.service_line), [])
        ]
        for number, (post, turns) in enumerate(pairs):
            if turns:
                before = tuple(_worker(line, name, number) for name in turns)
                yield Crew(line, post, before, before[: _size(line, post)])


def _names(lines: Sequence[int]) -> dict[tuple[int, int, int], str]:
    """Line, post and turn → who stood there in the last days of October."""
    rows = Slot.objects.filter(line__in=lines, day__gt=LAST_DAY - timedelta(days=TURNS), day__lte=LAST_DAY).order_by("day")
    fields = ("line_id", "post_id", "day", "rostered_name")
    return {(line, post, day.toordinal() % TURNS): name for line, post, day, name in rows.values_list(*fields)}


def _size(line: ContractLine, post: Post) -> int:
    return max(1, min(TURNS, round(post.crew_size) if line.service_line == "cleaning" else 2 + (post.crew_size >= FULL_CREW)))


def _worker(line: ContractLine, name: str, number: int) -> Worker:
    category = (Category.BACKBONE, Category.IMAGE, Category.ORDINARY)[min(number, 2)]
    return Worker(company=line.contract.vendor, name=name, service_line=line.service_line, category=category.value)


def _accounts(world: World, crews: Sequence[Crew]) -> None:
    """The two foremen of the demo stand on posts themselves."""
    for username, vendor in ((CAPTAIN, CAPTAIN_VENDOR), (FOREMAN, FOREMAN_VENDOR)):
        person = world.people.get(username)
        crew = next((crew for crew in crews if (crew.vendor, crew.estate) == (vendor, CAPTAIN_ESTATE)), None)
        if person is not None and crew is not None:
            worker = crew.before[0]
            own = Slot.objects.filter(post=crew.post, rostered_name=worker.name)
            own.exclude(actual_name="").update(actual_name=person.name)
            own.update(rostered_name=person.name)
            worker.name, worker.person = person.name, person


def _leavers(random: Random, crews: Sequence[Crew]) -> Iterator[Worker]:
    """People who gave notice during the year; whoever has their turn now came the day after."""
    for crew in crews:
        if random.random() < (LEAVING_FAST if crew.vendor == CAPTAIN_VENDOR else LEAVING):
            successor = crew.before[-1]
            left = _day_between(random, FIRST_DAY, LAST_DAY - timedelta(days=31))
            gone = _worker(crew.line, random.choice(SURNAMES) + random.choice(GIVEN), 2)
            gone.entered_on, gone.left_on, gone.category = successor.entered_on, left, successor.category
            successor.entered_on = left + timedelta(days=1)
            yield gone


def _newcomers(crews: Sequence[Crew], today: date) -> list[Worker]:
    line = next((crew.line for crew in crews if crew.vendor == CAPTAIN_VENDOR), None)
    found = [_worker(line, name, 2) for name, _card in NEWCOMERS] if line else []
    for worker in found:
        worker.entered_on = today - timedelta(days=2)
    return found


def _new_cards(people: Sequence[Worker], today: date) -> None:
    cards = {name: card for name, card in NEWCOMERS if card is not None}
    rows = [
        WorkerCredential(
            worker=worker,
            kind=cards[worker.name].value,
            number="3120264471",
            issuer=POLICE,
            valid_from=today - timedelta(days=20),
            entered_on=today,
        )
        for worker in people
        if worker.entered_on == today - timedelta(days=2) and worker.name in cards
    ]
    assign_codes(rows)
    WorkerCredential.objects.bulk_create(rows)


def _day_between(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days))


def _credentials(world: World, random: Random, crews: Sequence[Crew], today: date) -> None:
    rows = [row for crew in crews for worker in crew.before for row in _held(random, crew, worker)]
    checker = world.people["procurement"]
    lapsed = lapsed_crew(crews)
    for row in rows:
        is_waiting = random.randrange(UNVERIFIED_ONE_IN) == 0 and row.kind == CertificateKind.GUARD
        if is_waiting and row.worker.company.short_name not in CHECKED:
            row.state, row.entered_on = "entered", today - timedelta(days=3)
        else:
            row.state, row.verified_by = "verified", checker
        if lapsed and row.kind == CertificateKind.FIRE_OPERATOR and row.worker is lapsed.since[-1]:
            row.valid_until = lapsed_on(today)
    assign_codes(rows)
    WorkerCredential.objects.bulk_create(rows, batch_size=500)


def lapsed_crew(crews: Sequence[Crew]) -> Crew | None:
    """The control room of which one operator's certificate has run out."""
    return next(
        (
            crew
            for crew in crews
            if (crew.vendor, crew.estate) == (CAPTAIN_VENDOR, CAPTAIN_ESTATE) and _place(crew.post) == LAPSED_PLACE
        ),
        None,
    )


def lapsed_on(today: date) -> date:
    """The last day of the certificate that has run out."""
    return today - timedelta(days=4)


def _place(post: Post) -> str:
    return post.place.name if post.place else ""


def _held(random: Random, crew: Crew, worker: Worker) -> Iterator[WorkerCredential]:
    kinds = [CertificateKind.GUARD.value] if crew.line.service_line == "security" else []
    for kind in [*kinds, *crew.post.required_credentials]:
        since = date(2023, 1, 10) + timedelta(days=random.randrange(600))
        limited = kind == CertificateKind.FIRE_OPERATOR
        yield WorkerCredential(
            worker=worker,
            kind=kind,
            number=f"31{random.randrange(10**9, 10**10)}",
            issuer=POLICE if kind == CertificateKind.GUARD else "消防行业职业技能鉴定站",
            valid_from=since,
            valid_until=since + CERTIFICATE_TERM if limited else None,
            entered_on=max(since, worker.entered_on or since),
        )


def _proof(worker: Worker) -> dict[str, object]:
    return {
        "worker_id": worker.pk,
        "kind": InsuranceKind.SOCIAL.value,
        "number": f"SB{worker.code[-6:]}",
        "insurer": "",
        "valid_from": worker.entered_on,
        "valid_until": worker.left_on or INSURED_UNTIL,
    }

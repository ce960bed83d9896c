"""Records from phones that are doubted.

A round done in a breath, a photo handed in twice, a simulated position, a photo that names another time and place, one that
went through an editor, and praise that shows an old picture.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from PIL import Image

from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.inspections.models import InspectionTask
from duban.kernel.actor import Actor, system_actor
from duban.orgs.selectors import actor_for_person
from duban.platform.files.services import store_file
from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.challenges import issue_challenge
from duban.platform.sync.services import receive_envelopes
from duban.platform.sync.shapes import Sent
from duban.platform.trust.models import TrustReview
from duban.platform.trust.selectors import review_list
from duban.platform.trust.services import photos_look, reviews_decide
from duban.project.demo.clock import at
from duban.project.demo.pictures import evidence_picture
from duban.project.demo.registers import World
from duban.standards.models import StandardItem

NAMES = UUID("018f4a2e-7000-7000-8000-000000000000")
DEVICES = {name: str(uuid5(NAMES, name)) for name in ("inspector", "inspector2", "inspector3")}


@dataclass(frozen=True)
class Seen:
    """One answer of a round; `scene` names what its photo shows, the same words the same spot.

    `taken` is when the camera took it, as it wrote that into the file; nothing for the moment of the answer. `away` puts
    the place inside the file so many degrees to the north; `software` is what saved the file last.
    """

    item: str
    place: str
    is_passed: bool = True
    note: str = ""
    scene: str = ""
    taken: str = ""
    is_mock: bool = False
    away: float = 0
    software: str = ""


@dataclass(frozen=True)
class Walk:
    """One round made with the phone: whose, where, when, how many seconds each answer took."""

    vendor: str
    estate: str
    service_line: str
    inspector: str
    day: date
    hour: int
    seconds: float
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Verdict:
    """What somebody decided of the doubtful records at one place; the others wait."""

    place: str
    by: str
    move: str
    note: str
    most: int


SAME_SCENE = "岗亭内外登记与值守"
FIRST_TAKEN = "2026:10:12 10:09:12"
EXIF_IFD, GPS_IFD, MAKE, MODEL, SOFTWARE, TAKEN, OFFSET = 0x8769, 0x8825, 0x010F, 0x0110, 0x0131, 0x9003, 0x9011
GROUNDS = (
    "trees.pests",
    "trees.leaning",
    "trees.survival",
    "shrubs.pests",
    "shrubs.shape",
    "lawn.weeds",
    "lawn.bare",
    "civility.waste",
)
HURRIED = tuple(Seen(key, f"{house} 栋") for house in (1, 2, 3) for key in GROUNDS)
WALKS = (
    Walk(
        "护城保安",
        "枫桥",
        "security",
        "inspector3",
        date(2026, 10, 12),
        10,
        75,
        (
            Seen("posts.main_gate", "东门"),
            Seen("gate.visitors", "西门", is_passed=False, note="外来车辆登记缺三笔", scene=SAME_SCENE),
            Seen("control_room.staffing", "监控室"),
        ),
    ),
    Walk("绿野园林", "书香", "greening", "inspector2", date(2026, 10, 29), 16, 0.6, HURRIED),
    Walk(
        "护城保安",
        "枫桥",
        "security",
        "inspector3",
        date(2026, 10, 30),
        11,
        90,
        (
            Seen("gate.visitors", "东门", is_passed=False, note="外来人员登记不全", scene=SAME_SCENE, taken=FIRST_TAKEN),
            Seen("discipline.phone", "地下车库", is_passed=False, note="当值人员玩手机", is_mock=True),
            Seen("control_room.staffing", "监控室"),
        ),
    ),
    Walk(
        "护城保安",
        "枫桥",
        "security",
        "inspector3",
        date(2026, 10, 30),
        16,
        240,
        (
            Seen("posts.main_gate", "东门", scene="岗亭值守与交接本", taken="2026:10:30 08:41:05", away=0.034),
            Seen("gate.visitors", "西门", scene="西门访客登记台", software="Adobe Photoshop 25.4"),
        ),
    ),
)
PRAISED = Seen("", "中心绿地", note="夜间巡逻时为老人送医，处置得当", scene=SAME_SCENE)
"""Praise with the picture of the gate once more, chosen from the gallery, by a phone that told no position."""
VERDICTS = (
    Verdict("1 栋", "quality", "accept", "与钱丽通话：先走完 1 栋周边，再在岗亭一次录入；抽查三处与记录一致。", 8),
    Verdict("3 栋", "quality", "refuse", "监控显示当日未到 3 栋。", 8),
)
DECIDED = date(2026, 10, 31)


def send_doubts(world: World) -> int:
    """Send all of them, once, and decide some; returns how many doubtful records there are then."""
    if not TrustReview.objects.exists():
        with transaction.atomic():
            for walk in WALKS:
                _send(world, walk)
            _praise(world, WALKS[-1])
            with at(DECIDED):
                photos_look()
                for verdict in VERDICTS:
                    _decide(world, verdict)
    return TrustReview.objects.count()


def _send(world: World, walk: Walk) -> None:
    line, who = _line(walk), actor_for_person(world.people[walk.inspector])
    items = {item.key: item for item in StandardItem.objects.filter(standard=line.standard)}
    places = {name: _place(line, name) for name in dict.fromkeys(seen.place for seen in walk.seen)}
    with at(walk.day, walk.hour):
        task = _task(line, walk.day, list(places.values()))
        begun = timezone.now() - timedelta(seconds=walk.seconds * len(walk.seen) + 120)
        first = next(iter(places.values()))
        sent = [_arrival(who, task, first, begun)]
        for number, seen in enumerate(walk.seen, 1):
            moment = begun + timedelta(seconds=60 + walk.seconds * number)
            sent.append(_answer(walk, task, items[seen.item], places[seen.place], seen, moment))
        end = {"task": task.code, "at": _text(timezone.now()), "answered": len(walk.seen), "skipped": 0}
        sent.append(_envelope(f"{task.code}/end", "finish", timezone.now(), end))
        receive_envelopes(actor=who, device=DEVICES[walk.inspector], sent_at=timezone.now(), envelopes=sent)


def _praise(world: World, walk: Walk) -> None:
    line, who = _line(walk), actor_for_person(world.people[walk.inspector])
    place = Place.objects.filter(estate=line.estate, name=PRAISED.place, parent=None).first()
    with at(walk.day, walk.hour + 1):
        moment = timezone.now()
        said: dict[str, object] = {
            "line": f"{line.contract.code}/{line.number}",
            "place": place.tag if place else "",
            "text": PRAISED.note,
            "at": _text(moment),
            "photos": [_photo(walk, PRAISED, moment, place, source="gallery")],
        }
        sent = _envelope(f"{line.contract.code}/praise", "praise", moment, said)
        receive_envelopes(actor=who, device=DEVICES[walk.inspector], sent_at=moment, envelopes=[sent])


def _decide(world: World, verdict: Verdict) -> None:
    who = actor_for_person(world.people[verdict.by])
    rows = review_list(who).filter(state="waiting", about__endswith=f" {verdict.place}").order_by("pk")[: verdict.most]
    reviews_decide(actor=who, reviews=list(rows), move=verdict.move, note=verdict.note)


def _line(walk: Walk) -> ContractLine:
    rows = ContractLine.objects.filter(estate__short_name=walk.estate, service_line=walk.service_line)
    return rows.select_related("estate", "contract").get(contract__vendor__short_name=walk.vendor, contract__state="active")


def _place(line: ContractLine, name: str) -> Place:
    return Place.objects.get(estate=line.estate, name=name, parent=None)


def _task(line: ContractLine, day: date, places: list[Place]) -> InspectionTask:
    task = InspectionTask.objects.create(line=line, planned_on=day, due_on=day, kind="extra", is_announced=False)
    task.places.set(places)
    return task


def _arrival(who: Actor, task: InspectionTask, place: Place, moment: datetime) -> Sent:
    said: dict[str, object] = {
        "task": task.code,
        "place": place.tag,
        "method": "qr",
        "token": place.tag,
        "challenge": issue_challenge(who).challenge,
        "at": _text(moment),
        "position": _position(place),
    }
    return _envelope(f"{task.code}/in", "checkin", moment, said)


def _answer(walk: Walk, task: InspectionTask, item: StandardItem, place: Place, seen: Seen, moment: datetime) -> Sent:
    said: dict[str, object] = {
        "task": task.code,
        "place": place.tag,
        "item": item.key,
        "verdict": "pass" if seen.is_passed else "fail",
        "severity": None if seen.is_passed else item.severity,
        "note": seen.note,
        "at": _text(moment),
        "position": _position(place, is_mock=seen.is_mock),
        "photos": [_photo(walk, seen, moment, place)] if seen.scene else [],
    }
    return _envelope(f"{task.code}/{item.key}/{place.tag}", "answer", moment, said)


def _photo(walk: Walk, seen: Seen, moment: datetime, place: Place | None, source: str = "camera") -> dict[str, object]:
    taken = seen.taken or f"{timezone.localtime(moment):%Y:%m:%d %H:%M:%S}"
    picture = evidence_picture(walk.service_line, Random(seen.scene), "", exif=_exif(taken, seen, place))
    stored = store_file(actor=system_actor("/"), source=picture, name="现场.jpg")
    return {"sha256": stored.sha256, "taken_at": _text(moment), "source": source}


def _exif(taken: str, seen: Seen, place: Place | None) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE], exif[MODEL] = "HUAWEI", "HUAWEI ALN-AL00"
    if seen.software:
        exif[SOFTWARE] = seen.software
    exif.get_ifd(EXIF_IFD).update({TAKEN: taken, OFFSET: "+08:00"})
    if seen.away and place and place.latitude and place.longitude:
        north, east = _sexagesimal(float(place.latitude) + seen.away), _sexagesimal(float(place.longitude))
        exif.get_ifd(GPS_IFD).update({1: "N", 2: north, 3: "E", 4: east})
    return exif


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    """Degrees, minutes, seconds, as a camera writes them."""
    minutes = (degrees - int(degrees)) * 60
    return float(int(degrees)), float(int(minutes)), round((minutes - int(minutes)) * 60, 2)


def _position(place: Place, *, is_mock: bool = False) -> dict[str, object]:
    return {"lat": f"{place.latitude:.6f}", "lon": f"{place.longitude:.6f}", "accuracy": 12, "is_mock": is_mock}


def _envelope(name: str, kind: str, moment: datetime, said: dict[str, object]) -> Sent:
    return Sent(uuid5(NAMES, name), f"inspections.{kind}", 1, moment, said, digest(canonical(said) or ""))


def _text(moment: datetime) -> str:
    return moment.isoformat()

"""A checklist with a form of its own: meters, store rooms, extinguishers; a round that uses it, one place filled in."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.inspections.domain.plans import Frequency, PlanInput
from duban.inspections.models import FormAnswer, InspectionTask
from duban.inspections.services import plan_create, task_start
from duban.inspections.services.phone_forms import take_forms
from duban.orgs.selectors import actor_for_person
from duban.platform.files.services import store_file
from duban.platform.sheets.writers import write_book
from duban.platform.sync.kinds import Received
from duban.project.demo.registers import World
from duban.standards.domain.xforms.forms import Choice, Form, Question
from duban.standards.domain.xforms.items import VERDICTS
from duban.standards.domain.xforms.writing import write_form
from duban.standards.models import Checklist, Standard
from duban.standards.services import checklist_create, form_import

VENDOR, ESTATE = "洁达环境", "翠湖"
NAME = "楼道与库房巡检（表单）"
ITEMS = ("floors.handrail", "floors.clutter", "waste.bins")
ENVELOPE = UUID("01930000-0000-7000-8000-00000000f0a1")
SECTION = {"floors.handrail": "楼梯扶手擦拭", "floors.clutter": "楼道无堆放杂物", "waste.bins": "垃圾桶满溢与清洁"}
ENGLISH = {"floors.handrail": "Handrails wiped", "floors.clutter": "No clutter in corridors", "waste.bins": "Bins clean"}


def _said(chinese: str, english: str) -> dict[str, dict[str, str]]:
    return {"label": {"zh": chinese, "en": english}}


def _asked(key: str) -> tuple[Question, ...]:
    failed = {"relevant": f"${{{key}}} = 'fail'"}
    return (
        Question(key, "select_one", _said(SECTION[key], ENGLISH[key]), {"required": "true()"}, "verdict"),
        Question(f"{key}.photo", "image", _said("照片", "Photo"), {**failed, "required": "true()"}),
        Question(f"{key}.note", "text", _said("说明", "Note"), failed),
    )


FORM = Form(
    NAME,
    (
        Question("intro", "note", _said("先看楼道，再看保洁库房。", "First the corridor, then the cleaning store.")),
        Question(
            "corridor",
            "group",
            _said("楼道", "Corridor"),
            children=tuple(question for key in ITEMS for question in _asked(key)),
        ),
        Question(
            "store.temperature",
            "decimal",
            {
                **_said("库房温度（℃）", "Store temperature (°C)"),
                "constraint_message": {"zh": "应在 0 到 45 ℃ 之间", "en": "Between 0 and 45 °C"},
            },
            {"constraint": ". >= 0 and . <= 45", "required": "true()"},
        ),
        Question("store.ppe", "select_multiple", _said("劳保用品齐备", "Protective gear at hand"), choices="gear"),
        Question(
            "extinguishers",
            "repeat",
            _said("灭火器", "Extinguishers"),
            children=(
                Question("code", "barcode", _said("编码", "Code"), {"required": "true()"}),
                Question(
                    "pressure",
                    "decimal",
                    {
                        **_said("压力（MPa）", "Pressure (MPa)"),
                        "constraint_message": {"zh": "量程 0 到 2.5", "en": "The gauge reads 0 to 2.5"},
                    },
                    {"constraint": ". >= 0 and . <= 2.5"},
                ),
            ),
        ),
        Question("low", "calculate", _said("最低压力", "Lowest pressure"), {"calculation": "min(${pressure})"}),
        Question(
            "low.why",
            "text",
            _said("压力不足如何处理", "What is done about low pressure"),
            {"relevant": "${low} < 1", "required": "true()"},
        ),
        Question("spot", "geopoint", _said("库房位置", "Where the store is")),
    ),
    {
        "verdict": tuple(Choice(name, label) for name, label in VERDICTS.items()),
        "gear": (
            Choice("gloves", {"zh": "手套", "en": "Gloves"}),
            Choice("goggles", {"zh": "护目镜", "en": "Goggles"}),
            Choice("boots", {"zh": "防滑鞋", "en": "Boots"}),
        ),
    },
)


def play_form_round(world: World) -> int:
    """Make checklist, form and rounds from today on, once, and fill one place in; returns how many forms there are."""
    if not Checklist.objects.filter(name=NAME).exists():
        with transaction.atomic():
            line = ContractLine.objects.filter(contract__vendor__short_name=VENDOR, estate__short_name=ESTATE)
            found = line.select_related("estate__office").order_by("service_line")[0]
            checklist = _checklist(world, found)
            _plan(world, found, checklist)
            _fill(world, checklist)
    return FormAnswer.objects.count()


def _checklist(world: World, line: ContractLine) -> Checklist:
    manager = actor_for_person(world.people["director"])
    standard = Standard.objects.select_related("tenant", "office").get(pk=line.standard_id or 0)
    checklist = checklist_create(actor=manager, standard=standard, name=NAME, item_keys=ITEMS)
    book = BytesIO()
    write_book(book, write_form(FORM, form_id=checklist.code, version="1"))
    file = store_file(actor=manager, source=book.getvalue(), name=f"{checklist.code}.xlsx")
    form_import(actor=manager, checklist=checklist, file=file)
    return checklist


def _plan(world: World, line: ContractLine, checklist: Checklist) -> None:
    today = timezone.localdate()
    places = list(Place.objects.filter(estate=line.estate, parent=None).order_by("pk")[:2])
    plan_create(
        actor=actor_for_person(world.people["quality"]),
        office=line.estate.office,
        entry=PlanInput(
            name=NAME,
            service_line=line.service_line,
            starts_on=today,
            line_ids=(line.pk,),
            place_kind=places[0].kind,
            place_ids=tuple(place.pk for place in places),
            checklist_id=checklist.pk,
            frequency=Frequency.CALENDAR,
            weekdays=(today.isoweekday(),),
            needs_checkin=False,
        ),
    )


def _fill(world: World, checklist: Checklist) -> None:
    """The first of today's places, as the inspector's phone sent it a moment ago."""
    inspector = actor_for_person(world.people["inspector"])
    task = InspectionTask.objects.filter(checklist=checklist).order_by("planned_on", "pk")[0]
    task_start(actor=inspector, task=task)
    place, now = task.places.order_by("pk")[0], timezone.now()
    values = {
        **dict.fromkeys(ITEMS, "pass"),
        "store.temperature": "19.5",
        "store.ppe": "gloves boots",
        "extinguishers": [{"code": "XF-1101", "pressure": "1.2"}, {"code": "XF-1102", "pressure": "0.8"}],
        "low.why": "XF-1102 已报修，当日更换备用瓶",
    }
    ground = {"task": task.code, "place": place.tag, "checklist": checklist.code, "version": 1}
    said = SimpleNamespace(**ground, values=values, photos=[], at=now - timedelta(minutes=20), position=None, replaces=None)
    take_forms(
        inspector,
        [Received(id=ENVELOPE, device="demo", captured_at=said.at, received_at=now, payload=said)],
    )

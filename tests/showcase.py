"""One thing of each kind in our company, so that every address can be called with something that exists."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from duban.attendance.models import Slot, Swap
from duban.contracts.models import ContractLine
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import (
    Finding,
    NoticeFinding,
    NoticeLink,
    Praise,
    RectificationNotice,
    Reinspection,
    ReinspectionDraw,
    Visit,
)
from duban.inspections.services.calibration import calibration_compute
from duban.kernel.actor import system_actor
from duban.orgs.domain.roles import Role
from duban.scorecards.models import Card, CardAppeal, SchemeVersion, VendorGrade
from duban.settlement.models import StatementAppeal, TermsVersion, WorkCount
from duban.standards.models import Checklist, StandardItem
from tests.cast import World
from tests.factories.attendance import make_assignment, make_post, make_roster, make_round, make_route, make_slot, make_worker
from tests.factories.complaints import make_complaint
from tests.factories.inspections import make_line, make_place, make_result
from tests.factories.scorecards import bound_line, closed
from tests.factories.settlement import make_statement
from tests.factories.standards import LicenceRuleFactory
from tests.factories.surveys import make_score
from tests.factories.vendors import CertificateFactory
from tests.routes import Arguments

DAY = date(2026, 10, 5)
RULES: tuple[tuple[str, str, str], ...] = (
    ("scorecards:appeal_", "code", "card appeal"),
    ("scorecards:scheme", "code", "scheme"),
    ("scorecards:version", "code", "scheme version"),
    ("scorecards:grade", "code", "grade"),
    ("scorecards:rating", "key", "period"),
    ("scorecards:rating", "code", "contract"),
    ("scorecards:rating", "number", "line number"),
    ("scorecards:period", "key", "period"),
    ("scorecards:grades_propose", "key", "period"),
    ("scorecards:evidence", "key", "indicator"),
    ("scorecards:", "code", "card"),
    ("settlement:terms", "code", "terms"),
    ("settlement:count", "code", "work count"),
    ("settlement:decide", "code", "statement appeal"),
    ("settlement:", "code", "statement"),
    ("settlement:", "position", "position"),
    ("inspections:finding", "code", "finding"),
    ("inspections:notice", "code", "notice"),
    ("inspections:notice", "key", "notice link"),
    ("inspections:praise", "code", "praise"),
    ("inspections:reinspection", "code", "reinspection"),
    ("inspections:calibration", "person", "calibrated"),
    ("inspections:limit", "code", "unit"),
    ("inspections:limit", "subject", "limit subject"),
    ("inspections:plan", "code", "estate"),
    ("rectify:", "token", "link token"),
    ("rectify:", "code", "finding"),
    ("inspections:result", "code", "result"),
    ("inspections:visit", "code", "visit"),
    ("attendance:roster", "code", "roster"),
    ("attendance:swap_new", "code", "roster"),
    ("attendance:swap", "code", "swap"),
    ("attendance:post", "code", "post"),
    ("attendance:round", "code", "round"),
    ("attendance:", "code", "slot"),
    ("complaints:", "code", "complaint"),
    ("surveys:", "code", "score"),
    ("estates:place_new", "code", "estate"),
    ("estates:place", "tag", "place"),
    ("estates:post_edit", "code", "post"),
    ("estates:", "code", "estate"),
    ("standards:checklist_new", "code", "standard"),
    ("standards:checklist", "code", "checklist"),
    ("standards:licence", "key", "licence"),
    ("standards:item", "key", "item"),
    ("standards:vendor_panel", "code", "vendor"),
    ("standards:", "code", "standard"),
    ("standards:", "other", "standard"),
    ("contracts:", "code", "contract"),
    ("contracts:", "number", "line number"),
    ("vendors:certificate_new", "code", "vendor"),
    ("vendors:certificate", "code", "certificate"),
    ("vendors:", "code", "vendor"),
    ("orgs:", "username", "username"),
    ("orgs:", "code", "unit"),
    ("imports:template", "kind", "kind"),
    ("/scorecards/appeals", "code", "card appeal"),
    ("/scorecards/schemes", "code", "scheme"),
    ("/scorecards/versions", "code", "scheme version"),
    ("/scorecards/grades", "code", "grade"),
    ("/scorecards/periods", "key", "period"),
    ("/scorecards/periods", "contract", "contract"),
    ("/scorecards/periods", "line", "line number"),
    ("/scorecards", "code", "card"),
    ("/settlement/terms", "code", "terms"),
    ("/settlement/counts", "code", "work count"),
    ("/settlement/appeals", "code", "statement appeal"),
    ("/settlement", "code", "statement"),
    ("/settlement", "position", "position"),
    ("/inspections/findings", "code", "finding"),
    ("/inspections/results", "code", "result"),
    ("/inspections/reinspections", "code", "reinspection"),
    ("/inspections/calibration", "person", "calibrated"),
    ("/inspections/draws", "code", "draw"),
    ("/inspections/visits", "code", "visit"),
    ("/attendance/posts", "code", "post"),
    ("/attendance/posts", "day", "day"),
    ("/attendance/rounds", "code", "round"),
    ("/attendance", "code", "slot"),
    ("/complaints", "code", "complaint"),
    ("/surveys", "code", "score"),
    ("/estates", "code", "estate"),
    ("/standards/checklists", "code", "checklist"),
    ("/standards", "code", "standard"),
    ("/contracts", "code", "contract"),
    ("/contracts", "number", "line number"),
    ("/vendors/certificates", "code", "certificate"),
    ("/vendors", "code", "vendor"),
    ("/orgs", "username", "username"),
    ("/orgs", "code", "unit"),
)
"""Start of a route's name or of an operation's path, parameter, thing of the showcase. The first match wins."""


def make_showcase(world: World) -> Mapping[str, object]:
    """Create it, and name each thing by what stands for it in an address."""
    tenant = world.ours
    scores = _scores(world)
    statement = make_statement(tenant)
    statement_line = statement.lines.order_by("position").first()
    return {
        **_ground(world),
        **_evidence(world),
        **scores,
        "statement": statement.code,
        "position": statement_line.position if statement_line else 1,
        "work count": WorkCount.objects.create(
            line=make_line(tenant), period_code="2026-10", name="绿篱修剪", price=3, quantity=4
        ).code,
        "statement appeal": StatementAppeal.objects.create(line=statement_line, reason="数量不符").code,
        "terms": TermsVersion.objects.latest("pk").code,
    }


def _ground(world: World) -> dict[str, object]:
    tenant = world.ours
    return {
        "estate": tenant.estate.code,
        "place": make_place(tenant.estate, "1 号楼").tag,
        "post": make_post(tenant.estate, "北门岗").code,
        "vendor": tenant.vendor.code,
        "certificate": CertificateFactory(company=tenant.vendor).code,
        "licence": LicenceRuleFactory(tenant=tenant.root).pk,
        "unit": tenant.project.code,
        "username": tenant.people["finance"].username,
        "kind": "estates",
    }


def _evidence(world: World) -> dict[str, object]:
    tenant = world.ours
    line = make_line(tenant)
    result = make_result(line, verdict=Verdict.FAIL, day=DAY)
    finding = Finding.objects.create(
        check_result=result, line=line, item=result.item, severity=result.severity, found_on=DAY, due_on=DAY
    )
    notice = RectificationNotice.objects.create(line=line, state="sent")
    NoticeFinding.objects.create(notice=notice, finding=finding, position=1)
    link = NoticeLink.objects.create(notice=notice, digest="0" * 64, recipient="王班长", expires_at=timezone.now())
    slot: Slot = make_slot(line, make_post(tenant.estate), state="review")
    return {
        "contract": line.contract.code,
        "line number": line.number,
        "standard": line.standard.code if line.standard else "none",
        "item": StandardItem.objects.filter(standard_id=line.standard_id).earliest("pk").key,
        "checklist": Checklist.objects.filter(standard_id=line.standard_id).earliest("pk").code,
        "visit": Visit.objects.create(line=line, day=DAY).code,
        "result": result.code,
        "finding": finding.code,
        "notice": notice.code,
        "notice link": link.pk,
        "link token": "a.b",
        "praise": Praise.objects.create(line=line, day=DAY, text="好").code,
        "limit subject": "rectify.minor",
        **_calibration(world, line),
        "slot": slot.code,
        **_rosters(slot),
        "complaint": make_complaint(line).code,
        "score": make_score(line).code,
    }


def _calibration(world: World, line: ContractLine) -> dict[str, object]:
    """A visit drawn for our quality manager to be checked again, and a comparison that knows our inspector."""
    tenant, inspector = world.ours, world.ours.people[Role.QUALITY_INSPECTOR]
    make_result(line, verdict=Verdict.PASS, day=DAY, inspector=inspector)
    calibration_compute(actor=system_actor(tenant.root.path), tenant=tenant.root, start=DAY, end=DAY)
    visit = Visit.objects.create(line=line, day=DAY, inspector=tenant.people[Role.ESTATE_MANAGER])
    task = Reinspection.objects.create(visit=visit, inspector=inspector, seed="1", due_on=DAY)
    days = {"starts_on": DAY, "ends_on": DAY}
    drawn = ReinspectionDraw.objects.create(tenant=tenant.root, seed="1", case={}, **days)
    return {"reinspection": task.code, "calibrated": inspector.pk, "draw": drawn.code}


def _rosters(slot: Slot) -> dict[str, object]:
    """A published roster with one person and a swap."""
    roster = make_roster(slot.line, DAY)
    workers = [make_worker(slot.line.contract.vendor, name) for name in ("王小明", "李强")]
    row = make_assignment(roster, slot.post, DAY, workers[0])
    found = make_round(make_route(slot.line))
    return {
        "roster": roster.code,
        "round": found.code,
        "day": DAY.isoformat(),
        "swap": Swap.objects.create(assignment=row, worker=workers[1], reason="病假").code,
    }


def _scores(world: World) -> dict[str, object]:
    tenant = world.ours
    line = bound_line(tenant)
    period = closed(tenant)
    card = Card.objects.get(line=line, period=period)
    version = SchemeVersion.objects.get(pk=card.scheme_version_id)
    first = card.indicators.order_by("pk").first()
    return {
        "card": card.code,
        "indicator": first.key if first else "none",
        "card appeal": CardAppeal.objects.create(card=card, state="open", ground="当日停水").code,
        "scheme": version.scheme.code,
        "scheme version": version.code,
        "grade": VendorGrade.objects.create(vendor=tenant.vendor, service_line="cleaning", period=period).code,
        "period": period.key,
    }


def showcase_arguments(world: World) -> Arguments:
    """Create the showcase and answer what stands in an address of which route."""
    things = make_showcase(world)

    def known(route: str, parameter: str) -> object | None:
        start = route.split("/api/v1", maxsplit=1)[-1] if "/api/v1" in route else route
        names = (thing for prefix, name, thing in RULES if start.startswith(prefix) and name == parameter)
        return things.get(next(names, ""))

    return known

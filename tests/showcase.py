"""One thing of each kind in our company, so that every address can be called with something that exists."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from duban.attendance.models import LedgerFinding, Slot, Swap
from duban.contracts.models import ContractLine
from duban.estates.models import Post
from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import (
    Finding,
    NoticeFinding,
    NoticeLink,
    OtherAnswer,
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
from tests.factories.attendance import make_assignment, make_post, make_roster, make_round, make_route, make_slot
from tests.factories.audits import make_audit_finding
from tests.factories.complaints import make_complaint
from tests.factories.envelopes import make_envelope
from tests.factories.inspections import make_line, make_place, make_plan, make_result, make_task
from tests.factories.scorecards import bound_line, closed
from tests.factories.settlement import make_statement
from tests.factories.standards import LicenceRuleFactory
from tests.factories.surveys import make_score
from tests.factories.trust import make_review
from tests.factories.vendors import CertificateFactory, make_credential, make_proof, make_worker
from tests.routes import Arguments

DAY = date(2026, 10, 5)
SHORT = {"billed": "2", "present": "1", "contracted": "2"}
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
    ("inspections:audit_finding", "code", "audit finding"),
    ("inspections:audit", "code", "audit"),
    ("inspections:audit", "kind", "meeting"),
    ("inspections:audit", "language", "language"),
    ("inspections:limit", "code", "unit"),
    ("inspections:limit", "subject", "limit subject"),
    ("inspections:plans_", "code", "inspection plan"),
    ("inspections:task", "code", "task"),
    ("inspections:plan", "code", "estate"),
    ("rectify:", "token", "link token"),
    ("rectify:", "code", "finding"),
    ("inspections:result", "code", "result"),
    ("inspections:other_answer", "code", "second answer"),
    ("inspections:visit", "code", "visit"),
    ("attendance:roster", "code", "roster"),
    ("attendance:swap_new", "code", "roster"),
    ("attendance:swap", "code", "swap"),
    ("attendance:post", "code", "post"),
    ("attendance:round", "code", "round"),
    ("attendance:route", "code", "route"),
    ("attendance:ledger_finding", "code", "ledger finding"),
    ("attendance:ledger_day", "code", "ledger post"),
    ("attendance:ledger_day", "day", "ledger day"),
    ("attendance:", "code", "slot"),
    ("phones:", "key", "envelope"),
    ("trust:", "code", "review"),
    ("screen:", "token", "screen token"),
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
    ("standards:item_picture", "side", "side"),
    ("standards:vendor_panel", "code", "vendor"),
    ("standards:", "code", "standard"),
    ("standards:", "other", "standard"),
    ("contracts:", "code", "contract"),
    ("contracts:", "number", "line number"),
    ("vendors:worker_new", "code", "vendor"),
    ("vendors:worker", "code", "worker"),
    ("vendors:credential_new", "code", "worker"),
    ("vendors:credential", "code", "credential"),
    ("vendors:proof_new", "code", "worker"),
    ("vendors:proof", "code", "proof"),
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
    ("/inspections/audit-programmes", "code", "audit programme"),
    ("/inspections/audit-findings", "code", "audit finding"),
    ("/inspections/audits", "code", "audit"),
    ("/inspections/audits", "kind", "meeting"),
    ("/inspections/audits", "language", "language"),
    ("/inspections/visits", "code", "visit"),
    ("/inspections/tasks", "code", "task"),
    ("/inspections/plans", "code", "inspection plan"),
    ("/attendance/posts", "code", "post"),
    ("/attendance/posts", "day", "day"),
    ("/attendance/rounds", "code", "round"),
    ("/attendance/routes", "code", "route"),
    ("/attendance/rosters/swaps", "code", "swap"),
    ("/attendance/rosters", "code", "roster"),
    ("/attendance/ledger", "code", "ledger finding"),
    ("/attendance", "code", "slot"),
    ("/field/sent", "key", "envelope"),
    ("/trust", "code", "review"),
    ("/complaints", "code", "complaint"),
    ("/surveys", "code", "score"),
    ("/estates", "code", "estate"),
    ("/standards/checklists", "code", "checklist"),
    ("/standards", "code", "standard"),
    ("/standards", "key", "item"),
    ("/standards", "side", "side"),
    ("/contracts", "code", "contract"),
    ("/contracts", "number", "line number"),
    ("/vendors/certificates", "code", "certificate"),
    ("/vendors/workers", "code", "worker"),
    ("/vendors/credentials", "code", "credential"),
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
    worker = make_worker(tenant.vendor)
    return {
        "worker": worker.code,
        "credential": make_credential(worker, state="entered").code,
        "proof": make_proof(worker).code,
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
        "side": "good_picture",
        "checklist": Checklist.objects.filter(standard_id=line.standard_id).earliest("pk").code,
        "visit": Visit.objects.create(line=line, day=DAY).code,
        "result": result.code,
        "second answer": OtherAnswer.objects.create(result=result, at=timezone.now(), verdict=Verdict.PASS).code,
        "finding": finding.code,
        "notice": notice.code,
        "notice link": link.pk,
        "link token": "a.b",
        "praise": Praise.objects.create(line=line, day=DAY, text="好").code,
        "limit subject": "rectify.minor",
        **_audits(world, line),
        **_calibration(world, line),
        "inspection plan": make_plan(tenant).code,
        "task": make_task(line).code,
        "slot": slot.code,
        "review": make_review(tenant).code,
        "envelope": make_envelope(tenant).pk,
        "screen token": "a:b",
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


def _audits(world: World, line: ContractLine) -> dict[str, object]:
    """An audit of our cleaning whose report is out, with one finding to be answered."""
    finding = make_audit_finding(world.ours, line)
    programme = finding.audit.programme.code
    return {
        "audit": finding.audit.code,
        "audit finding": finding.code,
        "audit programme": programme,
        "meeting": "opening",
        "language": "zh",
    }


def _rosters(slot: Slot) -> dict[str, object]:
    """A published roster with one person and a swap."""
    roster = make_roster(slot.line, DAY)
    workers = [make_worker(slot.line.contract.vendor, name) for name in ("王小明", "李强")]
    row = make_assignment(roster, slot.post, DAY, workers[0])
    route = make_route(slot.line)
    found = make_round(route)
    finding = LedgerFinding.objects.create(
        line=slot.line, month=DAY.replace(day=1), key="month", flaw="short_supply", day=DAY, quantity=1, inputs=SHORT
    )
    post = make_post(slot.line.estate, "大堂岗")
    Post.objects.filter(pk=post.pk).update(service_line=slot.line.service_line)
    return {
        "round": found.code,
        "route": route.code,
        "day": DAY.isoformat(),
        "ledger post": post.code,
        "roster": roster.code,
        "swap": Swap.objects.create(assignment=row, worker=workers[1], reason="病假").code,
        "ledger finding": finding.code,
        "ledger day": DAY.isoformat(),
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

"""Telling people what happened to statements; listeners of our own events."""

from django.urls import reverse

from duban.kernel.text import mark
from duban.orgs.models import Person
from duban.orgs.selectors import people_with
from duban.platform.notices.services import notify
from duban.settlement.domain.events import AppealDecided, LineAppealed, StatementSent, WorkCountDisputed, WorkCountEntered
from duban.settlement.models import Statement, WorkCount
from duban.settlement.permissions import Code


def tell_sent(event: StatementSent) -> None:
    """The vendor's people who confirm learn that a statement waits for them."""
    statement = _statement(event.statement)
    until = statement.answer_until.isoformat() if statement.answer_until else "–"
    _tell(
        statement,
        people_with(Code.CONFIRM, statement.contract.vendor.unit.path),
        "settlement.sent",
        mark("Statement {code} for {period} waits for your answer until {until}."),
        until=until,
    )


def tell_appealed(event: LineAppealed) -> None:
    """Those who decide appeals at the office learn of one."""
    statement = _statement(event.statement)
    people = people_with(Code.DECIDE_APPEAL, statement.contract.office.path)
    _tell(statement, people, "settlement.appealed", mark("The vendor appealed a line of statement {code} for {period}."))


def tell_decided(event: AppealDecided) -> None:
    """The vendor learns the decision on its appeal."""
    statement = _statement(event.statement)
    upheld = mark("Your appeal on statement {code} for {period} was upheld.")
    rejected = mark("Your appeal on statement {code} for {period} was rejected.")
    people = people_with(Code.APPEAL, statement.contract.vendor.unit.path)
    _tell(statement, people, "settlement.decided", upheld if event.is_upheld else rejected)


def tell_counted(event: WorkCountEntered) -> None:
    """The other side learns of a quantity to confirm."""
    _tell_side(event.count, mark("Counted work {code} for {period} waits for your confirmation."), is_entering=False)


def tell_disputed(event: WorkCountDisputed) -> None:
    """The side that entered the quantity learns that the other does not agree."""
    _tell_side(event.count, mark("Your counted work {code} for {period} is disputed."), is_entering=True)


def _tell_side(code: str, title: str, *, is_entering: bool) -> None:
    count = WorkCount.objects.with_names().get(code=code)
    is_vendor = count.is_by_vendor is is_entering
    path = count.line.contract.vendor.unit.path if is_vendor else count.line.estate.office.path
    people = people_with(Code.COUNT, path, is_vendor=is_vendor)
    told = {"code": count.code, "period": count.period_code}
    url = reverse("settlement:count", args=[count.code])
    notify(people=people, kind="settlement.counted", title=title, params=told, url=url)


def _statement(code: str) -> Statement:
    return Statement.objects.with_names().get(code=code)


def _tell(statement: Statement, people: list[Person], kind: str, title: str, **params: str) -> None:
    told = {"code": statement.code, "period": statement.period_code, **params}
    notify(people=people, kind=kind, title=title, params=told, url=reverse("settlement:detail", args=[statement.code]))

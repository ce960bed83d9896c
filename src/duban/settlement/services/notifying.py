"""Telling people what happened to statements; listeners of our own events."""

from django.urls import reverse

from duban.kernel.text import mark
from duban.orgs.models import Person
from duban.orgs.selectors import people_with
from duban.platform.notices.services import notify
from duban.settlement.domain.events import AppealDecided, LineAppealed, StatementSent
from duban.settlement.models import Statement
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


def _statement(code: str) -> Statement:
    return Statement.objects.with_names().get(code=code)


def _tell(statement: Statement, people: list[Person], kind: str, title: str, **params: str) -> None:
    told = {"code": statement.code, "period": statement.period_code, **params}
    notify(people=people, kind=kind, title=title, params=told, url=reverse("settlement:detail", args=[statement.code]))

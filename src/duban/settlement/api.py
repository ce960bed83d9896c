"""Settlement in the API: the same services and rights as the pages."""

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from duban.kernel.errors import NotFound
from duban.kernel.period import Period
from duban.platform.requests import actor_of
from duban.settlement.models import Statement, StatementAppeal, StatementLine, WorkCount
from duban.settlement.permissions import Code
from duban.settlement.schemas import (
    BuildIn,
    BuildOut,
    CountDisputeIn,
    CountIn,
    CountOut,
    CountPaging,
    LineAppealIn,
    LineAppealOut,
    LineDecisionIn,
    PaymentIn,
    QuantityIn,
    StatementDetailOut,
    StatementOut,
    TermsOut,
)
from duban.settlement.selectors.counts import count_get, count_list, countable_lines
from duban.settlement.selectors.papers import recompute_case
from duban.settlement.selectors.statements import appeal_get, line_get, statement_get, statement_list, terms_list
from duban.settlement.selectors.wording import line_evidence, line_label
from duban.settlement.services.answering import line_appeal, line_confirm, statement_confirm, statement_send
from duban.settlement.services.building import statements_build
from duban.settlement.services.counting import count_confirm, count_correct, count_dispute, count_enter, count_withdraw
from duban.settlement.services.deciding import appeal_decide
from duban.settlement.services.paying import payment_record, statement_finalise

router = Router(tags=["settlement"])
SAME = ("code", "revision", "state", "is_cap_reached", "answer_until", "confirmed_on", "due_on")
AMOUNTS = (
    "fee_amount", "deduction_amount", "bonus_amount", "net_amount", "vat_amount", "retention_amount", "payable_amount",
    "disputed_amount", "disputed_net_amount", "paid_amount",
)  # fmt: skip


@router.get("/statements", response=list[StatementOut], summary="Statements, by code")
def statements(
    request: HttpRequest,
    period: Annotated[str, Query(max_length=8)] = "",
    after: Annotated[str, Query(max_length=24)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[dict[str, Any]]:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    rows = statement_list(actor).filter(code__gt=after)
    rows = rows.filter(period_code=period) if period else rows
    return [_statement(row) for row in rows.order_by("code")[:limit]]


@router.get("/statements/{code}", response=StatementDetailOut, summary="One statement with its lines")
def statement(request: HttpRequest, code: str) -> dict[str, Any]:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    return _detail(statement_get(actor, code))


@router.get("/statements/{code}/case", response=dict[str, object], summary="The case from which anybody recomputes a statement")
def case(request: HttpRequest, code: str) -> dict[str, object]:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    return recompute_case(statement_get(actor, code))


@router.post("/build", response=BuildOut, summary="Compute the statements of a month")
def build(request: HttpRequest, body: BuildIn) -> dict[str, Any]:
    return asdict(statements_build(actor=actor_of(request), period=Period.parse(body.period)))


@router.post("/statements/{code}/send", response=StatementDetailOut, summary="Send to the vendor")
def send(request: HttpRequest, code: str) -> dict[str, Any]:
    actor = actor_of(request)
    return _detail(statement_send(actor=actor, statement=statement_get(actor, code)))


@router.post("/statements/{code}/confirm", response=StatementDetailOut, summary="Confirm every open line")
def confirm(request: HttpRequest, code: str) -> dict[str, Any]:
    actor = actor_of(request)
    return _detail(statement_confirm(actor=actor, statement=statement_get(actor, code)))


@router.post("/statements/{code}/finalise", response=StatementDetailOut, summary="Close a confirmed statement for ever")
def finalise(request: HttpRequest, code: str) -> dict[str, Any]:
    actor = actor_of(request)
    return _detail(statement_finalise(actor=actor, statement=statement_get(actor, code)))


@router.post("/statements/{code}/payments", response={201: StatementDetailOut}, summary="Record a payment")
def pay(request: HttpRequest, code: str, body: PaymentIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    payment_record(actor=actor, statement=statement_get(actor, code), **body.dict())
    return Status(201, _detail(statement_get(actor, code)))


@router.post("/statements/{code}/lines/{position}/confirm", response=StatementDetailOut, summary="Confirm one line")
def confirm_line(request: HttpRequest, code: str, position: int) -> dict[str, Any]:
    actor = actor_of(request)
    line_confirm(actor=actor, line=line_get(actor, code, position))
    return _detail(statement_get(actor, code))


@router.post("/statements/{code}/lines/{position}/appeal", response={201: LineAppealOut}, summary="Appeal one line")
def appeal(request: HttpRequest, code: str, position: int, body: LineAppealIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    return Status(201, _appeal(line_appeal(actor=actor, line=line_get(actor, code, position), reason=body.reason)))


@router.post("/appeals/{code}/decision", response=StatementDetailOut, summary="Decide an appeal")
def decide(request: HttpRequest, code: str, body: LineDecisionIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _detail(appeal_decide(actor=actor, appeal=appeal_get(actor, code), is_upheld=body.is_upheld, note=body.note))


@router.get("/counts", response=list[CountOut], summary="Counted work")
def counts(request: HttpRequest, page: Query[CountPaging]) -> list[dict[str, Any]]:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    rows = count_list(actor).filter(code__gt=page.after).order_by("code")
    return [_count(row) for row in (rows.filter(period_code=page.period) if page.period else rows)[: page.limit]]


@router.post("/counts", response={201: CountOut}, summary="Enter counted work for one's own side")
def count_create(request: HttpRequest, body: CountIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    line = countable_lines(actor).filter(contract__code=body.contract, number=body.line).first()
    if line is None:
        raise NotFound
    period = Period.parse(body.period)
    count = count_enter(actor=actor, line=line, name=body.name, period=period, quantity=body.quantity, note=body.note)
    return Status(201, _count(count))


@router.post("/counts/{code}/confirm", response=CountOut, summary="Confirm what the other side counted")
def count_agree(request: HttpRequest, code: str) -> dict[str, Any]:
    actor = actor_of(request)
    return _count(count_confirm(actor=actor, count=count_get(actor, code)))


@router.post("/counts/{code}/dispute", response=CountOut, summary="Dispute what the other side counted")
def count_refuse(request: HttpRequest, code: str, body: CountDisputeIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _count(count_dispute(actor=actor, count=count_get(actor, code), reason=body.reason))


@router.post("/counts/{code}/correct", response=CountOut, summary="Put another quantity in the place of one's own")
def count_change(request: HttpRequest, code: str, body: QuantityIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _count(count_correct(actor=actor, count=count_get(actor, code), quantity=body.quantity, note=body.note))


@router.post("/counts/{code}/withdraw", response=CountOut, summary="Take back one's own counted work")
def count_remove(request: HttpRequest, code: str) -> dict[str, Any]:
    actor = actor_of(request)
    return _count(count_withdraw(actor=actor, count=count_get(actor, code)))


@router.get("/terms", response=list[TermsOut], summary="Payment terms")
def terms(request: HttpRequest) -> list[dict[str, Any]]:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    names = ("code", "key", "number", "name", "source", "confidence", "digest", "definition")
    return [{name: getattr(row, name) for name in names} for row in terms_list(actor).order_by("key", "number")]


def _statement(row: Statement) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in (*SAME, *AMOUNTS)},
        "contract": row.contract.code,
        "vendor": row.contract.vendor.code,
        "period": row.period_code,
        "currency": row.contract.currency,
    }


def _detail(row: Statement) -> dict[str, Any]:
    return {**_statement(row), "lines": [_line(line) for line in row.lines.all()]}


def _line(line: StatementLine) -> dict[str, Any]:
    same = ("position", "key", "kind", "clause", "amount", "vendor_state", "facts")
    words = {"label": line_label(line), "evidence": line_evidence(line), "card": line.card_code}
    return {**{name: getattr(line, name) for name in same}, **words}


def _count(row: WorkCount) -> dict[str, Any]:
    same = ("code", "name", "unit", "price", "quantity", "amount", "state", "is_by_vendor", "note", "answer")
    place = {"contract": row.line.contract.code, "line": row.line.number, "period": row.period_code}
    return {**place, **{name: getattr(row, name) for name in same}}


def _appeal(row: StatementAppeal) -> dict[str, Any]:
    same = ("code", "reason", "is_upheld", "decision_note")
    return {**{name: getattr(row, name) for name in same}, "line": row.line.position}

"""What occurrences cost in money: as the statement of their month says, or by the terms in force until there is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.occurrence import Occurrence
from duban.kernel.period import Period
from duban.settlement.domain.calc import read_inputs
from duban.settlement.domain.definition import Node
from duban.settlement.domain.fact_cost import ChargedAs, FactCost, cost_of_fact
from duban.settlement.domain.figures import LineKind
from duban.settlement.domain.line_figures import LineWork
from duban.settlement.domain.statement import line_works
from duban.settlement.domain.terms import PaymentTerms
from duban.settlement.models import Statement, StatementLine
from duban.settlement.permissions import Code
from duban.settlement.selectors.inputs import gather_cases, line_name
from duban.settlement.selectors.wording import clause_words, in_language, line_label


@dataclass(frozen=True)
class OccurrenceMoney:
    """Money of one occurrence. `amount` is its own, `line_*` the statement line it went into once there is a statement."""

    charged_as: ChargedAs
    rule: str = ""
    clause: str = ""
    amount: Decimal | None = None
    line_label: str = ""
    line_amount: Decimal | None = None
    line_url: str = ""
    statement: str = ""


def money_of(actor: Actor, line: ContractLine, occurrences: Sequence[Occurrence]) -> dict[tuple[str, str], OccurrenceMoney]:
    """Money by identity of the occurrence; empty without the right to see statements, or where no terms bind the contract.

    A fixed number of statements for each month the occurrences fall into, three at most. A vendor reads the statement once
    it was sent; before, what the signed terms ask for.
    """
    if not actor.can(Code.VIEW):
        return {}
    found: dict[tuple[str, str], OccurrenceMoney] = {}
    for period in sorted({Period.month_of(item.on) for item in occurrences}, key=lambda each: each.start):
        inside = [item for item in occurrences if item.on in period]
        found |= _of_month(actor, line, inside, period)
    return found


def _of_month(
    actor: Actor, line: ContractLine, occurrences: Sequence[Occurrence], period: Period
) -> dict[tuple[str, str], OccurrenceMoney]:
    statement = Statement.objects.for_actor(actor).current().filter(contract=line.contract_id, period_code=period.code).first()
    work = _stored_work(statement, line) if statement else _present_work(line, period)
    if work is None:
        return {}
    rows = _rows(statement, line) if statement else []
    return {item.identity: _money(cost_of_fact(work, _ref(item)), _ref(item), work, rows) for item in occurrences}


def _ref(item: Occurrence) -> str:
    return f"{item.app}/{item.code}"


def _stored_work(statement: Statement, line: ContractLine) -> LineWork | None:
    """The line as the statement was computed from it."""
    works = line_works(PaymentTerms.from_json(statement.terms), statement.period, read_inputs(Node(statement.inputs)))
    return _named(works, line)


def _present_work(line: ContractLine, period: Period) -> LineWork | None:
    """The line as a statement would be computed now."""
    cases, _ = gather_cases([line.contract], period)
    return _named(line_works(cases[0].terms, period, cases[0].inputs), line) if cases else None


def _named(works: Sequence[LineWork], line: ContractLine) -> LineWork | None:
    name = line_name(line, line.contract)
    return next((work for work in works if work.line.line == name), None)


def _rows(statement: Statement, line: ContractLine) -> list[StatementLine]:
    rows = list(statement.lines.filter(contract_line=line, kind__in=(LineKind.CHARGE, LineKind.SCORE)))
    for row in rows:
        row.statement = statement
    return rows


def _money(cost: FactCost, ref: str, work: LineWork, rows: Sequence[StatementLine]) -> OccurrenceMoney:
    kind = LineKind.CHARGE if cost.charged_as is ChargedAs.MONEY else LineKind.SCORE
    row = next((each for each in rows if each.kind == kind and (kind == LineKind.SCORE or ref in each.facts)), None)
    if cost.charged_as is ChargedAs.NOTHING:
        return OccurrenceMoney(cost.charged_as)
    is_money = cost.charged_as is ChargedAs.MONEY
    clause = cost.rule.head.clause if cost.rule and is_money else work.terms.double_charge_clause if cost.rule else ""
    return OccurrenceMoney(
        charged_as=cost.charged_as,
        rule=str(in_language(cost.rule.head.label)) if cost.rule else "",
        clause=clause_words(clause) if clause else "",
        amount=cost.amount if is_money else None,
        line_label=line_label(row) if row else "",
        line_amount=row.amount if row else None,
        line_url=reverse("settlement:detail", args=[row.statement.code]) if row else "",
        statement=row.statement.code if row else "",
    )

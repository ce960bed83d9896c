"""Writing what the core computed into rows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from duban.contracts.models import ContractLine
from duban.kernel.period import Period
from duban.settlement.domain.calc import read_inputs, write_inputs
from duban.settlement.domain.definition import Node, plain
from duban.settlement.domain.figures import StatementInputs, StatementResult
from duban.settlement.domain.statement import compute_statement
from duban.settlement.domain.terms import PaymentTerms
from duban.settlement.models import Statement, StatementLine
from duban.settlement.selectors.inputs import ContractCase
from duban.settlement.services.terms import definition_digest

AMOUNTS = (
    "fee_amount", "deduction_amount", "bonus_amount", "net_amount", "vat_amount", "retention_amount", "payable_amount",
)  # fmt: skip
RESULT_FIELDS = (
    *AMOUNTS, "disputed_amount", "disputed_net_amount", "cap_limit_amount", "capped_amount", "is_cap_reached", "flags",
    "cliffs", "trace",
)  # fmt: skip


@dataclass(frozen=True)
class Computed:
    """A case with its result; the digest covers terms and inputs, so equal digests mean equal statements."""

    case: ContractCase
    period: Period
    inputs: StatementInputs
    result: StatementResult
    digest: str


def compute_case(case: ContractCase, period: Period, withdrawn: frozenset[str] = frozenset()) -> Computed:
    """Run the core on one case; `withdrawn` are the lines that upheld appeals took back."""
    inputs = StatementInputs(**{**vars(case.inputs), "withdrawn": withdrawn})
    digest = inputs_digest(case.terms.to_json(), write_inputs(inputs), period)
    return Computed(case, period, inputs, compute_statement(case.terms, period, inputs), digest)


def inputs_digest(terms: Mapping[str, object], inputs: Mapping[str, object], period: Period) -> str:
    """SHA-256 over everything a statement is computed from."""
    return definition_digest({"terms": terms, "inputs": inputs, "period": period.code})


def fill_statement(statement: Statement, computed: Computed) -> Statement:
    """Put terms, inputs and result onto an unsaved or draft statement."""
    statement.terms_version = computed.case.version
    statement.terms = computed.case.terms.to_json()
    statement.inputs = write_inputs(computed.inputs)
    statement.inputs_digest = computed.digest
    statement.withdrawn = sorted(computed.inputs.withdrawn)
    fill_result(statement, computed.result)
    return statement


def fill_result(statement: Statement, result: StatementResult) -> None:
    """Put sums, flags and trace onto a statement."""
    for name in AMOUNTS:
        setattr(statement, name, getattr(result.totals, name))
    for name in ("disputed_amount", "disputed_net_amount", "cap_limit_amount", "capped_amount", "is_cap_reached"):
        setattr(statement, name, getattr(result, name))
    for name in ("flags", "cliffs", "trace"):
        setattr(statement, name, plain(getattr(result, name)))


def line_rows(statement: Statement, result: StatementResult, lines: Mapping[str, ContractLine]) -> list[StatementLine]:
    """Unsaved rows of the result's lines, in their order."""
    return [
        StatementLine(
            statement=statement,
            position=position,
            key=line.line_id,
            kind=line.kind,
            label=line.label,
            evidence=line.evidence,
            params=cast("dict[str, object]", plain(line.params)),
            clause=line.clause,
            quantity=line.quantity,
            amount=line.amount,
            contract_line=lines.get(line.contract_line),
            card_code=line.card,
            facts=list(line.facts),
        )
        for position, line in enumerate(result.lines, start=1)
    ]


def recompute(statement: Statement, disputed: Iterable[str], withdrawn: Iterable[str] | None = None) -> StatementResult:
    """Run the core again on what the statement stores, with other lines under appeal or taken back."""
    stored = read_inputs(Node(json.loads(json.dumps(statement.inputs))))
    taken_back = stored.withdrawn if withdrawn is None else frozenset(withdrawn)
    inputs = StatementInputs(**{**vars(stored), "disputed": frozenset(disputed), "withdrawn": taken_back})
    return compute_statement(PaymentTerms.from_json(statement.terms), statement.period, inputs)

"""The pure cores as functions from JSON to JSON, so that anybody can recompute a figure without us."""

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from duban.estates.domain.staffing import assess_post, post_coefficient, steps_of
from duban.kernel.errors import DomainError
from duban.kernel.period import Period
from duban.settlement.domain.clock import ClockInputs, PayerKind, payment_clock
from duban.settlement.domain.definition import Node, plain
from duban.settlement.domain.facts import read_fact
from duban.settlement.domain.fees import FeeBasis, FeeSpan, PricedQuantity
from duban.settlement.domain.figures import AdjustmentInput, ExtraInput, LineInput, MonthFee, StatementInputs
from duban.settlement.domain.statement import compute_statement
from duban.settlement.domain.terms import PaymentTerms

Json = dict[str, object]
STAFFING_FIGURES = ("level", "hours_per_person", "overtime_hours", "lawful_floor", "sound_from")


def calculate_statement(case: Mapping[str, object]) -> Json:
    """Recompute a statement: `{"terms": …, "period": "2026-10", "inputs": …}` → lines, sums, flags, trace."""
    node = Node(case)
    node.only("terms", "period", "inputs")
    period = _read_period(node)
    inputs = read_inputs(node.child("inputs"))
    node.check()
    result = compute_statement(PaymentTerms.from_json(node.child("terms").value), period, inputs)
    return cast("Json", plain(result))


def calculate_clock(case: Mapping[str, object]) -> Json:
    """Recompute a payment clock from the fields of `ClockInputs`."""
    node = Node(case)
    inputs = ClockInputs(
        payer=node.choice("payer", PayerKind),
        payee=node.choice("payee", PayerKind),
        confirmed_on=node.day("confirmed_on"),
        delivered_on=node.day("delivered_on"),
        acceptance_days=node.whole("acceptance_days") if node.has("acceptance_days") else None,
        agreed_days=node.whole("agreed_days") if node.has("agreed_days") else None,
        agreed_yearly_rate=node.number("agreed_yearly_rate") if node.has("agreed_yearly_rate") else None,
        lpr_rate=node.number("lpr_rate") if node.has("lpr_rate") else None,
        overdue_amount=node.number("overdue_amount", "0"),
        today=node.day("today"),
    )
    node.only(*CLOCK_FIELDS)
    node.check()
    return cast("Json", plain(payment_clock(inputs)))


def calculate_staffing(case: Mapping[str, object]) -> Json:
    """Judge a post around the clock: `{"heads": "3", "available_days": 248, "absence_rate": "0.05"}`."""
    node = Node(case)
    node.only("heads", "available_days", "absence_rate", "monthly_hours")
    heads = node.number("heads", least="0.01")
    days = node.whole("available_days", 248, least=1)
    absence = node.number("absence_rate", "0", most="0.99")
    monthly_hours = node.number("monthly_hours", "730", least="1")
    node.check()
    coefficient = post_coefficient(days, absence, monthly_hours * 12)
    found = assess_post(heads, monthly_hours=monthly_hours)
    figures = {name: str(getattr(found, name)) for name in STAFFING_FIGURES}
    return {**figures, "coefficient": str(coefficient), "trace": plain(steps_of(found))}


def read_inputs(node: Node) -> StatementInputs:
    """The inputs of a statement from JSON; the shape `write_inputs` stores with each statement."""
    node.only("lines", "extras", "adjustments", "term_start", "scores", "disputed", "withdrawn")
    return StatementInputs(
        lines=tuple(_read_line(item) for item in node.items("lines")),
        extras=tuple(_read_extra(item) for item in node.items("extras")),
        adjustments=tuple(_read_adjustment(item) for item in node.items("adjustments")),
        term_start=node.day("term_start"),
        scores=tuple(_read_score(item) for item in node.items("scores")),
        disputed=frozenset(node.texts("disputed")),
        withdrawn=frozenset(node.texts("withdrawn")),
    )


def write_inputs(inputs: StatementInputs) -> Json:
    """The inputs as JSON, readable by `read_inputs`."""
    written = cast("Json", plain(inputs))
    written["lines"] = [_write_line(line) for line in inputs.lines]
    written["scores"] = [{"period": period, "score": None if score is None else str(score)} for period, score in inputs.scores]
    written["disputed"] = sorted(inputs.disputed)
    written["withdrawn"] = sorted(inputs.withdrawn)
    return written


def _write_line(line: LineInput) -> Json:
    written = cast("Json", plain(line))
    written["terms"] = None if line.terms is None else line.terms.to_json()
    return written


def _read_period(node: Node) -> Period:
    """The period, or any period beside a noted fault."""
    try:
        return Period.parse(node.text("period"))
    except DomainError as refusal:
        node.fault("period", refusal.message, **refusal.params)
        return Period.parse("2000-01")


def _read_line(node: Node) -> LineInput:
    node.only(
        "line", "name", "spans", "score", "card", "facts", "weight", "hourly_price", "terms", "prior_counts",
        "earlier_fees", "scored_with", "open_counts",
    )  # fmt: skip
    return LineInput(
        line=node.text("line"),
        name=node.text("name", ""),
        spans=tuple(_read_span(item) for item in node.items("spans")),
        score=node.number("score") if node.has("score") else None,
        card=node.text("card", ""),
        facts=tuple(read_fact(item) for item in node.items("facts")),
        weight=node.number("weight", "1"),
        hourly_price=node.number("hourly_price") if node.has("hourly_price") else None,
        terms=PaymentTerms.from_json(node.child("terms").value) if node.has("terms") else None,
        prior_counts={key: int(count) for key, count in node.pairs("prior_counts")},
        earlier_fees=tuple(MonthFee(item.text("month"), item.number("amount")) for item in node.items("earlier_fees")),
        scored_with=node.text("scored_with", ""),
        open_counts=int(node.number("open_counts", "0")),
    )


def _read_span(node: Node) -> FeeSpan:
    node.only("basis", "price", "quantity", "from_on", "until_on", "items")
    return FeeSpan(
        basis=node.choice("basis", FeeBasis),
        price=node.number("price", "0"),
        quantity=node.number("quantity", "1"),
        from_on=node.day("from_on"),
        until_on=node.day("until_on"),
        items=tuple(
            PricedQuantity(item.text("label", ""), item.number("price"), item.number("quantity"))
            for item in node.items("items")
        ),
    )


def _read_extra(node: Node) -> ExtraInput:
    node.only("code", "name", "amount", "is_monthly", "from_on", "until_on", "clause")
    return ExtraInput(
        code=node.text("code"),
        name=node.text("name", ""),
        amount=node.number("amount", least="-1000000000"),
        is_monthly=node.flag("is_monthly", default=True),
        from_on=node.day("from_on"),
        until_on=node.day("until_on"),
        clause=node.text("clause", ""),
    )


def _read_adjustment(node: Node) -> AdjustmentInput:
    node.only("code", "name", "amount", "clause")
    amount = node.number("amount", least="-1000000000")
    return AdjustmentInput(node.text("code"), node.text("name", ""), amount, node.text("clause", ""))


def _read_score(node: Node) -> tuple[str, Decimal | None]:
    node.only("period", "score")
    return node.text("period"), node.number("score") if node.has("score") else None


CLOCK_FIELDS = (
    "payer", "payee", "confirmed_on", "delivered_on", "acceptance_days", "agreed_days", "agreed_yearly_rate", "lpr_rate",
    "overdue_amount", "today",
)  # fmt: skip

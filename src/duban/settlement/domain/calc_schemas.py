"""JSON Schemas of the cores' inputs and outputs, printed by `duban calc … --schema`."""

from duban.estates.domain.staffing import StaffingLevel
from duban.settlement.domain.clock import PayerKind
from duban.settlement.domain.fees import FeeBasis
from duban.settlement.domain.figures import LineKind

Schema = dict[str, object]

NUMBER: Schema = {"type": ["string", "number"], "pattern": r"^-?\d+(\.\d+)?$"}
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": ["string", "null"], "format": "date"}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _object(needed: tuple[str, ...], **properties: object) -> Schema:
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _optional(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


TERMS: Schema = {
    "type": "object",
    "description": "Payment terms; the shipped ones lie in duban/settlement/data/terms.",
    "required": ["code", "name"],
}
SPAN = _object(
    ("basis",),
    basis={"enum": [basis.value for basis in FeeBasis]},
    price=NUMBER,
    quantity=NUMBER,
    from_on=DAY,
    until_on=DAY,
    items=_list(_object(("price", "quantity"), label=TEXT, price=NUMBER, quantity=NUMBER)),
)
FACT = _object(
    ("ref", "kind", "on"),
    ref=TEXT, kind=TEXT, key=TEXT, on={"type": "string", "format": "date"}, quantity=NUMBER, points=NUMBER,
    penalty_points=NUMBER, severity=TEXT, subject=TEXT, label=TEXT, is_repeat=FLAG,
)  # fmt: skip
LINE = _object(
    ("line", "spans"),
    line=TEXT,
    name=TEXT,
    spans=_list(SPAN),
    score=_optional(NUMBER),
    card=TEXT,
    facts=_list(FACT),
    weight=NUMBER,
    hourly_price=_optional(NUMBER),
    terms=_optional(TERMS),
    prior_counts={"type": "object", "additionalProperties": NUMBER},
    earlier_fees=_list(_object(("month", "amount"), month=TEXT, amount=NUMBER)),
    scored_with=TEXT,
    open_counts=WHOLE,
)
INPUTS = _object(
    ("lines",),
    lines=_list(LINE),
    extras=_list(
        _object(
            ("code", "amount"), code=TEXT, name=TEXT, amount=NUMBER, is_monthly=FLAG, from_on=DAY, until_on=DAY, clause=TEXT
        )
    ),
    adjustments=_list(_object(("code", "amount"), code=TEXT, name=TEXT, amount=NUMBER, clause=TEXT)),
    term_start=DAY,
    scores=_list(_object(("period",), period=TEXT, score=_optional(NUMBER))),
    disputed=_list(TEXT),
    withdrawn=_list(TEXT),
)
STATEMENT_IN: Schema = {
    "$schema": DIALECT,
    **_object(("terms", "period", "inputs"), terms=TERMS, period=TEXT, inputs=INPUTS),
}

STEP = _object(
    ("label", "rule", "result", "inputs", "refs"),
    label=TEXT, rule=TEXT, result=TEXT, inputs={"type": "object"}, refs=_list(TEXT),
)  # fmt: skip
FLAG_OUT = _object(
    ("code", "message", "params", "consequence"),
    code=TEXT, message=TEXT, params={"type": "object"}, consequence=TEXT,
)  # fmt: skip
FIGURE_LINE = _object(
    ("line_id", "kind", "label", "amount"),
    line_id=TEXT,
    kind={"enum": [kind.value for kind in LineKind]},
    label=TEXT,
    amount=TEXT,
    clause=TEXT,
    evidence=TEXT,
    params={"type": "object"},
    contract_line=TEXT,
    card=TEXT,
    quantity=_optional(TEXT),
    facts=_list(TEXT),
    is_capped=FLAG,
    rule=TEXT,
)
TOTALS = _object((), **{f"{name}_amount": TEXT for name in ("fee", "deduction", "bonus", "net", "vat", "retention", "payable")})
CLIFF = _object((), contract_line=TEXT, is_below=FLAG, edge=TEXT, distance=TEXT, effect_amount=TEXT)
STATEMENT_OUT: Schema = {
    "$schema": DIALECT,
    **_object(
        ("lines", "totals", "trace"),
        lines=_list(FIGURE_LINE),
        totals=TOTALS,
        cap_limit_amount=TEXT,
        capped_amount=TEXT,
        is_cap_reached=FLAG,
        undisputed_amount=TEXT,
        disputed_amount=TEXT,
        disputed_net_amount=TEXT,
        cliffs=_list(CLIFF),
        flags=_list(FLAG_OUT),
        trigger=_optional({"type": "object"}),
        trace=_list(STEP),
    ),
}

_SIZES: Schema = {"enum": [kind.value for kind in PayerKind]}
CLOCK_IN: Schema = {
    "$schema": DIALECT,
    **_object(
        ("payer", "payee"),
        payer=_SIZES,
        payee=_SIZES,
        confirmed_on=DAY,
        delivered_on=DAY,
        acceptance_days=_optional(WHOLE),
        agreed_days=_optional(WHOLE),
        agreed_yearly_rate=_optional(NUMBER),
        lpr_rate=_optional(NUMBER),
        overdue_amount=NUMBER,
        today=DAY,
    ),
}
CLOCK_OUT: Schema = {
    "$schema": DIALECT,
    **_object(
        ("is_statutory", "due_on", "daily_rate", "overdue_days", "interest_amount"),
        is_statutory=FLAG,
        started_on=DAY,
        started_by=TEXT,
        day_count=_optional(WHOLE),
        due_on=DAY,
        basis=TEXT,
        daily_rate=TEXT,
        overdue_days=WHOLE,
        interest_amount=TEXT,
        flags=_list(FLAG_OUT),
    ),
}
STAFFING_IN: Schema = {
    "$schema": DIALECT,
    **_object(("heads",), heads=NUMBER, available_days=WHOLE, absence_rate=NUMBER, monthly_hours=NUMBER),
}
STAFFING_OUT: Schema = {
    "$schema": DIALECT,
    **_object(
        ("level", "hours_per_person", "overtime_hours", "trace"),
        trace=_list(STEP),
        hours_per_person=TEXT,
        overtime_hours=TEXT,
        lawful_floor=TEXT,
        sound_from=TEXT,
        coefficient=TEXT,
        level={"enum": [level.value for level in StaffingLevel]},
    ),
}

"""Payment terms: everything a contract says about what is paid, as one frozen, versioned definition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from duban.kernel.text import mark
from duban.settlement.domain.charge_definitions import charge_json, read_charge, read_label
from duban.settlement.domain.charges import ChargeRule
from duban.settlement.domain.definition import Node, plain
from duban.settlement.domain.rates import Consequence, ScoreRule, read_score_rule
from duban.settlement.domain.trigger import Trigger


class Aggregation(StrEnum):
    """Which score pays a line when a contract has several sites."""

    EACH_LINE = "each_line"
    MIN_OF_SITES = "min_of_sites"
    WEIGHTED = "weighted"


class NoScore(StrEnum):
    """What happens to the score part of a line that has no score."""

    FULL = "full"
    HOLD = "hold"


class DoubleCharge(StrEnum):
    """One fact took points and could also cost money: which of the two remains."""

    POINTS = "points"
    MONEY = "money"
    LARGER = "larger"


@dataclass(frozen=True)
class ScoreTerms:
    """The payment function of the score and how sites are put together."""

    rule: ScoreRule
    clause: str = ""
    aggregation: Aggregation = Aggregation.EACH_LINE
    no_score: NoScore = NoScore.FULL


@dataclass(frozen=True)
class Cap:
    """All capped deductions together never exceed `rate` of the period's fee; touching it starts a procedure."""

    rate: Decimal = Decimal("0.20")
    clause: str = ""
    consequence: Consequence = Consequence.RECTIFICATION


@dataclass(frozen=True)
class Vat:
    """Value added tax: `included` in the agreed prices, or added on top."""

    rate: Decimal = Decimal("0.06")
    included: bool = True


@dataclass(frozen=True)
class Retention:
    """Share of the net amount kept back as quality retention until it is released."""

    rate: Decimal = Decimal(0)
    clause: str = ""


@dataclass(frozen=True)
class BonusStep:
    """From this score on the line earns `rate` of its fee on top; the highest step reached counts."""

    from_score: Decimal
    rate: Decimal
    clause: str = ""


@dataclass(frozen=True)
class AppealTerms:
    """How many working days the vendor has to answer, and whether silence confirms (only if the contract says so)."""

    working_days: int = 5
    silence_confirms: bool = True
    clause: str = ""


@dataclass(frozen=True)
class PaymentTerms:
    """One version of payment terms. `source` and `confidence` say where the rules come from (A law … G our proposal)."""

    code: str
    name: Mapping[str, str]
    source: str = ""
    confidence: str = ""
    fee_clause: str = ""
    score: ScoreTerms | None = None
    charges: tuple[ChargeRule, ...] = ()
    double_charge: DoubleCharge = DoubleCharge.LARGER
    double_charge_clause: str = ""
    cap: Cap = field(default_factory=Cap)
    vat: Vat = field(default_factory=Vat)
    retention: Retention = field(default_factory=Retention)
    bonus: tuple[BonusStep, ...] = ()
    appeal: AppealTerms = field(default_factory=AppealTerms)
    trigger: Trigger | None = None

    @classmethod
    def from_json(cls, definition: object) -> "PaymentTerms":
        """Read and check a definition; `Invalid` lists every fault with its place."""
        node = Node(definition)
        terms = _read_terms(node)
        node.check()
        return terms

    def to_json(self) -> dict[str, object]:
        """The definition that reads back as the same terms."""
        written: dict[str, object] = {
            "code": self.code,
            "name": dict(self.name),
            "source": self.source,
            "confidence": self.confidence,
            "fee_clause": self.fee_clause,
            "charges": [charge_json(rule) for rule in self.charges],
            "double_charge": {"mode": str(self.double_charge), "clause": self.double_charge_clause},
            "bonus": plain(self.bonus),
        }
        parts = {"cap": self.cap, "vat": self.vat, "retention": self.retention, "appeal": self.appeal}
        optional = {"score": self.score, "trigger": self.trigger}
        written |= {name: plain(part) for name, part in parts.items()}
        return written | {name: plain(part) for name, part in optional.items() if part is not None}


def _read_terms(node: Node) -> PaymentTerms:
    node.only(
        "code", "name", "source", "confidence", "fee_clause", "score", "charges", "double_charge", "cap", "vat",
        "retention", "bonus", "appeal", "trigger",
    )  # fmt: skip
    double = node.child("double_charge")
    double.only("mode", "clause")
    charges = tuple(read_charge(item) for item in node.items("charges"))
    codes = [rule.head.code for rule in charges]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        node.fault("charges", mark("Two rules have the code “{code}”."), code=code)
    return PaymentTerms(
        code=node.text("code"),
        name=read_label(node.child("name")),
        source=node.text("source", ""),
        confidence=node.text("confidence", ""),
        fee_clause=node.text("fee_clause", ""),
        score=_read_score(node.child("score")) if node.has("score") else None,
        charges=charges,
        double_charge=double.choice("mode", DoubleCharge, DoubleCharge.LARGER),
        double_charge_clause=double.text("clause", ""),
        cap=_read_cap(node.child("cap")),
        vat=_read_vat(node.child("vat")),
        retention=_read_retention(node.child("retention")),
        bonus=tuple(_read_bonus(item) for item in node.items("bonus")),
        appeal=_read_appeal(node.child("appeal")),
        trigger=_read_trigger(node.child("trigger")) if node.has("trigger") else None,
    )


def _read_score(node: Node) -> ScoreTerms:
    node.only("rule", "clause", "aggregation", "no_score")
    return ScoreTerms(
        rule=read_score_rule(node.child("rule")),
        clause=node.text("clause", ""),
        aggregation=node.choice("aggregation", Aggregation, Aggregation.EACH_LINE),
        no_score=node.choice("no_score", NoScore, NoScore.FULL),
    )


def _read_cap(node: Node) -> Cap:
    node.only("rate", "clause", "consequence")
    consequence = node.choice("consequence", Consequence, Consequence.RECTIFICATION)
    return Cap(node.number("rate", "0.20", most="1"), node.text("clause", ""), consequence)


def _read_vat(node: Node) -> Vat:
    node.only("rate", "included")
    return Vat(node.number("rate", "0.06", most="1"), node.flag("included", default=True))


def _read_retention(node: Node) -> Retention:
    node.only("rate", "clause")
    return Retention(node.number("rate", "0", most="1"), node.text("clause", ""))


def _read_bonus(node: Node) -> BonusStep:
    node.only("from_score", "rate", "clause")
    return BonusStep(node.number("from_score"), node.number("rate", most="1"), node.text("clause", ""))


def _read_appeal(node: Node) -> AppealTerms:
    node.only("working_days", "silence_confirms", "clause")
    silence = node.flag("silence_confirms", default=True)
    return AppealTerms(node.whole("working_days", 5, least=1), silence, node.text("clause", ""))


def _read_trigger(node: Node) -> Trigger:
    node.only("below", "consecutive", "cumulative", "consequence", "clause")
    return Trigger(
        below=node.number("below", most="100"),
        consecutive=node.whole("consecutive", 0),
        cumulative=node.whole("cumulative", 0),
        consequence=node.choice("consequence", Consequence, Consequence.TERMINATION),
        clause=node.text("clause", ""),
    )

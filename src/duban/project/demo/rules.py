"""By which schemes the lines are scored and by which terms they are paid."""

from datetime import date
from decimal import Decimal

from duban.contracts.models import Contract, ContractLine
from duban.kernel.actor import Actor
from duban.project.demo.registers import World
from duban.scorecards.models import SchemeVersion
from duban.scorecards.services.schemes import line_schemes_create, scheme_create, schemes_install, version_publish
from duban.settlement.domain.agreement import ClauseNumbers, with_clauses, with_hourly_price
from duban.settlement.domain.templates import terms_from_template
from duban.settlement.models import TermsVersion
from duban.settlement.services.terms import terms_bind, terms_store

SCHEMES = {"cleaning": "CLN-M", "security": "SEC-M", "greening": "GRN-M", "maintenance": "LIFT-M", "customer_service": "CS-M"}
TERMS = {"cleaning": "T2", "security": "T3", "greening": "T4", "maintenance": "T4", "customer_service": "T4"}
CHOICES = {"T2": {"score.rule.tiers[3].per_point.base_for_penalty": "70"}}

HOURLY_PRICE = Decimal(28)
"""What an absent hour is reckoned at, in yuan, before the factor of the terms."""

RATED = {
    "key": "courtesy",
    "name": {"zh": "服务礼仪评议", "en": "Courtesy, as the panel sees it"},
    "weight": "10",
    "indicators": [
        {
            "key": "courtesy",
            "name": {"zh": "服务礼仪评议（评委打分取平均）", "en": "Courtesy (mean of the panel's ratings)"},
            "weight": "10",
            "dimension": "quality",
            "minimum_sample": "2",
            "rule": {"type": "panel", "trim": 0, "scale": "100"},
        }
    ],
}
"""The one thing about a front desk that no check tells: two people rate it each month."""

CUSTOMER_SERVICE = {
    "code": "CS-M",
    "name": {"zh": "客户服务月度考核", "en": "Monthly customer service appraisal"},
    "service_line": "customer_service",
    "cycle": "month",
    "source": "集团自订 2025 版",
    "confidence": "C",
    "maximum": "100",
    "payment": "T4",
    "blocks": [
        {
            "key": key,
            "name": {"zh": name, "en": english},
            "weight": weight,
            "indicators": [
                {
                    "key": key,
                    "name": {"zh": name, "en": english},
                    "weight": weight,
                    "dimension": "response" if key == "replies" else "quality",
                    "minimum_sample": minimum,
                    "rule": {"type": "linear", "metric": metric, "floor": floor, "target": target},
                }
            ],
        }
        for key, name, english, weight, metric, floor, target, minimum in (
            ("reception", "前台接待", "Reception", "15", "inspections.pass_rate:reception", "0.85", "0.99", "10"),
            ("repairs", "报修受理", "Repair requests", "20", "inspections.pass_rate:repairs", "0.85", "0.99", "10"),
            ("handling", "投诉处理", "Handling of complaints", "20", "inspections.pass_rate:complaints", "0.85", "0.99", "10"),
            ("visits", "走访与回访", "Visits and call-backs", "15", "inspections.pass_rate:visits", "0.85", "0.99", "10"),
            ("records", "台账记录", "Records", "10", "inspections.pass_rate:records", "0.85", "0.99", "10"),
            ("replies", "按时答复", "Answers in time", "10", "complaints.replied_on_time", "0.80", "1", "2"),
        )
    ]
    + [RATED],
}


def bind_rules(world: World, actor: Actor, lines: list[ContractLine], on: date) -> None:
    """Install the shipped schemes and terms, add the company's own, and bind every line and contract."""
    schemes_install(actor=actor, tenant=world.tenant)
    version_publish(actor=actor, version=scheme_create(actor=actor, tenant=world.tenant, document=CUSTOMER_SERVICE))
    versions = {version.scheme.key: version for version in SchemeVersion.objects.select_related("scheme")}
    bindings = {line.pk: versions[SCHEMES[line.service_line]] for line in lines}
    line_schemes_create(actor=actor, bindings=bindings, from_on=dict.fromkeys(bindings, on), record=versions["CLN-M"])
    _bind_terms(world, actor, lines, on)


def _bind_terms(world: World, actor: Actor, lines: list[ContractLine], on: date) -> None:
    services: dict[int, tuple[Contract, str]] = {line.contract_id: (line.contract, line.service_line) for line in lines}
    stored = {code: _store(world, actor, code) for code in sorted(set(TERMS.values()))}
    for contract, service_line in services.values():
        terms_bind(actor=actor, contract=contract, version=stored[TERMS[service_line]], from_on=max(on, contract.starts_on))


def _store(world: World, actor: Actor, code: str) -> TermsVersion:
    """The shipped table with the clauses and the hourly price under which the demo contracts write it."""
    terms = terms_from_template(code, CHOICES.get(code, {}))
    numbers = {rule.head.code: f"9.{number}" for number, rule in enumerate(terms.charges, start=2)}
    clauses = ClauseNumbers(fee="7", score="9.1", double_charge="9.6", cap="9.7", retention="12", charges=numbers)
    return terms_store(actor=actor, tenant=world.tenant, terms=with_hourly_price(with_clauses(terms, clauses), HOURLY_PRICE))

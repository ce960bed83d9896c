"""By which schemes the lines are scored and by which terms they are paid."""

from copy import deepcopy
from datetime import date
from typing import Any

from duban.contracts.models import Contract, ContractLine
from duban.kernel.actor import Actor
from duban.project.demo.registers import World
from duban.scorecards.models import SchemeVersion
from duban.scorecards.services.schemes import line_schemes_create, scheme_create, schemes_install, version_publish
from duban.settlement.domain.templates import terms_from_template
from duban.settlement.models import TermsVersion
from duban.settlement.services.terms import terms_bind, terms_store_template

SCHEMES = {"cleaning": "CLN-M", "security": "SEC-M", "greening": "GRN-M", "maintenance": "LIFT-M", "customer_service": "CS-M"}
TERMS = {"cleaning": "T2", "security": "T3", "greening": "T4", "maintenance": "T4", "customer_service": "T4"}
CHOICES = {"T2": {"score.rule.tiers[3].per_point.base_for_penalty": "70"}}

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
            ("reception", "前台接待", "Reception", "25", "inspections.pass_rate:reception", "0.85", "0.99", "10"),
            ("repairs", "报修受理", "Repair requests", "20", "inspections.pass_rate:repairs", "0.85", "0.99", "10"),
            ("handling", "投诉处理", "Handling of complaints", "20", "inspections.pass_rate:complaints", "0.85", "0.99", "10"),
            ("visits", "走访与回访", "Visits and call-backs", "15", "inspections.pass_rate:visits", "0.85", "0.99", "10"),
            ("records", "台账记录", "Records", "10", "inspections.pass_rate:records", "0.85", "0.99", "10"),
            ("replies", "按时答复", "Answers in time", "10", "complaints.replied_on_time", "0.80", "1", "2"),
        )
    ],
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
    """The shipped table with the clauses under which the demo contracts write it."""
    choices = CHOICES.get(code, {})
    definition: dict[str, Any] = dict(terms_from_template(code, choices).to_json())
    changes: dict[str, Any] = {key: deepcopy(definition[key]) for key in ("score", "charges") if definition.get(key)}
    if "score" in changes:
        changes["score"]["clause"] = "第 9.1 条"
    changes["fee_clause"] = "第 7 条"
    changes["double_charge"] = {**definition["double_charge"], "clause": "第 9.6 条"}
    for number, charge in enumerate(changes.get("charges", ()), start=2):
        charge["clause"] = f"第 9.{number} 条"
    return terms_store_template(actor=actor, tenant=world.tenant, code=code, choices=choices, changes=changes)

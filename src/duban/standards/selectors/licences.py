"""Reads of licence rules, and the gate they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext

from duban.estates.domain.service_lines import SERVICE_LINE_LABELS, SPECIAL_WORK_LABELS
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.ui.components import Badge
from duban.standards.domain.licences import (
    HOLDER_LABELS,
    VERDICT_LABELS,
    VERDICT_TONES,
    Held,
    LicenceFinding,
    LicenceGate,
    Requirement,
    applicable,
    check_licences,
)
from duban.standards.models import LicenceRule
from duban.standards.permissions import Code
from duban.vendors.domain.certificates import CERTIFICATE_LABELS
from duban.vendors.models import Certificate, Company
from duban.vendors.selectors import certificates_by_company


def licence_rules_of(actor: Actor) -> QuerySet[LicenceRule]:
    """Licence rules of the actor's tenant."""
    actor.require(Code.VIEW)
    rows = LicenceRule.objects.for_actor(actor).select_related("tenant")
    return rows.order_by("service_line", "work", "holder", "id")


def licence_rule_get(actor: Actor, key: int) -> LicenceRule:
    """One rule of the actor's tenant, or `NotFound`."""
    rule = licence_rules_of(actor).filter(pk=key).first()
    if rule is None:
        raise NotFound
    return rule


def requirements_of_tenant(tenant_path: str) -> list[Requirement]:
    """All licence rules of a tenant as the gate reads them: one query."""
    return [rule.requirement for rule in LicenceRule.objects.filter(tenant__path=tenant_path).order_by("id")]


def licence_gate(company: Company, service_line: str, on: date, *, works: Sequence[str] = ()) -> LicenceGate:
    """Whether a company holds on a day what a service line (and the special works in it) needs: two queries.

    Every finding says ok, ending, expired or missing, with the rule's source; `is_open` is false where something
    mandatory is missing or expired.
    """
    requirements = applicable(requirements_of_tenant(company.tenant.path), service_line, works)
    return check_licences(requirements, held_by(certificates_by_company([company.pk])[company.pk]), on)


def company_gates(company: Company, on: date) -> dict[str, LicenceGate]:
    """The gate of every service line a company offers, special works included as far as it holds a certificate for them."""
    requirements = requirements_of_tenant(company.tenant.path)
    held = held_by(certificates_by_company([company.pk])[company.pk])
    kinds = {one.kind for one in held}
    works = tuple({rule.work for rule in requirements if rule.work and rule.certificate_kind in kinds})
    return {line: check_licences(applicable(requirements, line, works), held, on) for line in company.service_lines}


def held_by(certificates: Iterable[Certificate]) -> list[Held]:
    """Certificates as the gate reads them."""
    return [Held(one.kind, one.number, one.valid_from, one.valid_until) for one in certificates]


@dataclass(frozen=True)
class GateRow:
    """One requirement of one service line of a company, ready to be drawn."""

    service: str
    work: str
    certificate: str
    holder: str
    badge: Badge
    number: str
    until: date | None
    is_mandatory: bool
    source: str


def company_gate_rows(company: Company, on: date) -> list[GateRow]:
    """How a company stands with every requirement of the services it offers: two queries."""
    return [gate_row(finding) for gate in company_gates(company, on).values() for finding in gate.findings]


def gate_row(finding: LicenceFinding) -> GateRow:
    """One finding of the gate in the reader's language."""
    rule = finding.requirement
    return GateRow(
        service=gettext(SERVICE_LINE_LABELS[rule.service_line]),
        work=gettext(SPECIAL_WORK_LABELS[rule.work]) if rule.work else "",
        certificate=gettext(CERTIFICATE_LABELS[rule.certificate_kind]),
        holder=gettext(HOLDER_LABELS[rule.holder]),
        badge=Badge(gettext(VERDICT_LABELS[finding.verdict]), VERDICT_TONES[finding.verdict]),
        number=finding.number,
        until=finding.until,
        is_mandatory=rule.is_mandatory,
        source=rule.source,
    )

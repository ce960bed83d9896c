"""Contracts with payment terms, cards and everything a statement is made from."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from duban.contracts.models import Contract, ContractLine
from duban.kernel.actor import system_actor
from duban.kernel.period import Period
from duban.scorecards.domain.result import Outcome
from duban.scorecards.models import Card, CardOccurrence, Scheme, SchemeVersion
from duban.scorecards.models import Period as CardPeriod
from duban.settlement.models import ChangeOrder, Statement, TermsVersion
from duban.settlement.services.building import statements_build
from duban.settlement.services.terms import terms_bind, terms_store_template
from duban.vendors.models import SizeClass
from tests.cast import Tenant

T2_CHOICES: Mapping[str, str] = {"score.rule.tiers[3].per_point.base_for_penalty": "100"}
OCTOBER = Period.parse("2026-10")


def make_terms(tenant: Tenant, **changes: object) -> TermsVersion:
    """T2 with its open number chosen."""
    return terms_store_template(
        actor=system_actor(tenant.root.path), tenant=tenant.root, code="T2", choices=T2_CHOICES, changes=changes
    )


def make_contract(tenant: Tenant, number: str = "A-1", **values: object) -> Contract:
    """An active cleaning contract of a large buyer with a small vendor, two lines, paid by T2."""
    terms = values.pop("terms", None) or make_terms(tenant)
    contract = Contract.objects.create(
        office=tenant.city,
        vendor=tenant.vendor,
        number=number,
        title=f"保洁合同 {number}",
        state="active",
        **{
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2026, 12, 31),
            "retention_rate": Decimal("0.05"),
            "vat_rate": Decimal("0.06"),
            "appeal_working_days": 5,
            "vendor_size_class": SizeClass.SMALL,
            "buyer_size_class": SizeClass.LARGE,
            **values,
        },
    )
    for position, (estate, fee) in enumerate(((tenant.estate, 124800), (tenant.estate_two, 118600)), start=1):
        ContractLine.objects.create(
            contract=contract,
            number=position,
            estate=estate,
            service_line="cleaning",
            fee_basis="lump_sum",
            unit_price_amount=fee,
            starts_on=contract.starts_on,
            ends_on=contract.ends_on,
        )
    terms_bind(actor=system_actor(tenant.root.path), contract=contract, version=terms, from_on=contract.starts_on)
    return contract


def make_card(
    line: ContractLine, score: str | None, *, key: str = "2026-10", state: str = "published", revision: int = 1
) -> Card:
    """A published card with this score."""
    tenant = line.contract.office.tenant_path
    span = Period.parse(key)
    period, _ = CardPeriod.objects.get_or_create(
        tenant_id=int(tenant.strip("/")),
        key=key,
        defaults={"kind": span.kind, "starts_on": span.start, "ends_on": span.end, "state": "closed"},
    )
    scheme, _ = Scheme.objects.get_or_create(
        tenant_id=int(tenant.strip("/")),
        key="CLN-M",
        defaults={"name_zh": "保洁", "name_en": "Cleaning", "service_line": "cleaning", "cycle": "month"},
    )
    version = SchemeVersion.objects.filter(scheme=scheme).first() or SchemeVersion.objects.create(
        scheme=scheme, number=1, definition={}, digest="0"
    )
    return Card.objects.create(
        line=line,
        period=period,
        scheme_version=version,
        revision=revision,
        state=state,
        outcome=Outcome.HELD if score is None else Outcome.SCORED,
        score=None if score is None else Decimal(score),
        inputs_digest="0",
    )


def add_points(card: Card, code: str, points: str) -> CardOccurrence:
    """An absent slot that also took points from the card."""
    return CardOccurrence.objects.create(
        card=card, app="attendance", code=code, on=date(2026, 10, 4), kind="absent_slot", key="night", severity="minor",
        quantity=Decimal(8), label="缺岗", points=-Decimal(points),
    )  # fmt: skip


def make_change_order(contract: Contract) -> ChangeOrder:
    """Two more posts from the middle of October on."""
    return ChangeOrder.objects.create(
        contract=contract, name="增 2 岗", amount=Decimal(12000), from_on=date(2026, 10, 16), clause="单价表 3"
    )


def make_statement(
    tenant: Tenant, number: str = "A-1", *, scores: tuple[str, str] = ("92", "78.4"), period: Period = OCTOBER
) -> Statement:
    """The draft statement of October: 243,400 base, 6,193.55 change order, 11,860 lost by a score of 78.4."""
    contract = make_contract(tenant, number)
    make_change_order(contract)
    for line, score in zip(contract.lines.order_by("number"), scores, strict=True):
        make_card(line, score)
    statements_build(actor=system_actor(tenant.root.path), period=period)
    return Statement.objects.with_names().get(contract=contract, period_code=period.code, is_current=True)

"""The cockpit and the chain in the API."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from duban.insight.permissions import Code
from duban.insight.schemas import CockpitOut, MovementOut, StationOut
from duban.insight.selectors.chain import chain
from duban.insight.selectors.cockpit import cockpit
from duban.kernel.period import Period
from duban.platform.problems import REFUSALS
from duban.platform.requests import actor_of
from duban.platform.ui.components import Station

router = Router(tags=["insight"])


@router.get("/cockpit", response={200: CockpitOut, **REFUSALS}, summary="Figures of one month")
def cockpit_get(request: HttpRequest, month: str) -> CockpitOut:
    """Figures of one month (`2026-10`) over everything the caller sees."""
    actor = actor_of(request)
    actor.require(Code.VIEW)
    span = Period.parse(month)
    page, _rows = cockpit(actor, span, timezone.localdate())
    return CockpitOut(
        month=span.code,
        score=page.score,
        score_change=page.score_change,
        line_count=page.line_count,
        unscored_count=page.unscored_count,
        fee_amount=page.money.fee,
        payable_amount=page.money.payable,
        deducted_amount=page.money.deducted,
        unsettled_findings=page.findings.unsettled,
        overdue_findings=page.findings.overdue,
        presence=page.presence,
        ending_contracts=page.expiry.contracts,
        ending_certificates=page.expiry.certificates,
        movements=[MovementOut.from_orm(slip) for slip in page.slips],
    )


@router.get("/chain", response={200: list[StationOut], **REFUSALS}, summary="The chain of one contract line")
def chain_get(request: HttpRequest, contract: str, month: str, line: int | None = None) -> list[Station]:
    """The nine stations of a contract line (or of a whole contract) in one month, with counts and addresses."""
    actor = actor_of(request)
    actor.require("contracts.view")
    return chain(actor, contract_code=contract, line_number=line, month=Period.parse(month), current="score")

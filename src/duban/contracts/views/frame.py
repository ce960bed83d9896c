"""What the pages of contracts share: facts, buttons, paths to a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from duban.contracts.domain.outsourcing import OutsourcedLine
from duban.contracts.domain.words import ALARM_LABELS, ALARM_TONES
from duban.contracts.models import Contract, ContractLine
from duban.contracts.permissions import can_create, can_edit
from duban.contracts.selectors import EstateOutsourcing
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS, SPECIAL_WORK_LABELS
from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Badge, Crumb, Fact, Link

UNPROCESSABLE = 422
OWN_PAGES = {"activate", "terminate"}


@dataclass(frozen=True)
class OutsourcingRow:
    """One estate in the matrix of handed-over services, ready to be drawn; a cell without vendor is kept in house."""

    name: str
    url: str
    badge: Badge
    reasons: tuple[str, ...]
    cells: tuple[str, ...]
    share: Decimal | None


@dataclass(frozen=True)
class LineRow:
    """One line on its contract's page."""

    line: ContractLine
    works: str
    badge: Badge | None


def list_links(current: str) -> list[Link]:
    """Links to the other pages of contracts."""
    pages = (("list", _("Contracts")), ("calendar", _("Calendar")), ("outsourcing", _("What is handed over")))
    return [Link(label, reverse(f"contracts:{name}")) for name, label in pages if name != current]


def list_actions(actor: Actor) -> list[Action]:
    """The button that draws up a contract, for those who may."""
    if not can_create(actor):
        return []
    return [Action(_("Draw up a contract"), reverse("contracts:new"), method="get", tone="primary", symbol="plus")]


def contract_crumbs(contract: Contract, *last: str) -> list[Crumb]:
    """Where a page below a contract lies."""
    crumbs = [
        Crumb(_("Contracts"), reverse("contracts:list")),
        Crumb(contract.title, reverse("contracts:detail", args=[contract.code])),
    ]
    return [*crumbs, *(Crumb(label) for label in last)]


def contract_actions(actor: Actor, contract: Contract) -> list[Action]:
    """Buttons of a contract: what its state and the actor's rights allow."""
    found = []
    if can_edit(actor, contract):
        found.append(Action(_("Add a line"), reverse("contracts:line_new", args=[contract.code]), method="get", symbol="plus"))
        found.append(Action(_("Edit"), reverse("contracts:edit", args=[contract.code]), method="get", symbol="edit"))
    for move in allowed_moves(contract, actor):
        if move.name in OWN_PAGES:
            tone = "primary" if move.name == "activate" else "danger"
            found.append(
                Action(_(move.label), reverse(f"contracts:{move.name}", args=[contract.code]), method="get", tone=tone)
            )
        else:
            found.append(
                Action(_(move.label), reverse("contracts:move", args=[contract.code, move.name]), needs_note=move.needs_note)
            )
    return found


def contract_facts(contract: Contract, *, shows_vendor: bool) -> list[Fact]:
    """Facts of a contract: parties, dates, money rules."""
    return [
        fact for fact in (*_party_facts(contract, shows_vendor), *_date_facts(contract), *_money_facts(contract)) if fact.value
    ]


def _party_facts(contract: Contract, shows_vendor: bool) -> tuple[Fact, ...]:  # noqa: FBT001 - passed on from a keyword
    vendor_url = reverse("vendors:detail", args=[contract.vendor.code]) if shows_vendor else ""
    return (
        Fact(_("Vendor"), contract.vendor.name, url=vendor_url, hint=contract.get_vendor_size_class_display()),
        Fact(_("Office"), contract.office.name, hint=contract.get_buyer_size_class_display()),
        Fact(_("Contract number"), contract.number),
    )


def _date_facts(contract: Contract) -> tuple[Fact, ...]:
    distance = _("{days} days before the end").format(days=contract.notice_days)
    return (
        Fact(_("Signed on"), formatting.day(contract.signed_on) if contract.signed_on else ""),
        Fact(_("Term"), f"{formatting.day(contract.starts_on)} – {formatting.day(contract.ends_on)}"),
        Fact(_("Terminated on"), formatting.day(contract.terminated_on) if contract.terminated_on else ""),
        Fact(_("Renewal"), contract.get_renewal_mode_display()),
        Fact(_("Last day for notice"), formatting.day(contract.notice_on), hint=distance),
        Fact(_("Mobilisation until"), formatting.day(contract.mobilisation_until) if contract.mobilisation_until else ""),
    )


def _money_facts(contract: Contract) -> tuple[Fact, ...]:
    days = contract.payment_days
    return (
        Fact(_("VAT"), formatting.percent(contract.vat_rate), hint=_("included") if contract.is_vat_included else _("on top")),
        Fact(_("Retention"), formatting.percent(contract.retention_rate)),
        Fact(_("Deduction cap"), formatting.percent(contract.deduction_cap_rate), hint=_("of a period's fee")),
        Fact(_("Appeal window"), _("{days} working days").format(days=contract.appeal_working_days)),
        Fact(_("Payment"), _("statutory term") if days is None else _("{days} days").format(days=days)),
    )


def works_words(line: ContractLine) -> str:
    """The special works of a line in the reader's language."""
    return _("、").join(_(SPECIAL_WORK_LABELS[work]) for work in line.special_works if work in SPECIAL_WORK_LABELS)


def outsourcing_rows(found: Iterable[EstateOutsourcing], *, links: bool) -> list[OutsourcingRow]:
    """Verdicts on estates, ready to be drawn; the reasons come translated."""
    return [_outsourcing_row(row, links=links) for row in found]


def _outsourcing_row(row: EstateOutsourcing, *, links: bool) -> OutsourcingRow:
    verdict = row.assessment
    return OutsourcingRow(
        name=row.estate.name,
        url=reverse("estates:detail", args=[row.estate.code]) if links else "",
        badge=Badge(_(ALARM_LABELS[verdict.alarm]), ALARM_TONES[verdict.alarm]),
        reasons=tuple(_(reason.text).format(**reason.params) for reason in verdict.reasons),
        cells=tuple(_vendors(row.lines, service) for service in SERVICE_LINE_LABELS),
        share=verdict.amount_share,
    )


def _vendors(lines: Iterable[OutsourcedLine], service: str) -> str:
    return _("、").join(dict.fromkeys(line.vendor for line in lines if line.service_line == service))


def service_heads() -> list[str]:
    """The service lines as heads of columns."""
    return [_(label) for label in SERVICE_LINE_LABELS.values()]


def form_page(
    request: HttpRequest, form: object, title: str, crumbs: list[Crumb], back_url: str, **extra: object
) -> HttpResponse:
    """A page with one form, answered with 422 where it was refused."""
    context = {"form": form, "title": title, "crumbs": crumbs, "back_url": back_url, **extra}
    status = UNPROCESSABLE if getattr(form, "is_bound", False) else 200
    return render(request, "contracts/form.html", context, status=status)

"""Pieces of a contract's page: its lines, its licence gates, its dates, its tabs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.contracts.domain.terms import milestones
from duban.contracts.domain.words import MILESTONE_LABELS, MILESTONE_TONES
from duban.contracts.models import Contract, ContractLine
from duban.contracts.selectors import contract_lines, contract_total, line_gates
from duban.contracts.selectors.options import chain_url, line_label
from duban.contracts.selectors.staffing import line_staffing
from duban.contracts.views.frame import LineRow, works_words
from duban.platform.ui.components import Badge, Tab
from duban.standards.selectors import GateRow, gate_row


@dataclass(frozen=True)
class GateGroup:
    """The licence gate of one line."""

    title: str
    rows: tuple[GateRow, ...]
    is_open: bool


@dataclass(frozen=True)
class DateRow:
    """One date of a contract."""

    badge: Badge
    on: object
    is_past: bool


def lines_context(contract: Contract, tab: str) -> dict[str, Any]:
    """What the page shows of a contract's lines, according to the tab that is open."""
    lines = contract_lines(contract)
    return {
        "lines": line_rows(lines),
        "total": contract_total(lines),
        "tab": tab,
        "tabs": contract_tabs(contract, tab, len(lines)),
        "gates": gate_groups(lines) if tab == "licences" else [],
        "staffing": [(f"{line.number}. {line_label(line)}", rows) for line, rows in line_staffing(lines)]
        if tab == "posts"
        else [],
        "chain_url": chain_address(contract, lines),
    }


def line_rows(lines: Sequence[ContractLine]) -> list[LineRow]:
    """The lines of a contract with what they agree on special works, and whether they run today."""
    return [LineRow(line, works_words(line), _running(line)) for line in lines]


def _running(line: ContractLine) -> Badge | None:
    today = timezone.localdate()
    term = line.performed_term
    if term is None or today > term.ends_on:
        return Badge(_("Ended"), "neutral")
    return Badge(_("To come"), "waiting") if today < term.starts_on else None


def gate_groups(lines: Sequence[ContractLine]) -> list[GateGroup]:
    """The licence gate of every line today: two queries."""
    gates = line_gates(lines, timezone.localdate())
    return [
        GateGroup(
            f"{line.number}. {line_label(line)}",
            tuple(gate_row(row) for row in gates[line.pk].findings),
            gates[line.pk].is_open,
        )
        for line in lines
    ]


def contract_milestones(contract: Contract) -> list[DateRow]:
    """The dates of a contract in order."""
    today = timezone.localdate()
    found = milestones(
        contract.term,
        notice_days=contract.notice_days,
        mobilisation_until=contract.mobilisation_until,
        terminated_on=contract.terminated_on,
    )
    return [DateRow(Badge(_(MILESTONE_LABELS[row.kind]), MILESTONE_TONES[row.kind]), row.on, row.on < today) for row in found]


def contract_tabs(contract: Contract, current: str, line_count: int) -> list[Tab]:
    """The tabs of a contract's page; each has its own address."""
    home = reverse("contracts:detail", args=[contract.code])
    names = (
        ("lines", _("Contract lines"), line_count),
        ("licences", _("Licences"), None),
        ("posts", _("Posts and staffing"), None),
        ("rules", _("Scores and money"), None),
    )
    return [Tab(label, f"{home}?tab={name}", active=name == current, count=count) for name, label, count in names]


def chain_address(contract: Contract, lines: Sequence[ContractLine]) -> str:
    """The chain bar of the contract's first line, in the last whole month of its performance."""
    if not lines or contract.state == "draft":
        return ""
    first_of_month = timezone.localdate().replace(day=1)
    day = min(contract.last_on, first_of_month - timedelta(days=1))
    return chain_url(lines[0], max(day, contract.starts_on), "clause")

"""Everything the page of one statement shows, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.kernel.money import NOTHING, percent
from duban.platform.audit.selectors import timeline_of
from duban.platform.conversations.selectors import thread_of
from duban.platform.files.selectors import attachment_views, attachments_of_many
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.charts import Waterfall
from duban.platform.ui.components import Action, Attachment, Badge, Fact, Link, Thread, TimelineEntry, actions_of, badge_of
from duban.settlement.domain.clock import PaymentClock
from duban.settlement.domain.counting import COUNTED
from duban.settlement.domain.figures import LineKind
from duban.settlement.domain.line_figures import tidy
from duban.settlement.domain.states import VENDOR_STATE_LABELS, VENDOR_STATE_TONES, VendorState
from duban.settlement.models import Statement, StatementAppeal, StatementLine
from duban.settlement.permissions import Code, can_answer, can_appeal, can_decide, can_pay, holds
from duban.settlement.selectors.bands import CliffRow, cliff_rows
from duban.settlement.selectors.clock import clock_of
from duban.settlement.selectors.statements import appeals_of, retention_held, revisions_of
from duban.settlement.selectors.waterfall import evidence_url, waterfall
from duban.settlement.selectors.wording import clause_words, filled, line_evidence, line_label

BY_TERMS = frozenset({LineKind.CHARGE, LineKind.SCORE, LineKind.ABSORBED, LineKind.BONUS, LineKind.CAP_RELIEF})
OFFERED_MOVES = ("send", "confirm", "finalise")


@dataclass(frozen=True)
class LineRow:
    """One row of the table of lines."""

    line: StatementLine
    label: str
    clause: str
    evidence: str
    evidence_url: str
    answer: Badge | None
    confirm_url: str
    appeal_url: str
    days_left: int | None

    @property
    def is_minus(self) -> bool:
        """Whether the line takes something away."""
        return self.line.amount < 0


@dataclass(frozen=True)
class AppealRow:
    """One appeal with its files and, for those who may, the buttons to decide it."""

    appeal: StatementAppeal
    label: str
    files: tuple[Attachment, ...]
    decide_url: str


@dataclass(frozen=True)
class StatementPage:
    """The page of one statement."""

    statement: Statement
    title: str
    subtitle: str
    badge: Badge
    actions: list[Action]
    links: list[Link]
    chain_url: str
    waterfall: Waterfall
    lines: list[LineRow]
    clock: PaymentClock
    days_left: int | None
    deducted_share: Decimal
    cap_share: Decimal
    flags: list[tuple[str, str]]
    cliffs: list[CliffRow]
    appeals: list[AppealRow]
    revisions: list[Statement]
    timeline: list[TimelineEntry]
    thread: Thread
    facts: list[Fact]

    @property
    def clock_basis(self) -> str:
        """By which rule the clock runs."""
        return gettext(self.clock.basis)

    @property
    def cap_tone(self) -> str:
        """How the cap gauge looks."""
        return "bad" if self.statement.is_cap_reached else "waiting"

    @property
    def tax_note(self) -> str:
        """Unit and tax of the amounts."""
        contract = self.statement.contract
        included = gettext("Amounts in {currency}, {rate}% tax included")
        text = included if contract.is_vat_included else gettext("Amounts in {currency}")
        return text.format(currency=contract.currency, rate=tidy(contract.vat_rate * 100))


def statement_page(actor: Actor, statement: Statement) -> StatementPage:
    """Build the page; the number of queries does not grow with lines, appeals or messages."""
    lines = list(statement.lines.select_related("contract_line__estate"))
    for line in lines:
        line.statement = statement
    clock = clock_of(statement)
    fee = statement.fee_amount or NOTHING
    return StatementPage(
        statement=statement,
        title=gettext("Statement · {vendor} · {month}").format(
            vendor=statement.contract.vendor, month=formatting.month(statement.period)
        ),
        subtitle=_subtitle(statement, lines),
        badge=badge_of(statement.STATES, statement.state),
        actions=_actions(actor, statement, lines),
        links=_links(statement),
        chain_url=_chain_url(statement),
        waterfall=waterfall(statement, lines),
        lines=[_line_row(actor, line) for line in lines],
        clock=clock,
        days_left=clock.days_left(timezone.localdate()),
        deducted_share=percent(statement.capped_amount, fee),
        cap_share=percent(statement.cap_limit_amount, fee),
        flags=[(filled(flag["message"], flag["params"]), _flag_tone(flag)) for flag in statement.flags],
        cliffs=cliff_rows(statement, lines),
        appeals=_appeals(actor, statement),
        revisions=revisions_of(actor, statement),
        timeline=timeline_of(statement),
        thread=thread_of(actor, statement),
        facts=_facts(statement),
    )


def _facts(statement: Statement) -> list[Fact]:
    """The sums of a statement."""
    amounts = [
        (gettext("Fee"), statement.fee_amount),
        (gettext("Deductions"), statement.deduction_amount),
        (gettext("Net"), statement.net_amount),
        (gettext("Tax"), statement.vat_amount),
        (gettext("Retention"), statement.retention_amount),
        (gettext("Undisputed"), statement.payable_amount),
        (gettext("Under appeal, if upheld"), statement.disputed_net_amount),
        (gettext("Paid"), statement.paid_amount),
        (gettext("Retention held by the contract"), retention_held(statement.contract)),
    ]
    return [Fact(label, formatting.money(amount)) for label, amount in amounts]


def _line_row(actor: Actor, line: StatementLine) -> LineRow:
    place = [line.statement.code, line.position]
    until = line.statement.answer_until
    has_answer = line.kind != LineKind.ABSORBED and line.statement.state != "draft"
    return LineRow(
        line=line,
        label=line_label(line),
        clause=_basis(line),
        evidence=line_evidence(line),
        evidence_url=evidence_url(line) if line.facts or line.card_code or _is_counted(line) else "",
        answer=_answer(line) if has_answer else None,
        confirm_url=reverse("settlement:line_confirm", args=place) if can_answer(actor, line) else "",
        appeal_url=reverse("settlement:line_appeal", args=place) if can_appeal(actor, line) else "",
        days_left=None if until is None else (until - timezone.localdate()).days,
    )


def _is_counted(line: StatementLine) -> bool:
    basis = None if line.contract_line is None else line.contract_line.fee_basis
    return line.kind == LineKind.BASE_FEE and basis in COUNTED


def _basis(line: StatementLine) -> str:
    """The clause; where the terms name none, the fee basis or the version of the terms."""
    if line.clause:
        return clause_words(line.clause)
    if line.kind == LineKind.BASE_FEE and line.contract_line is not None:
        return str(line.contract_line.get_fee_basis_display())
    return str(line.statement.terms_version) if line.kind in BY_TERMS else ""


def _answer(line: StatementLine) -> Badge:
    state = VendorState(line.vendor_state)
    return Badge(gettext(VENDOR_STATE_LABELS[state]), VENDOR_STATE_TONES[state])


def _subtitle(statement: Statement, lines: list[StatementLine]) -> str:
    places = "、".join(dict.fromkeys(str(line.params["name"]) for line in lines if line.kind == LineKind.BASE_FEE))
    text = gettext("{code} · contract {contract} ({places}) · terms {terms}, cap {cap}%")
    if statement.revision > 1:
        text += gettext(" · revision {revision}")
    return text.format(
        code=statement.code,
        contract=statement.contract.code,
        places=places,
        terms=statement.terms_version,
        cap=tidy(percent(statement.cap_limit_amount, statement.fee_amount)),
        revision=statement.revision,
    )


def _actions(actor: Actor, statement: Statement, lines: list[StatementLine]) -> list[Action]:
    """The trace for everybody; the moves and the payment for those who may."""
    buttons = [Action(gettext("Recomputation trace"), reverse("settlement:trace", args=[statement.code]), method="get")]
    if holds(actor, Code.EDIT, statement) and statement.state == "draft":
        extras = ((gettext("Bonus or deduction"), "adjust"), (gettext("Change order"), "change_order"))
        buttons += [Action(label, reverse(f"settlement:{name}", args=[statement.code]), method="get") for label, name in extras]
    moves = [move for move in allowed_moves(statement, actor) if move.name in OFFERED_MOVES]
    buttons += actions_of(moves, lambda name: reverse("settlement:move", args=[statement.code, name]), primary=OFFERED_MOVES[0])
    if statement.state == "disputed" and any(can_answer(actor, line) for line in lines):
        confirm = reverse("settlement:move", args=[statement.code, "confirm"])
        buttons.append(Action(gettext("Confirm the other lines"), confirm))
    due = statement.payable_amount - statement.paid_amount
    if due > 0 and can_pay(actor, statement):
        is_split = statement.state == "disputed"
        label = gettext("Pay the undisputed part {amount}") if is_split else gettext("Record payment {amount}")
        shown = label.format(amount=formatting.money(due, statement.contract.currency))
        buttons.append(Action(shown, reverse("settlement:pay", args=[statement.code]), method="get", tone="primary"))
    if statement.state == "paid" and holds(actor, Code.PAY, statement):
        release = reverse("settlement:release", args=[statement.code])
        buttons.append(Action(gettext("Release retention"), release, method="get"))
    return buttons


def _links(statement: Statement) -> list[Link]:
    return [
        Link("PDF", reverse("settlement:pdf", args=[statement.code]), download=True),
        Link("Excel", reverse("settlement:excel", args=[statement.code]), download=True),
    ]


def _chain_url(statement: Statement) -> str:
    query = {"contract": statement.contract.code, "month": statement.period_code, "at": "settlement"}
    return f"{reverse('insight:chain')}?{urlencode(query)}"


def _flag_tone(flag: Mapping[str, str]) -> str:
    return "bad" if flag["consequence"] == "termination" else "warning" if flag["consequence"] != "nothing" else "neutral"


def _appeals(actor: Actor, statement: Statement) -> list[AppealRow]:
    appeals = list(appeals_of(statement))
    files = attachments_of_many(StatementAppeal, [appeal.pk for appeal in appeals]) if appeals else {}
    rows = []
    for appeal in appeals:
        appeal.line.statement = statement
        is_open = appeal.decided_at is None and can_decide(actor, appeal)
        url = reverse("settlement:decide", args=[appeal.code]) if is_open else ""
        rows.append(AppealRow(appeal, line_label(appeal.line), attachment_views(files[appeal.pk]), url))
    return rows

"""What the pages of the ledger say, in the reader's language. Names are masked: the slot is audited, not the person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.attendance.domain.ledger import Counts, is_insured, total_of
from duban.attendance.domain.turnover import Turnover
from duban.attendance.models import LedgerFinding
from duban.attendance.permissions import can_roster, can_set_rules
from duban.attendance.selectors.ledger import Ledger, LedgerShift
from duban.attendance.tables import flaw_words, reason_words, shift_label
from duban.attendance.views.words import Tile
from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import line_label
from duban.estates.models import Post
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.charts import HeatCell, Heatmap
from duban.platform.ui.components import Action, Badge, Fact, Link, actions_of, badge_of
from duban.vendors.domain.workers import CATEGORY_LABELS


@dataclass(frozen=True)
class FindingWords:
    """One exception in the list of a month."""

    url: str
    day: date
    flaw: str
    text: str
    state: Badge


@dataclass(frozen=True)
class PersonWords:
    """Somebody who checked in at a shift."""

    name: str
    insured: Badge
    paid: Badge


@dataclass(frozen=True)
class ShiftWords:
    """One shift of a post on a day."""

    shift: str
    rostered: str
    manned: Badge
    slot_url: str
    people: tuple[PersonWords, ...]


@dataclass(frozen=True)
class TurnoverWords:
    """The turnover of one kind of post, and how it was found."""

    category: str
    rate: str
    cap: str
    verdict: Badge
    steps: tuple[str, ...]


def ledger_chart(ledger: Ledger) -> Heatmap | None:
    """Posts by day: the share of the contracted shifts that were manned; each field opens its day."""
    if not ledger.days:
        return None
    names = {post.pk: post for post in ledger.posts}
    cells = tuple(
        HeatCell(
            str(day.day),
            names[post].name,
            round(100 * counts.present / counts.contracted),
            url=reverse("attendance:ledger_day", args=[names[post].code, day.isoformat()]),
            hint=count_words(counts),
        )
        for (post, day), counts in ledger.days.items()
    )
    columns = tuple(str(day.day) for day in ledger.month.days if day <= ledger.books.until)
    return Heatmap(columns=columns, rows=tuple(post.name for post in ledger.posts), cells=cells, minimum=0, unit="%")


def ledger_tiles(ledger: Ledger) -> list[Tile]:
    """The month as a chain of five figures."""
    total = total_of(ledger.days.values())
    payroll = ledger.books.payroll
    billed = payroll.billed_shifts if payroll else None
    bill = _("%(count)d shifts are billed") % {"count": billed} if billed is not None else _("no bill stated")
    return [
        Tile(_("Contracted"), str(total.contracted), _("shifts up to %(day)s") % {"day": formatting.day(ledger.books.until)}),
        Tile(_("Rostered"), str(total.rostered), _share(total.rostered, total)),
        Tile(_("Checked in"), str(total.present), _("%(count)d without a name") % {"count": total.unnamed}),
        Tile(_("Insured"), str(total.insured), _share(total.insured, total)),
        Tile(
            _("Paid in the payroll"), str(total.paid) if payroll else "–", bill if payroll else _("the payroll is not in yet")
        ),
    ]


def count_words(counts: Counts) -> str:
    """The counts of a post and day in one line."""
    return _("contracted %(contracted)d, rostered %(rostered)d, checked in %(present)d, insured %(insured)d, paid %(paid)d") % {
        "contracted": counts.contracted,
        "rostered": counts.rostered,
        "present": counts.present,
        "insured": counts.insured,
        "paid": counts.paid,
    }


def ledger_links(actor: Actor, line: ContractLine) -> list[Link]:
    """For the vendor: where its payroll comes in."""
    if not can_roster(actor, line):
        return []
    return [Link(_("Bring in a payroll"), f"{reverse('imports:list')}?kind=payrolls", symbol="upload")]


def ledger_actions(actor: Actor, line: ContractLine, month: Period) -> list[Action]:
    """The button that examines a month, for those who may decide."""
    if not can_set_rules(actor, line):
        return []
    url = f"{reverse('attendance:ledger_examine')}?line={line.pk}&month={month.code}"
    return [Action(_("Examine the month"), url, tone="primary", symbol="refresh")]


def finding_rows(findings: Iterable[LedgerFinding]) -> list[FindingWords]:
    """Exceptions of a month in words."""
    return [
        FindingWords(
            reverse("attendance:ledger_finding", args=[one.code]),
            one.day,
            " · ".join(part for part in (flaw_words(one), one.post.name if one.post else "") if part),
            reason_words(one),
            badge_of(one.STATES, one.state),
        )
        for one in findings
    ]


def finding_facts(finding: LedgerFinding) -> list[Fact]:
    """Facts of one exception."""
    worker, post = finding.worker, finding.post
    month = f"{reverse('attendance:ledger')}?line={finding.line_id}&month={Period.month_of(finding.month).code}"
    day = reverse("attendance:ledger_day", args=[post.code, finding.day.isoformat()]) if post else ""
    found = [
        Fact(_("Contract line"), line_label(finding.line)),
        Fact(_("Month"), formatting.month(finding.month), month),
        Fact(_("Day"), formatting.day(finding.day), day),
        Fact(_("Post"), post.name if post else ""),
        Fact(_("Shift"), shift_label(finding.shift) if finding.shift else ""),
        Fact(_("Person"), f"{worker.masked} {worker.code}" if worker else ""),
        Fact(_("Reason"), reason_words(finding)),
    ]
    return [fact for fact in found if fact.value]


def finding_actions(actor: Actor, finding: LedgerFinding) -> list[Action]:
    """What the reader may decide now."""
    moves = allowed_moves(finding, actor)
    return actions_of(moves, lambda move: reverse("attendance:ledger_finding_move", args=[finding.code, move]))


def day_facts(ledger: Ledger, post: Post, day: date) -> list[Fact]:
    """The counts of one post and day."""
    counts = ledger.days.get((post.pk, day), Counts())
    return [
        Fact(_("Contracted"), str(counts.contracted)),
        Fact(_("Rostered"), str(counts.rostered)),
        Fact(_("Checked in"), str(counts.present)),
        Fact(_("Insured"), str(counts.insured)),
        Fact(_("Paid in the payroll"), str(counts.paid)),
    ]


def shift_rows(ledger: Ledger, post: Post, day: date, shifts: Iterable[LedgerShift]) -> list[ShiftWords]:
    """The shifts of a post on a day with the people behind the counts."""
    del post
    return [
        ShiftWords(
            shift_label(one.shift),
            one.rostered or "–",
            Badge(_("Manned"), "good") if one.present else Badge(_("Not manned"), "bad"),
            reverse("attendance:slot", args=[one.slot.code]) if one.slot else "",
            tuple(_person(ledger, worker, name, day) for worker, name in one.people),
        )
        for one in shifts
    ]


def turnover_rows(found: Mapping[str, Turnover]) -> list[TurnoverWords]:
    """Turnover by kind of post against its cap, with the trace."""
    return [_turnover(category, one) for category, one in found.items()]


def _turnover(category: str, one: Turnover) -> TurnoverWords:
    if one.is_over is None:
        verdict = Badge(_("Insufficient data"))
    elif one.triggers:
        verdict = Badge(_("Over the cap in %(count)d months") % {"count": len(one.over_months)}, "bad")
    else:
        verdict = Badge(_("Over the cap"), "bad") if one.is_over else Badge(_("Within the cap"), "good")
    return TurnoverWords(
        _(CATEGORY_LABELS[category]),
        "–" if one.rate is None else formatting.percent(one.rate),
        formatting.percent(one.cap.year),
        verdict,
        tuple(f"{_(step.label)}: {_(step.rule).format(**step.inputs)}" for step in one.steps),
    )


def _person(ledger: Ledger, worker: int, name: str, day: date) -> PersonWords:
    payroll = ledger.books.payroll
    insured = is_insured(worker, day, ledger.books.insured)
    paid = payroll is not None and worker in payroll.hours
    nothing = Badge(_("Payroll not in yet")) if payroll is None else Badge(_("Not on the payroll"), "bad")
    return PersonWords(
        name,
        Badge(_("Insured"), "good") if insured else Badge(_("Not insured"), "bad"),
        Badge(_("Paid in the payroll"), "good") if paid else nothing,
    )


def _share(part: int, total: Counts) -> str:
    return formatting.percent(part / total.contracted) if total.contracted else "–"

"""Everything the page of one counted quantity shows."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext

from duban.contracts.selectors.options import chain_url, line_label
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.kernel.states import Move
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Badge, Fact, actions_of, badge_of
from duban.settlement.models import WorkCount
from duban.settlement.permissions import is_answering_side, is_entering_side
from duban.settlement.selectors.counts import work_words

ANSWERS = ("confirm", "dispute")


@dataclass(frozen=True)
class CountPage:
    """The page of one counted quantity."""

    title: str
    badge: Badge
    actions: list[Action]
    facts: list[Fact]
    chain_url: str


def count_page(actor: Actor, count: WorkCount) -> CountPage:
    """Build the page."""
    month = Period.parse(count.period_code)
    words = work_words(count.name, count.line.fee_basis)
    return CountPage(
        title=gettext("{work} · {month}").format(work=words, month=formatting.month(month)),
        badge=badge_of(count.STATES, count.state),
        actions=_actions(actor, count),
        facts=_facts(count),
        chain_url=chain_url(count.line, month.start, "money"),
    )


def _actions(actor: Actor, count: WorkCount) -> list[Action]:
    moves = [move for move in allowed_moves(count, actor) if _is_offered(actor, count, move)]
    buttons = actions_of(moves, lambda name: reverse(f"settlement:count_{name}", args=[count.code]), primary="confirm")
    return [replace(each, method="get") if move.name == "correct" else each for move, each in zip(moves, buttons, strict=True)]


def _is_offered(actor: Actor, count: WorkCount, move: Move) -> bool:
    return is_answering_side(actor, count) if move.name in ANSWERS else is_entering_side(actor, count)


def _facts(count: WorkCount) -> list[Fact]:
    unit = f" {count.unit}" if count.unit else ""
    found = [
        Fact(gettext("Contract line"), line_label(count.line)),
        Fact(gettext("Contract"), f"{count.line.contract.code} · {count.line.contract.title}"),
        Fact(gettext("Quantity"), f"{count.quantity.normalize():f}{unit}"),
        Fact(gettext("Unit price"), f"{count.price.normalize():f}"),
        Fact(gettext("Amount"), formatting.money(count.amount)),
        Fact(gettext("Entered by"), _by(count)),
        Fact(gettext("Note"), count.note),
        Fact(gettext("What the other side says"), count.answer),
    ]
    return [fact for fact in found if fact.value]


def _by(count: WorkCount) -> str:
    side = gettext("Vendor") if count.is_by_vendor else gettext("Property company")
    return f"{side} · {count.entered_by}" if count.entered_by else side

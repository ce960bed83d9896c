"""Lists of complaints."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from duban.complaints.domain.categories import categories
from duban.complaints.domain.states import COMPLAINT_STATES
from duban.complaints.models import IntakeChannel, Validity
from duban.contracts.selectors.options import LABEL_READS, line_label, line_options
from duban.platform.ui.addresses import address_of
from duban.platform.ui.components import Badge
from duban.platform.ui.listing import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateFilter,
    Kind,
    Listing,
    ReferenceFilter,
    state_choices,
)

VALIDITY_TONES = {Validity.PENDING: "waiting", Validity.VALID: "warning", Validity.INVALID: "neutral"}
TEXT_LIMIT = 40


def category_choices() -> list[tuple[str, str]]:
    """Categories in the reader's language."""
    language = get_language() or ""
    return [(key, category.name(language)) for key, category in categories().items()]


def category_words(key: str) -> str:
    """One category in the reader's language."""
    return dict(category_choices()).get(key, key)


def validity_badge(row: Any) -> Badge:
    """Whether the complaint is founded, as a word with a shape."""
    validity = Validity(row.validity)
    return Badge(str(validity.label), VALIDITY_TONES[validity])


COMPLAINTS = Listing(
    name="complaints.complaints",
    columns=(
        Column("code", _("Code"), link=lambda row: address_of("complaints:detail", row.code), sort="code"),
        Column("estate", _("Estate"), path="estate.name", small=lambda row: row.place_name),
        Column(
            "category", _("Category"), value=lambda row: category_words(row.category), small=lambda row: row.text[:TEXT_LIMIT]
        ),
        Column("line", _("Contract line"), value=lambda row: line_label(row.line) if row.line else "", phone=False),
        Column("channel", _("Channel"), choices=dict(IntakeChannel.choices), phone=False),
        Column("received_at", _("Received"), kind=Kind.DATETIME, sort="received_at"),
        Column("due_at", _("Reply due"), kind=Kind.DATETIME, tone=lambda row: "bad" if row.is_late else ""),
        Column("validity", _("Validity"), badge=validity_badge, phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=COMPLAINT_STATES),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(COMPLAINT_STATES)),
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        ChoiceFilter("category", _("Category"), choices=category_choices),
        ChoiceFilter("validity", _("Validity"), choices=Validity),
        ChoiceFilter("channel", _("Channel"), choices=IntakeChannel),
        DateFilter("day", _("Received")),
        BooleanFilter("late", _("Late reply"), field="is_late"),
    ),
    search=("code", "text", "place_name", "estate__name"),
    order="-received_at",
    reads=(
        *("code", "state", "place_name", "category", "text", "channel", "received_at", "due_at", "validity", "estate__name"),
        *LABEL_READS,
    ),
    is_long=True,
    empty_title=_("No complaint yet"),
    empty_hint=_("Enter one, or import a ledger."),
)

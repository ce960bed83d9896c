"""The list of doubtful records."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.kernel.doubts import REASON_NAMES
from duban.kernel.trust import GRADE_LABELS
from duban.platform.trust.domain.states import REVIEW_STATES
from duban.platform.trust.words import grade_badge, kind_choices, kind_label, reason_name
from duban.platform.ui.listing import BulkAction, ChoiceFilter, Column, DateFilter, Kind, Listing, TextFilter, state_choices


def _grades() -> list[tuple[str, str]]:
    return [(grade.value, gettext(label)) for grade, label in GRADE_LABELS.items() if grade != "A"]


def _reasons() -> list[tuple[str, str]]:
    return [(code, gettext(name)) for code, name in REASON_NAMES.items()]


def _person(row: Any) -> str:
    return str(row.person.name)


REVIEWS = Listing(
    name="trust.reviews",
    columns=(
        Column("code", _("Review"), link=lambda row: reverse("trust:detail", args=[row.code])),
        Column("title", _("Record"), small=lambda row: row.about),
        Column("kind", _("Kind"), value=lambda row: kind_label(row.kind), phone=False),
        Column("grade", _("Trust"), badge=lambda row: grade_badge(row.grade), kind=Kind.STATE),
        Column("first_reason", _("Heaviest reason"), value=lambda row: reason_name(row.first_reason)),
        Column("person", _("Recorded by"), value=_person, phone=False),
        Column("captured_at", _("Recorded at"), kind=Kind.DATETIME, sort="captured_at"),
        Column("counts_score", _("Counts for the score"), kind=Kind.YES_NO, phone=False),
        Column("counts_money", _("Counts for money"), kind=Kind.YES_NO, phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=REVIEW_STATES, sort="state"),
    ),
    bulk=(
        BulkAction("accept", _("Let them count"), url_name="trust:bulk_accept", permission="platform.trust"),
        BulkAction("refuse", _("Do not count them"), url_name="trust:bulk_refuse", permission="platform.trust"),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=state_choices(REVIEW_STATES)),
        ChoiceFilter("grade", _("Trust"), choices=_grades),
        ChoiceFilter("reason", _("Heaviest reason"), choices=_reasons, field="first_reason"),
        ChoiceFilter("kind", _("Kind"), choices=kind_choices),
        DateFilter("captured", _("Recorded"), field="captured_at"),
        TextFilter("record", _("Code of the record"), field="record"),
    ),
    search=("code", "title", "about", "person__name", "record"),
    order="-state",
    empty_title=_("Nothing is doubted"),
    empty_hint=_("Records from phones are graded by themselves; what is graded low appears here for you to look at."),
)

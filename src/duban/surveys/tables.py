"""Lists of surveys."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from duban.contracts.selectors.options import line_label, line_options, service_words
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.platform.ui.addresses import address_of
from duban.platform.ui.listing import ChoiceFilter, Column, DateFilter, Kind, Listing, ReferenceFilter
from duban.surveys.domain.index import index
from duban.surveys.models import SurveyMethod


def index_words(row: Any) -> str:
    """The index, or how many answers are missing to show one."""
    figure = index(row.score_sum, row.respondents)
    if figure.value is not None:
        return f"{figure.value}"
    return gettext("insufficient: %(have)d of %(need)d") % {"have": figure.respondents, "need": figure.needed}


def _services() -> list[tuple[str, str]]:
    return [(key, gettext(label)) for key, label in SERVICE_LINE_LABELS.items()]


SCORES = Listing(
    name="surveys.scores",
    columns=(
        Column("code", _("Code"), link=lambda row: address_of("surveys:detail", row.code), sort="code"),
        Column("day", _("Last day of the round"), kind=Kind.DATE, sort="day"),
        Column("estate", _("Estate"), path="estate.name"),
        Column("service_line", _("Service line"), value=lambda row: service_words(row.service_line)),
        Column("line", _("Contract line"), value=lambda row: line_label(row.line) if row.line else "", phone=False),
        Column("method", _("Method"), choices=dict(SurveyMethod.choices), phone=False),
        Column("respondents", _("Valid answers"), kind=Kind.NUMBER, places=0),
        Column("index", _("Index (0–100)"), value=index_words),
    ),
    filters=(
        ReferenceFilter("line", _("Contract line"), options=line_options, field="line_id"),
        ChoiceFilter("service_line", _("Service line"), choices=_services),
        ChoiceFilter("method", _("Method"), choices=SurveyMethod),
        DateFilter("day", _("Last day of the round")),
    ),
    search=("code", "estate__name", "source"),
    order="-day",
    empty_title=_("No survey score yet"),
    empty_hint=_("Enter the summed answers of a round, or import them."),
)

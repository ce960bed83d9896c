"""Lists of standards and checklists."""

from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES
from duban.platform.ui.addresses import address_of
from duban.platform.ui.listing import ChoiceFilter, Column, Kind, Listing, state_choices
from duban.standards.domain.states import STANDARD_STATES
from duban.standards.models import Checklist, Standard


def _standard_url(standard: Standard) -> str:
    return address_of("standards:detail", standard.code)


def _checklist_url(checklist: Checklist) -> str:
    return address_of("standards:checklist", checklist.code)


STANDARDS = Listing(
    name="standards.standards",
    columns=(
        Column("name", _("Standard"), path="title", link=_standard_url, sort="name", small=lambda row: row.code),
        Column("service_line", _("Service line"), path="get_service_line_display"),
        Column("version", _("Version"), kind=Kind.NUMBER, places=0),
        Column("item_count", _("Items"), kind=Kind.NUMBER, places=0),
        Column("red_line_count", _("Red lines"), kind=Kind.NUMBER, places=0, phone=False),
        Column("in_force_from", _("In force from"), kind=Kind.DATE, sort="in_force_from", phone=False),
        Column("state", _("State"), kind=Kind.STATE, states=STANDARD_STATES),
        Column("source", _("Source"), screen=False),
    ),
    filters=(
        ChoiceFilter("service_line", _("Service line"), choices=SERVICE_LINE_CHOICES),
        ChoiceFilter("state", _("State"), choices=state_choices(STANDARD_STATES)),
    ),
    search=("code", "key", "name", "name_en"),
    order="code",
    row_link=_standard_url,
    empty_title=_("No standard yet"),
    empty_hint=_("Begin one, or install the built-in standards."),
)

CHECKLISTS = Listing(
    name="standards.checklists",
    columns=(
        Column("name", _("Checklist"), link=_checklist_url, sort="name", small=lambda row: row.code),
        Column("standard", _("Standard"), path="standard.title", link=lambda row: _standard_url(row.standard)),
        Column("version", _("Version"), path="standard.version", kind=Kind.NUMBER, places=0),
        Column("item_count", _("Items"), kind=Kind.NUMBER, places=0),
    ),
    filters=(ChoiceFilter("service_line", _("Service line"), choices=SERVICE_LINE_CHOICES, field="standard__service_line"),),
    search=("code", "name", "standard__name"),
    order="code",
    row_link=_checklist_url,
    empty_title=_("No checklist yet"),
    empty_hint=_("Draw one from the items of a standard."),
)

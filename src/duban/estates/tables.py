"""Lists of estates and posts."""

from django.utils.translation import gettext_lazy as _

from duban.estates.models import SERVICE_LINE_CHOICES, Estate, EstateKind, Post
from duban.estates.selectors import estate_options, office_options
from duban.estates.selectors.staffing import staffing_badge, staffing_reason
from duban.platform.ui.addresses import address_of
from duban.platform.ui.listing import BooleanFilter, ChoiceFilter, Column, Kind, Listing, NumberFilter, ReferenceFilter


def _estate_url(estate: Estate) -> str:
    return address_of("estates:detail", estate.code)


ESTATES = Listing(
    name="estates.estates",
    columns=(
        Column("name", _("Name"), link=_estate_url, sort="name", small=lambda estate: estate.code),
        Column("kind", _("Kind"), path="get_kind_display"),
        Column("city", _("City"), sort="city"),
        Column("office", _("Office"), path="office.name", phone=False),
        Column("area_m2", _("Area"), kind=Kind.NUMBER, unit=_("m²"), places=0, sort="area_m2"),
        Column("household_count", _("Households"), kind=Kind.NUMBER, places=0, sort="household_count"),
        Column("service_fee_per_m2", _("Service fee"), kind=Kind.MONEY, unit=_("CNY per m²"), phone=False),
        Column("grade_level", _("Grade"), small=lambda estate: estate.grade_scheme, phone=False),
        Column("external_number", _("Own number"), screen=False),
        Column("address", _("Address"), screen=False),
    ),
    filters=(
        ChoiceFilter("kind", _("Kind"), choices=EstateKind),
        ReferenceFilter("office", _("Office"), options=office_options, field="office__code"),
        NumberFilter("area", _("Area"), field="area_m2"),
    ),
    search=("code", "name", "short_name", "address", "external_number"),
    order="name",
    reads=(
        *("code", "name", "kind", "city", "area_m2", "household_count", "service_fee_per_m2", "grade_level", "grade_scheme"),
        "office__name",
    ),
    row_link=_estate_url,
    empty_title=_("No estate yet"),
    empty_hint=_("Enter the first one, or import a ledger."),
)


def _post_url(post: Post) -> str:
    return address_of("estates:post_edit", post.code)


POSTS = Listing(
    name="estates.posts",
    columns=(
        Column("name", _("Post"), sort="name", link=_post_url, small=lambda post: post.code),
        Column("estate", _("Estate"), path="estate.name", sort="estate__name", link=lambda post: _estate_url(post.estate)),
        Column("service_line", _("Service line"), path="get_service_line_display"),
        Column("place", _("Place"), path="place.name", phone=False),
        Column("hours_per_week", _("Hours per week"), kind=Kind.NUMBER, places=1, sort="hours_per_week"),
        Column("heads", _("Heads"), kind=Kind.NUMBER, places=1),
        Column("crew_size", _("Crew"), kind=Kind.NUMBER, places=1, phone=False),
        Column("staffing", _("Staffing"), value=staffing_reason, badge=staffing_badge, phone=False),
        Column("is_night", _("Night"), kind=Kind.YES_NO),
        Column("is_active", _("In use"), kind=Kind.YES_NO, phone=False),
    ),
    filters=(
        ReferenceFilter("estate", _("Estate"), options=estate_options, field="estate__code"),
        ChoiceFilter("service_line", _("Service line"), choices=SERVICE_LINE_CHOICES),
        BooleanFilter("is_night", _("Night")),
        BooleanFilter("is_active", _("In use")),
    ),
    search=("code", "name", "estate__name"),
    order="code",
    empty_title=_("No post yet"),
    empty_hint=_("Enter one on the page of an estate, or import a ledger."),
)

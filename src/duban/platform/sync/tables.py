"""The list of what phones sent."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from duban.platform.sync.models import Stage
from duban.platform.sync.page_words import kind_name, kind_names, reason_details, reason_title, record_url, stage_badge
from duban.platform.ui.listing import ChoiceFilter, Column, DateFilter, Kind, Listing, TextFilter


def _person(row: Any) -> str:
    return str(row.person.name)


SENT = Listing(
    name="phones.sent",
    columns=(
        Column(
            "kind", _("Record"), value=lambda row: kind_name(row.kind), link=lambda row: reverse("phones:one", args=[row.pk])
        ),
        Column("stage", _("State"), badge=lambda row: stage_badge(row.stage), kind=Kind.STATE),
        Column("reason", _("Reason"), value=reason_title, small=reason_details),
        Column("record", _("Became"), link=lambda row: record_url(row.record)),
        Column("person", _("Sent by"), value=_person, phone=False),
        Column("captured_at", _("Recorded at"), kind=Kind.DATETIME, phone=False),
        Column("received_at", _("Arrived at"), kind=Kind.DATETIME, sort="received_at"),
    ),
    filters=(
        ChoiceFilter("state", _("State"), choices=Stage, field="stage"),
        ChoiceFilter("kind", _("Kind"), choices=kind_names),
        DateFilter("received", _("Arrived"), field="received_at"),
        TextFilter("record", _("Code of the record"), field="record"),
    ),
    search=("record", "person__name"),
    order="-received_at",
    empty_title=_("Nothing was sent yet"),
    empty_hint=_("What you record in the phone app appears here as soon as it has reached the server."),
)

"""What pages say of envelopes, in the reader's language."""

from collections.abc import Mapping
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from duban.kernel.states import Tone
from duban.platform.sync.kinds import known_kinds
from duban.platform.sync.models import Envelope, Stage
from duban.platform.sync.reasons import spoken
from duban.platform.sync.selectors import SentPage
from duban.platform.tables_by_name import wired
from duban.platform.ui import formatting
from duban.platform.ui.components import Badge, Fact

TONES = {Stage.APPLIED: Tone.GOOD, Stage.WAITING: Tone.WAITING, Stage.REJECTED: Tone.BAD}


def stage_badge(stage: str) -> Badge:
    """What has become of an envelope, as a word with a tone."""
    known = Stage(stage)
    return Badge(str(known.label), TONES[known])


def kind_name(kind: str) -> str:
    """What such a record is called."""
    known = known_kinds().get(kind)
    return _(known.label) if known and known.label else kind


def kind_names() -> list[tuple[str, str]]:
    """All kinds with their names, for a filter."""
    return [(name, kind_name(name)) for name in known_kinds()]


def record_url(record: str) -> str:
    """Address of the record an envelope became, if records of its kind have pages."""
    pages = cast("Mapping[str, str]", wired("DUBAN_RECORD_PAGES"))
    page = pages.get(record.partition("-")[0], "")
    return reverse(page, args=[record]) if page else ""


def reason_title(row: Envelope) -> str:
    """Why it waits or was refused, in one sentence."""
    said = spoken(row.reason)
    return str(said["title"]) if said else ""


def reason_details(row: Envelope) -> str:
    """What exactly was at fault."""
    said = spoken(row.reason)
    return " ".join(item["message"] for item in said["errors"] if item["message"] != said["title"]) if said else ""


def sent_facts(page: SentPage) -> list[Fact]:
    """Who sent what and when, and what it became."""
    row = page.envelope
    found = [
        Fact(_("Kind"), kind_name(row.kind)),
        Fact(_("Became"), row.record, url=record_url(row.record) if row.record else ""),
        Fact(_("Sent by"), page.person),
        Fact(_("Phone"), row.device[:8], hint=_("The first signs of the number that the phone gave itself.")),
        Fact(_("Recorded at"), formatting.minute(row.captured_at), hint=_("By the clock of the phone.")),
        Fact(_("Sent at"), formatting.minute(row.sent_at), hint=_("By the clock of the phone.")),
        Fact(_("Arrived at"), formatting.minute(row.received_at)),
        Fact(_("Files that are missing"), str(page.missing) if page.missing else ""),
        Fact(_("Number"), str(row.pk)),
        Fact(_("Check sum"), row.sha256),
    ]
    return [fact for fact in found if fact.value]


def content_facts(page: SentPage) -> list[Fact]:
    """The content as it was sent, field by field: nothing that was seen on site is lost."""
    return [Fact(name, _plain(value)) for name, value in page.content.items() if value not in (None, "", [], {})]


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return " · ".join(_plain(inner) for inner in value)
    return str(value)

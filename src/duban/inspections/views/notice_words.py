"""What the pages say about rectification notices, their links, and praise, in the reader's language."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.states import NOTICE_STATES, PRAISE_STATES
from duban.inspections.models import NoticeLink
from duban.inspections.selectors.praises import PraisePage
from duban.inspections.selectors.rectification import NoticePage
from duban.inspections.tables import place_words
from duban.inspections.views.words import Header
from duban.kernel.actor import Actor
from duban.platform.states import allowed_moves
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Badge, Fact, actions_of, badge_of


@dataclass(frozen=True)
class LinkRow:
    """One link on the page of its notice."""

    recipient: str
    made: str
    expires: str
    opened: str
    state: Badge
    revoke_url: str


def notice_header(actor: Actor, page: NoticePage) -> Header:
    """Head of a notice's page."""
    notice = page.notice

    def url_of(move: str) -> str:
        return reverse("inspections:notice_move", args=[notice.code, move])

    paper = Action(_("PDF"), reverse("inspections:notice_pdf", args=[notice.code]), method="get", symbol="download")
    actions = [paper, *actions_of(allowed_moves(notice, actor), url_of, primary="send")]
    subtitle = f"{notice.code} · {line_label(notice.line)}"
    return Header(_("Rectification notice"), badge_of(NOTICE_STATES, notice.state), subtitle, actions)


def notice_facts(page: NoticePage) -> list[Fact]:
    """Facts of a notice's page."""
    notice = page.notice
    unknown = _("Unknown: the working days of that year are not published")
    found = [
        Fact(_("To"), notice.line.contract.vendor.name),
        Fact(_("Contract"), f"{notice.line.contract.code} {notice.line.contract.title}"),
        Fact(_("Sent"), formatting.minute(notice.sent_at) if notice.sent_at else ""),
        Fact(_("Answer by"), formatting.minute(notice.reply_by) if notice.reply_by else unknown),
        Fact(_("Answered"), formatting.minute(notice.answered_at) if notice.answered_at else ""),
        Fact(_("Text"), notice.text),
    ]
    return [fact for fact in found if fact.value]


def link_rows(page: NoticePage) -> list[LinkRow]:
    """The links of a notice, ready to be drawn."""
    return [
        LinkRow(
            recipient=link.recipient,
            made=formatting.minute(link.made_at),
            expires=formatting.minute(link.expires_at),
            opened=_("%(count)d times") % {"count": link.opened_count} if link.opened_count else _("never"),
            state=_link_state(link),
            revoke_url=reverse("inspections:notice_link_revoke", args=[page.notice.code, link.pk]) if _lives(link) else "",
        )
        for link in page.links
    ]


def praise_header(actor: Actor, page: PraisePage) -> Header:
    """Head of the page of praise."""
    praise = page.praise

    def url_of(move: str) -> str:
        return reverse("inspections:praise_move", args=[praise.code, move])

    actions = actions_of(allowed_moves(praise, actor), url_of)
    subtitle = f"{praise.code} · {line_label(praise.line)}"
    return Header(praise.text, badge_of(PRAISE_STATES, praise.state), subtitle, actions)


def praise_facts(page: PraisePage) -> list[Fact]:
    """Facts of the page of praise."""
    praise = page.praise
    found = [
        Fact(_("Day"), formatting.day(praise.day)),
        Fact(_("Place"), place_words(praise)),
        Fact(_("Given by"), page.giver),
    ]
    return [fact for fact in found if fact.value]


def _lives(link: NoticeLink) -> bool:
    return link.revoked_at is None and link.expires_at > timezone.now()


def _link_state(link: NoticeLink) -> Badge:
    if link.revoked_at is not None:
        return Badge(_("revoked"), "neutral")
    return Badge(_("valid"), "good") if _lives(link) else Badge(_("expired"), "neutral")

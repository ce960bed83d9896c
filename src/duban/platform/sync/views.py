"""What phones sent: the list, and one envelope with its content."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.platform.requests import actor_of
from duban.platform.sync.page_words import content_facts, kind_name, sent_facts, stage_badge
from duban.platform.sync.reasons import spoken
from duban.platform.sync.selectors import sent_get, sent_list, sent_page, watches_phones
from duban.platform.sync.tables import SENT


@require_GET
def sent_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    subtitle = _("What your phones sent, what it became, what waits and what was refused.")
    if watches_phones(actor):
        subtitle = _("What your phones sent, and what colleagues of your offices could not deliver.")
    return SENT.answer(
        request, sent_list(actor), "platform/sent_list.html", {"title": _("Sent by phone"), "subtitle": subtitle}
    )


@require_GET
def sent_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    actor = actor_of(request)
    page = sent_page(sent_get(actor, key))
    context = {
        "page": page,
        "title": kind_name(page.envelope.kind),
        "state": stage_badge(page.envelope.stage),
        "reason": spoken(page.envelope.reason),
        "facts": sent_facts(page),
        "content": content_facts(page),
    }
    return render(request, "platform/sent_detail.html", context)

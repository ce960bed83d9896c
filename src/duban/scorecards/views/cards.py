from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from duban.kernel.actor import Actor
from duban.kernel.errors import WrongState
from duban.kernel.text import mark
from duban.platform.panels import rendered_panels
from duban.platform.requests import actor_of
from duban.platform.ui.listing import back_to_list, selected_codes
from duban.scorecards.models import Card
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.card_page import card_page, card_title
from duban.scorecards.selectors.cards import card_get, card_list, occurrences_of
from duban.scorecards.selectors.evidence_page import evidence_of
from duban.scorecards.selectors.recompute import case_of_card
from duban.scorecards.selectors.trace_page import trace_of_card
from duban.scorecards.services import card_confirm, card_finalise, card_publish, card_withdraw, cards_publish_named
from duban.scorecards.tables import CARDS, OCCURRENCES
from duban.scorecards.views.export import card_workbook

Move = Callable[[Actor, Card, str], object]

MOVES: Mapping[str, Move] = {
    "publish": lambda actor, card, _note: card_publish(actor=actor, card=card),
    "withdraw": lambda actor, card, note: card_withdraw(actor=actor, card=card, note=note),
    "confirm": lambda actor, card, _note: card_confirm(actor=actor, card=card),
    "finalise": lambda actor, card, _note: card_finalise(actor=actor, card=card),
}


@require_GET
def card_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return CARDS.answer(request, card_list(actor), "scorecards/card_list.html")


@require_GET
def card_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return render(request, "scorecards/card_detail.html", {"page": card_page(actor, card_get(actor, code))})


@require_GET
def card_evidence(request: HttpRequest, code: str, key: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    card = card_get(actor, code)
    context = {"evidence": evidence_of(actor, card, key), "title": card_title(card), "card": card}
    template = "scorecards/evidence_fragment.html" if getattr(request, "htmx", False) else "scorecards/evidence.html"
    return render(request, template, context)


@require_GET
def card_occurrences(request: HttpRequest, code: str) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    card = card_get(actor, code)
    return OCCURRENCES.answer(
        request, occurrences_of(card), "scorecards/occurrence_list.html", {"card": card, "title": card_title(card)}
    )


@require_GET
def card_trace(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    card = card_get(actor, code)
    return render(request, "scorecards/trace.html", {"card": card, "title": card_title(card), "steps": trace_of_card(card)})


@require_GET
def card_case(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    response = JsonResponse(case_of_card(card_get(actor, code)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{code}.json"'
    return response


@require_GET
def card_export(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return card_workbook(card_get(actor, code))


@require_GET
def card_panels(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return HttpResponse(rendered_panels(request, "scorecards.card", actor, card_get(actor, code).code))


@require_POST
def card_move(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    card = card_get(actor, code)
    if move not in MOVES:
        raise WrongState(mark("“{move}” is not possible while the state is “{state}”."), move=move, state=card.state)
    MOVES[move](actor, card, request.POST.get("note", ""))
    messages.success(request, _("Done."))
    return redirect("scorecards:detail", code)


@require_POST
def bulk_publish(request: HttpRequest) -> HttpResponse:
    published = cards_publish_named(actor=actor_of(request), codes=selected_codes(request))
    count = len(published)
    message = ngettext("{count} card published.", "{count} cards published.", count).format(count=count)
    return back_to_list(request, "scorecards:list", message=message)

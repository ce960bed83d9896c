"""Praise: list, detail, entry, taking back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import chain_url
from duban.estates.selectors import place_parents
from duban.inspections.forms import PraiseForm
from duban.inspections.permissions import Code
from duban.inspections.selectors import line_to_inspect
from duban.inspections.selectors.praises import praise_get, praise_list, praise_page
from duban.inspections.selectors.trust import marks_of_praise
from duban.inspections.services import praise_give, praise_take_back
from duban.inspections.tables import PRAISES
from duban.inspections.views.frame import section_links
from duban.inspections.views.notice_words import praise_facts, praise_header
from duban.kernel.actor import Actor
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.trust.words import trust_cards
from duban.platform.ui.components import Action

UNPROCESSABLE = 422


@require_GET
def praise_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    new = Action(_("Praise something"), reverse("inspections:praise_new"), method="get", tone="primary", symbol="plus")
    actions = [new] if actor.office_paths(Code.EDIT) else []
    context = {"title": _("Praise"), "links": section_links("praises"), "actions": actions}
    return PRAISES.answer(request, praise_list(actor), "inspections/list.html", context)


@require_GET
def praise_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = praise_page(actor, praise_get(actor, code))
    context = {
        "page": page,
        "header": praise_header(actor, page),
        "facts": praise_facts(page),
        "chain_url": chain_url(page.praise.line, page.praise.day, "evidence"),
        "trust": trust_cards(actor, marks_of_praise(page.praise)),
    }
    return render(request, "inspections/praise_detail.html", context)


@require_http_methods(["GET", "POST"])
def praise_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    posted = request.POST if request.method == "POST" else None
    line = _line(actor, (posted or request.GET).get("line", ""))
    form = PraiseForm(actor, line, posted, request.FILES if posted else None, initial=_initial(request))
    if posted and line is not None and form.is_valid():
        with apply_errors(form):
            values = form.cleaned_data
            place = place_parents(line.estate).filter(pk=values["place"] or 0).first()
            given = {"text": values["text"], "day": values["day"], "uploads": values["photos"]}
            praise = praise_give(actor=actor, line=line, place=place, **given)
            messages.success(request, _("The praise is kept and the vendor is told."))
            return redirect("inspections:praise", praise.code)
    return render(request, "inspections/praise_new.html", {"form": form}, status=UNPROCESSABLE if posted else 200)


@require_POST
def praise_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    praise = praise_get(actor, code)
    praise.STATES.move(move, praise.state)
    praise_take_back(actor=actor, praise=praise, note=request.POST.get("note", ""))
    messages.success(request, _("The praise is taken back."))
    return redirect("inspections:praise", code)


def _initial(request: HttpRequest) -> dict[str, object]:
    return {"day": timezone.localdate(), **request.GET.dict()}


def _line(actor: Actor, key: str) -> ContractLine | None:
    return line_to_inspect(actor, int(key)) if key.isdecimal() else None

"""The review of doubtful records: the queue, one record with its reasons, decisions one by one or for several."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.trust.domain.states import REVIEW_STATES
from duban.platform.trust.forms import DecisionForm
from duban.platform.trust.page_words import bulk_title, print_facts, review_actions, review_facts, twin_facts
from duban.platform.trust.selectors import review_get, review_list, review_page, reviews_chosen
from duban.platform.trust.services import reviews_decide
from duban.platform.trust.tables import REVIEWS
from duban.platform.trust.words import reason_words, standing_words
from duban.platform.ui.components import badge_of
from duban.platform.ui.listing import selected_codes

UNPROCESSABLE = 422


@require_GET
def review_list_page(request: HttpRequest) -> HttpResponseBase:
    subtitle = _("Records from phones that are graded low, and what people decided about them.")
    context = {"title": _("Doubtful records"), "subtitle": subtitle}
    return REVIEWS.answer(request, review_list(actor_of(request)), "platform/trust_list.html", context)


@require_GET
def review_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    page = review_page(actor, review_get(actor, code))
    context = {
        "page": page,
        "state": badge_of(REVIEW_STATES, page.review.state),
        "actions": review_actions(actor, page),
        "facts": review_facts(page),
        "reasons": reason_words(page.mark),
        "standing": standing_words(page.review),
        "twin_facts": twin_facts(page),
        "print_facts": print_facts(page),
    }
    return render(request, "platform/trust_detail.html", context)


@require_POST
def review_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    review = review_get(actor, code)
    reviews_decide(actor=actor, reviews=[review], move=move, note=request.POST.get("note", ""))
    messages.success(request, _("The decision is kept. Score cards over this day show that their evidence changed."))
    return redirect("trust:detail", code)


@require_POST
def reviews_moved(request: HttpRequest, move: str) -> HttpResponse:
    actor = actor_of(request)
    rows = reviews_chosen(actor, selected_codes(request))
    is_sent = "apply" in request.POST
    form = DecisionForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        with apply_errors(form):
            count = reviews_decide(actor=actor, reviews=rows, move=move, note=form.cleaned_data["note"])
            said = ngettext("{count} record decided.", "{count} records decided.", count).format(count=count)
            messages.success(request, said)
            return redirect("trust:list")
    context = {"form": form, "rows": rows, "title": bulk_title(move)}
    return render(request, "platform/trust_bulk.html", context, status=UNPROCESSABLE if is_sent else 200)

"""Pages of surveys."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from duban.contracts.selectors.options import chain_url, line_label, service_words
from duban.kernel.errors import NotAllowed
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui import formatting
from duban.platform.ui.components import Action, Fact
from duban.surveys.domain.index import index
from duban.surveys.forms import ScoreForm
from duban.surveys.models import SurveyScore
from duban.surveys.permissions import Code
from duban.surveys.selectors import score_get, score_list
from duban.surveys.services import score_record
from duban.surveys.tables import SCORES

UNPROCESSABLE = 422


@require_GET
def score_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    may_enter = bool(actor.office_paths(Code.EDIT))
    actions = (
        [Action(_("Enter a score"), reverse("surveys:new"), method="get", tone="primary", symbol="plus")] if may_enter else []
    )
    return SCORES.answer(request, score_list(actor), "surveys/score_list.html", {"actions": actions})


@require_http_methods(["GET", "POST"])
def score_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.office_paths(Code.EDIT):
        raise NotAllowed
    form = ScoreForm(actor, request.POST or None)
    if form.is_valid():
        with apply_errors(form):
            score = score_record(actor=actor, entry=form.entry())
            messages.success(request, _("The score is entered."))
            return redirect("surveys:detail", score.code)
    return render(request, "surveys/score_new.html", {"form": form}, status=UNPROCESSABLE if form.is_bound else 200)


@require_GET
def score_detail(request: HttpRequest, code: str) -> HttpResponse:
    score = score_get(actor_of(request), code)
    context = {
        "score": score,
        "figure": index(score.score_sum, score.respondents),
        "title": f"{score.estate.name} · {service_words(score.service_line)}",
        "facts": _facts(score),
        "chain_url": chain_url(score.line, score.day, "evidence") if score.line else "",
    }
    return render(request, "surveys/score_detail.html", context)


def _facts(score: SurveyScore) -> list[Fact]:
    found = [
        Fact(_("Last day of the round"), formatting.day(score.day)),
        Fact(_("Contract line"), line_label(score.line) if score.line else _("none ran on that day: not counted")),
        Fact(_("Method"), str(score.get_method_display())),
        Fact(_("People asked"), "" if score.invited is None else str(score.invited)),
        Fact(_("Sum of the scores"), f"{score.score_sum:f}"),
        Fact(_("Source"), score.source),
    ]
    return [fact for fact in found if fact.value]

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from duban.contracts.selectors.options import line_label
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.scorecards.forms import RatingForm
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.cards import period_get
from duban.scorecards.selectors.ratings import is_open, rating_line_get, rating_lines, rating_rows
from duban.scorecards.services import ratings_save
from duban.scorecards.tables import RATINGS


@require_GET
def rating_list_page(request: HttpRequest, key: str) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Right.RATE)
    period = period_get(actor, key)
    return RATINGS.answer(request, rating_lines(actor, period), "scorecards/rating_list.html", {"period": period})


@require_http_methods(["GET", "POST"])
def rating_detail(request: HttpRequest, key: str, code: str, number: int) -> HttpResponse:
    actor = actor_of(request)
    period = period_get(actor, key)
    line = rating_line_get(actor, period, code, number)
    rows = rating_rows(actor, period, line)
    form = RatingForm(request.POST or None, rows=rows)
    if form.is_valid():
        with apply_errors(form):
            count = ratings_save(actor=actor, period=period, line=line, ratings=form.ratings())
            messages.success(request, ngettext("{count} rating kept.", "{count} ratings kept.", count).format(count=count))
            return redirect("scorecards:rating", key, code, number)
    title = _("Rate {period}").format(period=period.key)
    context = {"period": period, "line": line, "title": title, "label": line_label(line), "rows": rows, "form": form}
    context["is_open"] = is_open(line, period)
    return render(request, "scorecards/rating_detail.html", context, status=422 if form.is_bound else 200)

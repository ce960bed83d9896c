from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.scorecards.forms import GradeForm
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.cards import period_get
from duban.scorecards.selectors.grade_page import grade_get, grade_page
from duban.scorecards.selectors.grades import grade_list
from duban.scorecards.services import grade_confirm, grades_propose
from duban.scorecards.tables import GRADES


@require_GET
def grade_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    return GRADES.answer(request, grade_list(actor), "scorecards/grade_list.html")


@require_POST
def grades_propose_now(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.CONFIRM_GRADE)
    count = len(grades_propose(actor=actor, period=period_get(actor, key)))
    messages.success(request, ngettext("{count} grade proposed.", "{count} grades proposed.", count).format(count=count))
    return redirect("scorecards:grades")


@require_http_methods(["GET", "POST"])
def grade_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Right.VIEW)
    record = grade_get(actor, code)
    form = GradeForm(request.POST or None, initial={"grade": record.proposed_grade})
    if request.method == "POST" and form.is_valid():
        with apply_errors(form):
            grade_confirm(actor=actor, record=record, grade=form.cleaned_data["grade"], note=form.cleaned_data["note"])
            messages.success(request, _("The grade is confirmed."))
            return redirect("scorecards:grade", code)
    context = {"page": grade_page(actor, record), "form": form}
    return render(request, "scorecards/grade_detail.html", context, status=422 if form.is_bound else 200)

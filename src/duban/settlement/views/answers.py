"""What the vendor answers to a statement, and the decisions on its appeals."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from duban.kernel.errors import NotAllowed
from duban.platform.requests import actor_of
from duban.settlement.forms import AppealForm, DecisionForm
from duban.settlement.permissions import can_appeal, can_decide
from duban.settlement.selectors.statements import appeal_get, line_get
from duban.settlement.selectors.wording import line_label
from duban.settlement.services.answering import line_appeal, line_confirm
from duban.settlement.services.deciding import appeal_decide


@require_POST
def confirm_line(request: HttpRequest, code: str, position: int) -> HttpResponse:
    actor = actor_of(request)
    line_confirm(actor=actor, line=line_get(actor, code, position))
    return redirect("settlement:detail", code)


@require_http_methods(["GET", "POST"])
def appeal_line(request: HttpRequest, code: str, position: int) -> HttpResponse:
    actor = actor_of(request)
    line = line_get(actor, code, position)
    if not can_appeal(actor, line):
        raise NotAllowed
    form = AppealForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        line_appeal(actor=actor, line=line, reason=form.cleaned_data["reason"], uploads=form.cleaned_data["proofs"])
        messages.success(request, gettext("The appeal was raised. The rest can be paid meanwhile."))
        return redirect("settlement:detail", code)
    context = {"form": form, "line": line, "label": line_label(line), "statement": line.statement}
    return render(request, "settlement/line_appeal.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    appeal = appeal_get(actor, code)
    if not can_decide(actor, appeal):
        raise NotAllowed
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_upheld = form.cleaned_data["decision"] == "uphold"
        statement = appeal_decide(actor=actor, appeal=appeal, is_upheld=is_upheld, note=form.cleaned_data["note"])
        return redirect("settlement:detail", statement.code)
    context = {"form": form, "appeal": appeal, "label": line_label(appeal.line), "statement": appeal.line.statement}
    return render(request, "settlement/appeal_decide.html", context, status=422 if form.is_bound else 200)

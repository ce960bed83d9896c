"""Several findings at once: an owner, more time, a notice, the re-check accepted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duban.inspections.forms import AssignForm, CloseForm, ExtendForm, NoticeForm
from duban.inspections.models import Finding
from duban.inspections.selectors import findings_chosen, owner_options
from duban.inspections.selectors.findings import person_of
from duban.inspections.services import findings_assign, findings_close, findings_extend, notices_issue
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.ui.listing import selected_codes

UNPROCESSABLE = 422
Rows = Sequence[Finding]


@dataclass(frozen=True)
class Step:
    """One action over chosen findings: its words, its form, what it does."""

    title: str | Promise
    button: str | Promise
    form: Callable[..., forms.Form]
    apply: Callable[..., int]
    needs_owners: bool = False


def _assign(actor: Actor, rows: Rows, owner: int | None) -> int:
    person = None if owner is None else person_of(owner)
    return findings_assign(actor=actor, findings=rows, owner=person)


def _extend(actor: Actor, rows: Rows, **values: Any) -> int:
    return findings_extend(actor=actor, findings=rows, **values)


def _close(actor: Actor, rows: Rows, note: str) -> int:
    return findings_close(actor=actor, findings=rows, note=note)


def _notice(actor: Actor, rows: Rows, **values: Any) -> int:
    notices_issue(actor=actor, findings=rows, **values)
    return len(rows)


STEPS = {
    "assign": Step(_("Name the owner"), _("Name them"), AssignForm, _assign, needs_owners=True),
    "extend": Step(_("Give more time"), _("Give"), ExtendForm, _extend),
    "close": Step(_("Accept the re-check"), _("Close them"), CloseForm, _close),
    "notice": Step(_("Rectification notice"), _("Draw up"), NoticeForm, _notice),
}


@require_POST
def bulk(request: HttpRequest, action: str) -> HttpResponse:
    actor, step = actor_of(request), STEPS.get(action)
    if step is None:
        raise NotFound
    rows = findings_chosen(actor, selected_codes(request))
    is_sent = "apply" in request.POST
    given = {"owners": owner_options(rows)} if step.needs_owners else {}
    form = step.form(request.POST if is_sent else None, **given)
    if is_sent and form.is_valid():
        with apply_errors(form):
            count = step.apply(actor, rows, **form.cleaned_data)
            said = ngettext("{count} finding changed.", "{count} findings changed.", count).format(count=count)
            messages.success(request, said)
            return redirect("inspections:findings")
    context = {"form": form, "rows": rows, "title": step.title, "button": step.button, "action": action}
    return render(request, "inspections/bulk.html", context, status=UNPROCESSABLE if is_sent else 200)

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.orgs.forms import GrantForm, NewPersonForm, PersonForm, ReasonForm
from duban.orgs.permissions import OrgsCode
from duban.orgs.selectors import grant_get, grants_of, may_edit, permission_matrix, person_get, person_list, role_names
from duban.orgs.services import (
    NewPerson,
    person_activate,
    person_create,
    person_deactivate,
    person_edit,
    person_reset_password,
    role_grant,
    role_revoke,
)
from duban.orgs.tables import PEOPLE
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of


@require_GET
def people(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    page = {"can_create": actor.can(OrgsCode.EDIT) and actor.can(OrgsCode.GRANT)}
    return PEOPLE.answer(request, person_list(actor), "orgs/person_list.html", page)


@require_GET
def person_detail(request: HttpRequest, username: str) -> HttpResponse:
    actor = actor_of(request)
    person = person_get(actor, username)
    page = {
        "person": person,
        "grants": grants_of(actor, person),
        "can_edit": may_edit(actor, person),
        "can_grant": actor.can(OrgsCode.GRANT) and person.pk != actor.person_id,
        "is_self": person.pk == actor.person_id,
    }
    return render(request, "orgs/person_detail.html", page)


def person_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(OrgsCode.EDIT)
    actor.require(OrgsCode.GRANT)
    form = NewPersonForm(request.POST or None, actor=actor)
    if form.is_valid():
        with apply_errors(form):
            person, password = person_create(actor=actor, new=NewPerson(**form.cleaned_data))
            return render(request, "orgs/first_password.html", {"person": person, "password": password})
    page = {"form": form, "heading": _("New person")}
    return render(request, "orgs/form.html", page, status=422 if form.is_bound else 200)


def person_change(request: HttpRequest, username: str) -> HttpResponse:
    actor = actor_of(request)
    person = person_get(actor, username)
    form = PersonForm(request.POST or None, instance=person_get(actor, username))
    if form.is_valid():
        person_edit(actor=actor, person=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("orgs:person", username)
    return render(request, "orgs/form.html", {"form": form, "heading": person.name}, status=422 if form.is_bound else 200)


@require_POST
def person_close(request: HttpRequest, username: str) -> HttpResponse:
    actor = actor_of(request)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["note"] if form.is_valid() else ""
    person_deactivate(actor=actor, person=person_get(actor, username), reason=reason)
    messages.success(request, _("The account is closed."))
    return redirect("orgs:person", username)


@require_POST
def person_open(request: HttpRequest, username: str) -> HttpResponse:
    actor = actor_of(request)
    person_activate(actor=actor, person=person_get(actor, username))
    messages.success(request, _("The account is open again."))
    return redirect("orgs:person", username)


@require_POST
def password_reset(request: HttpRequest, username: str) -> HttpResponse:
    actor = actor_of(request)
    person = person_get(actor, username)
    password = person_reset_password(actor=actor, person=person)
    return render(request, "orgs/first_password.html", {"person": person, "password": password})


def grant_new(request: HttpRequest, username: str) -> HttpResponse:
    actor = actor_of(request)
    person = person_get(actor, username)
    actor.require(OrgsCode.GRANT)
    form = GrantForm(request.POST or None, actor=actor)
    if form.is_valid():
        with apply_errors(form):
            role_grant(actor=actor, person=person, **form.cleaned_data)
            messages.success(request, _("The role is granted."))
            return redirect("orgs:person", username)
    page = {"form": form, "heading": _("New role for {name}").format(name=person.name)}
    return render(request, "orgs/form.html", page, status=422 if form.is_bound else 200)


@require_POST
def grant_end(request: HttpRequest, username: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    grant = grant_get(actor, person_get(actor, username), pk)
    role_revoke(actor=actor, grant=grant, reason=request.POST.get("note", "")[:300])
    messages.success(request, _("The role has ended."))
    return redirect("orgs:person", username)


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(OrgsCode.VIEW)
    return render(request, "orgs/permission_matrix.html", {"groups": permission_matrix(), "roles": role_names()})

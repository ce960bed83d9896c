from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from duban.kernel.errors import DomainError
from duban.orgs.forms import ProfileForm, TokenForm
from duban.orgs.selectors import grants_of, held_codes, person_self
from duban.orgs.services import language_choose, profile_edit
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.platform.tokens.selectors import own_token, own_tokens
from duban.platform.tokens.services import token_create, token_revoke


def profile(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    person = person_self(actor)
    form = ProfileForm(request.POST or None, instance=person_self(actor))
    if form.is_valid():
        profile_edit(actor=actor, person=person, **form.cleaned_data)
        with override(person.language):
            messages.success(request, _("Saved."))
        response = redirect("orgs:profile")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, max_age=31_536_000, samesite="Lax")
        return response
    page = {"form": form, "person": person, "grants": grants_of(actor, person), "tokens": own_tokens(actor)}
    return render(request, "orgs/profile.html", page, status=422 if form.is_bound else 200)


def token_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = TokenForm(request.POST or None, choices=held_codes(actor))
    if form.is_valid():
        with apply_errors(form):
            token, secret = token_create(actor=actor, person=person_self(actor), **form.cleaned_data)
            return render(request, "orgs/token_secret.html", {"token": token, "secret": secret})
    page = {"form": form, "heading": _("New API token")}
    return render(request, "orgs/form.html", page, status=422 if form.is_bound else 200)


@require_POST
def token_end(request: HttpRequest, hint: str) -> HttpResponse:
    actor = actor_of(request)
    token_revoke(actor=actor, token=own_token(actor, hint))
    messages.success(request, _("The token is worthless from now on."))
    return redirect("orgs:profile")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person_id is not None:
        try:
            language_choose(actor=actor, language=request.POST.get("language", ""))
        except DomainError:
            messages.error(request, _("This language is not offered."))
    return remember_language(request)

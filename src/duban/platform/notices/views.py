from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.platform.notices.forms import PreferencesForm
from duban.platform.notices.selectors import notice_address, notice_page, preferences_of
from duban.platform.notices.services import choose_deliveries, mark_read
from duban.platform.requests import actor_of


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    is_unread = "unread" in request.GET
    page = notice_page(actor_of(request), older_than=int(before) if before.isdecimal() else None, unread_only=is_unread)
    return render(request, "platform/notice_list.html", {"page": page, "unread_only": is_unread})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_read(actor=actor_of(request))
    return redirect("notices:list")


@require_GET
def open_notice(request: HttpRequest, key: int) -> HttpResponse:
    actor = actor_of(request)
    address = notice_address(actor, key)
    mark_read(actor=actor, keys=[key])
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return redirect(address if address and is_ours else "notices:list")


def preferences(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = PreferencesForm(request.POST or None, chosen=preferences_of(actor))
    if not form.is_valid():
        return render(request, "platform/notice_preferences.html", {"form": form}, status=422 if form.is_bound else 200)
    choose_deliveries(actor=actor, chosen=form.chosen())
    messages.success(request, _("Saved."))
    return redirect("notices:preferences")

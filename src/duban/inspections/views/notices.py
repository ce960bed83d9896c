"""Rectification notices: list, detail, paper, moves, links."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.contracts.selectors.options import chain_url
from duban.inspections.forms import LinkForm
from duban.inspections.selectors.rectification import NoticePage, link_get, notice_get, notice_list, notice_page, notice_pdf
from duban.inspections.services import link_make, link_revoke, notice_move
from duban.inspections.tables import NOTICES
from duban.inspections.views.finding_words import finding_rows
from duban.inspections.views.frame import section_links
from duban.inspections.views.notice_words import link_rows, notice_facts, notice_header
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of

UNPROCESSABLE = 422


@require_GET
def notice_list_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"title": _("Rectification notices"), "links": section_links("notices"), "actions": []}
    return NOTICES.answer(request, notice_list(actor), "inspections/list.html", context)


@require_GET
def notice_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    return _shown(request, code, LinkForm() if notice_page(actor, notice_get(actor, code)).can_edit else None)


@require_GET
def notice_paper(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    notice = notice_get(actor, code)
    response = HttpResponse(notice_pdf(notice_page(actor, notice)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{notice.code}.pdf"'
    return response


@require_POST
def notice_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    notice_move(actor=actor, notice=notice_get(actor, code), move=move, note=request.POST.get("note", ""))
    messages.success(request, _("The notice is updated."))
    return redirect("inspections:notice", code)


@require_POST
def notice_link(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    notice = notice_get(actor, code)
    form = LinkForm(request.POST)
    if form.is_valid():
        with apply_errors(form):
            _link, token = link_make(actor=actor, notice=notice, **form.cleaned_data)
            base = settings.DUBAN_BASE_URL or request.build_absolute_uri("/").rstrip("/")
            return _shown(request, code, LinkForm(), f"{base}{reverse('rectify:open', args=[token])}")
    return _shown(request, code, form)


@require_POST
def notice_link_revoke(request: HttpRequest, code: str, key: int) -> HttpResponse:
    actor = actor_of(request)
    link_revoke(actor=actor, link=link_get(actor, notice_get(actor, code), key))
    messages.success(request, _("The link opens nothing any more."))
    return redirect("inspections:notice", code)


def _found_on(page: NoticePage) -> date:
    """The day by which the chain goes: that of the first finding, else when the notice was drawn up."""
    return min((finding.found_on for finding in page.findings), default=timezone.localdate(page.notice.created_at))


def _shown(request: HttpRequest, code: str, form: LinkForm | None, made: str = "") -> HttpResponse:
    """The page; `made` is the address of a link just made, which is shown this once."""
    actor = actor_of(request)
    page = notice_page(actor, notice_get(actor, code))
    context = {
        "page": page,
        "header": notice_header(actor, page),
        "facts": notice_facts(page),
        "rows": finding_rows(page.findings),
        "links": link_rows(page),
        "form": form if page.notice.state in {"sent", "answered"} else None,
        "made": made,
        "chain_url": chain_url(page.notice.line, _found_on(page), "finding"),
    }
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, "inspections/notice_detail.html", context, status=status)

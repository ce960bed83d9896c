"""What a link opens for somebody without an account: one notice, its pictures, the answer. Public, and nothing else is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.contracts.selectors.options import line_label
from duban.inspections.domain.links import PHOTO_LIMIT
from duban.inspections.domain.states import UNSETTLED
from duban.inspections.forms import ReplyForm
from duban.inspections.models import NoticeLink
from duban.inspections.selectors.rectification import open_findings_of, open_photo
from duban.inspections.services import link_find, link_open, link_reply
from duban.platform.files.display import open_display
from duban.platform.forms import apply_errors

UNPROCESSABLE = 422
VARIANTS = {"thumb", "display"}


@login_not_required
@require_GET
def opened(request: HttpRequest, token: str) -> HttpResponse:
    link = link_find(token=token, address=_address(request))
    link_open(link=link, address=_address(request))
    return _page(request, token, link)


@login_not_required
@require_POST
def replied(request: HttpRequest, token: str, code: str) -> HttpResponse:
    link = link_find(token=token, address=_address(request))
    form = ReplyForm(request.POST, request.FILES, auto_id=f"id_{code}_%s")
    if len(request.FILES.getlist("photos")) > PHOTO_LIMIT:
        form.add_error("photos", _("At most %(limit)d photos at once.") % {"limit": PHOTO_LIMIT})
    if form.is_valid():
        with apply_errors(form):
            given = form.cleaned_data
            texts = {"cause": given["cause"], "action": given["action"], "uploads": given["photos"]}
            link_reply(link=link, address=_address(request), finding=code, **texts)
            messages.success(request, _("Thank you. The answer is sent and waits for the re-check."))
            return redirect("rectify:open", token)
    return _page(request, token, link, code, form)


@login_not_required
@require_http_methods(["GET", "HEAD"])
def photo(request: HttpRequest, token: str, sha256: str, variant: str) -> HttpResponse | FileResponse:
    link = link_find(token=token, address=_address(request))
    file = open_photo(link.notice, sha256)
    response = FileResponse(open_display(file, variant if variant in VARIANTS else "thumb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=600)
    return response


def _page(request: HttpRequest, token: str, link: NoticeLink, code: str = "", form: ReplyForm | None = None) -> HttpResponse:
    findings = open_findings_of(link.notice)
    context = {
        "link": link,
        "notice": link.notice,
        "line": line_label(link.notice.line),
        "findings": [(row, _form_of(row.code, code, form)) for row in findings],
        "unsettled": UNSETTLED,
        "token": token,
    }
    response = render(request, "inspections/link.html", context, status=UNPROCESSABLE if form is not None else 200)
    # The address is the key, so it is told to nobody else; to ourselves it must be, or the browser hides where a form is from.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_store=True)
    return response


def _form_of(shown: str, code: str, form: ReplyForm | None) -> ReplyForm:
    """Each finding has a form of its own; the one that was sent is shown with its errors."""
    return form if form is not None and shown == code else ReplyForm(auto_id=f"id_{shown}_%s")


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))

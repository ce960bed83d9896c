"""Actions on several rows at once: how they are declared, what arrives, where to go afterwards."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.ui.components import Action

MOST_SELECTED = 500


@dataclass(frozen=True)
class BulkAction:
    """A button over the chosen rows; drawn only for an actor who holds `permission` somewhere. The service checks again."""

    key: str
    label: str | Promise
    url_name: str
    permission: str = ""
    tone: str = "default"
    confirm: str | Promise = ""

    def offered_to(self, actor: Actor) -> bool:
        """Whether the button is drawn."""
        return not self.permission or actor.can(self.permission)

    def action(self) -> Action:
        """The button."""
        return Action(str(self.label), reverse(self.url_name), tone=self.tone, confirm=str(self.confirm))


def selected_codes(request: HttpRequest) -> tuple[str, ...]:
    """The keys of the chosen rows, without doubles, in page order. `Invalid` if there is none, or more than 500."""
    codes = tuple(dict.fromkeys(code for code in request.POST.getlist("selected") if code))
    if not codes:
        raise Invalid(errors=(FieldError("selected", mark("Choose at least one row.")),))
    if len(codes) > MOST_SELECTED:
        raise Invalid(errors=(FieldError("selected", mark("Choose at most {limit} rows."), {"limit": MOST_SELECTED}),))
    return codes


def back_to_list(request: HttpRequest, url_name: str, *args: object, message: str = "") -> HttpResponse:
    """Redirect to the list as the person saw it (filters and page kept), with a message."""
    if message:
        messages.success(request, message)
    seen = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    home = reverse(url_name, args=args)
    is_ours = url_has_allowed_host_and_scheme(seen, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(seen if is_ours and home in seen else home)

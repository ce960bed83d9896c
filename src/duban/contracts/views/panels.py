"""What contracts shows on the pages of estates and vendors, and the matrix of what is handed over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from duban.contracts.domain.states import CONTRACT_STATES
from duban.contracts.permissions import Code
from duban.contracts.selectors import contracts_of_vendor, estate_lines, estate_outsourcing, outsourcing_of
from duban.contracts.tables import left_words
from duban.contracts.views.frame import list_actions, list_links, outsourcing_rows, service_heads
from duban.estates.selectors import estate_get
from duban.platform.requests import actor_of
from duban.platform.ui.components import badge_of
from duban.vendors.selectors import company_get

PANEL_LIMIT = 50


@require_GET
def estate_panel(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    estate = estate_get(actor, code)
    today = timezone.localdate()
    context = {
        "lines": estate_lines(actor, estate, today),
        "rows": outsourcing_rows([estate_outsourcing(estate, today)], links=False),
        "service_heads": service_heads(),
        "today": today,
    }
    return render(request, "contracts/estate_panel.html", context)


@require_GET
def vendor_panel(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    contracts = contracts_of_vendor(actor, company_get(actor, code))[:PANEL_LIMIT]
    rows = [(contract, badge_of(CONTRACT_STATES, contract.state), left_words(contract)) for contract in contracts]
    return render(request, "contracts/vendor_panel.html", {"rows": rows})


@require_GET
def outsourcing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    context = {
        "title": _("What is handed over"),
        "rows": outsourcing_rows(outsourcing_of(actor, timezone.localdate()), links=actor.can("estates.view")),
        "service_heads": service_heads(),
        "links": list_links("outsourcing"),
        "actions": list_actions(actor),
    }
    return render(request, "contracts/outsourcing.html", context)

"""The post-coverage ledger: a line's month, one post on a day, the exceptions and what people decide about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.attendance.forms import CoverageForm
from duban.attendance.selectors.ledger import finding_get, findings_of, ledger_day, ledger_of, lines_with_posts
from duban.attendance.selectors.turnover import line_turnover
from duban.attendance.services.ledger import finding_decide, ledger_examine
from duban.attendance.tables import LEDGER_FINDINGS
from duban.attendance.views.frame import section_links
from duban.attendance.views.ledger_words import (
    day_facts,
    finding_actions,
    finding_facts,
    finding_rows,
    ledger_actions,
    ledger_chart,
    ledger_links,
    ledger_tiles,
    shift_rows,
    turnover_rows,
)
from duban.contracts.models import ContractLine
from duban.contracts.selectors.options import chain_url, line_label
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.period import Period
from duban.platform.requests import actor_of
from duban.platform.ui.components import badge_of


@require_GET
def ledger_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    lines = {line.pk: line for line in lines_with_posts(actor)}
    form = CoverageForm(actor, request.GET, lines=lines)
    line, month = form.choice(Period.month_of(timezone.localdate()).previous())
    context = {
        "form": CoverageForm(actor, initial={"line": line.pk if line else None, "month": month.code}, lines=lines),
        "subtitle": line_label(line) if line else "",
        "links": section_links("ledger"),
    }
    if line is not None:
        context |= _ledger_context(actor, line, month)
    return render(request, "attendance/ledger.html", context)


def _ledger_context(actor: Actor, line: ContractLine, month: Period) -> dict[str, object]:
    ledger = ledger_of(line, month)
    return {
        "chart": ledger_chart(ledger),
        "tiles": ledger_tiles(ledger),
        "links": [*ledger_links(actor, line), *section_links("ledger")],
        "actions": ledger_actions(actor, line, month),
        "findings": finding_rows(findings_of(actor).filter(line=line, month=month.start).order_by("day", "id")),
        "turnover": turnover_rows(line_turnover(line, month)),
        "chain_url": chain_url(line, month.start, "evidence"),
    }


@require_POST
def ledger_examined(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    lines = {line.pk: line for line in lines_with_posts(actor)}
    form = CoverageForm(actor, request.GET, lines=lines)
    line, month = form.choice(Period.month_of(timezone.localdate()).previous())
    if line is None:
        raise NotFound
    count = ledger_examine(actor=actor, line=line, month=month)
    messages.success(request, _("The month is examined; open exceptions: %(count)d.") % {"count": count})
    return redirect(f"{reverse('attendance:ledger')}?line={line.pk}&month={month.code}")


@require_GET
def ledger_day_page(request: HttpRequest, code: str, day: str) -> HttpResponse:
    chosen = parse_date(day)
    if chosen is None:
        raise NotFound
    actor = actor_of(request)
    ledger, post, shifts = ledger_day(actor, code, chosen)
    found = findings_of(actor).filter(line=ledger.line, post=post, day=chosen).order_by("id")
    context = {
        "title": f"{post.name} · {chosen.isoformat()}",
        "subtitle": line_label(ledger.line),
        "facts": day_facts(ledger, post, chosen),
        "rows": shift_rows(ledger, post, chosen, shifts),
        "findings": finding_rows(found),
        "back": f"{reverse('attendance:ledger')}?line={ledger.line.pk}&month={ledger.month.code}",
        "chain_url": chain_url(ledger.line, chosen, "evidence"),
    }
    return render(request, "attendance/ledger_day.html", context)


@require_GET
def finding_list_page(request: HttpRequest) -> HttpResponseBase:
    context = {"title": _("Exceptions of the ledger"), "links": section_links("ledger_findings")}
    return LEDGER_FINDINGS.answer(request, findings_of(actor_of(request)), "attendance/list.html", context)


@require_GET
def finding_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    finding = finding_get(actor, code)
    context = {
        "finding": finding,
        "title": finding.get_flaw_display(),
        "state": badge_of(finding.STATES, finding.state),
        "facts": finding_facts(finding),
        "actions": finding_actions(actor, finding),
        "chain_url": chain_url(finding.line, finding.day, "evidence"),
    }
    return render(request, "attendance/ledger_finding.html", context)


@require_POST
def finding_moved(request: HttpRequest, code: str, move: str) -> HttpResponse:
    actor = actor_of(request)
    finding_decide(actor=actor, finding=finding_get(actor, code), move=move, note=request.POST.get("note", ""))
    messages.success(request, _("The exception is decided."))
    return redirect("attendance:ledger_finding", code)

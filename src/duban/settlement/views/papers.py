"""A statement as paper, as a sheet, as a case to recompute, and what each line rests on."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from duban.platform.requests import actor_of
from duban.settlement.permissions import Code
from duban.settlement.selectors.counts import counted_rows
from duban.settlement.selectors.facts import facts_of
from duban.settlement.selectors.papers import pdf_of, recompute_case, trace_rows, workbook_of
from duban.settlement.selectors.statement_page import statement_page
from duban.settlement.selectors.statements import line_get, statement_get
from duban.settlement.selectors.wording import clause_words, line_evidence, line_label

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def evidence(request: HttpRequest, code: str, position: int) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    line = line_get(actor, code, position)
    context = {
        "line": line,
        "statement": line.statement,
        "label": line_label(line),
        "evidence": line_evidence(line),
        "clause": clause_words(line.clause),
        "facts": facts_of(line),
        "counts": counted_rows(line),
    }
    return render(request, "settlement/line_evidence.html", context)


@require_GET
def trace(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    statement = statement_get(actor, code)
    command = f"duban calc statement {statement.code}.json"
    context = {"statement": statement, "steps": trace_rows(statement), "command": command}
    return render(request, "settlement/statement_trace.html", context)


@require_GET
def case(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    statement = statement_get(actor, code)
    response = JsonResponse(recompute_case(statement), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{statement.code}.json"'
    return response


@require_GET
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    statement = statement_get(actor, code)
    response = HttpResponse(pdf_of(statement_page(actor, statement)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{statement.code}.pdf"'
    return response


@require_GET
def excel(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    actor.require(Code.VIEW)
    statement = statement_get(actor, code)
    response = HttpResponse(workbook_of(statement_page(actor, statement)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{statement.code}.xlsx"'
    return response

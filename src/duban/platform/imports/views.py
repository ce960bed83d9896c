from io import BytesIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from duban.platform.audit.selectors import timeline_of
from duban.platform.imports.forms import UploadForm
from duban.platform.imports.models import ImportRun
from duban.platform.imports.problem_workbook import write_problems
from duban.platform.imports.selectors import importer, importers_for, run_get, run_list
from duban.platform.imports.services import require_right
from duban.platform.imports.tables import RUNS, stage_badge
from duban.platform.imports.template_workbook import write_template
from duban.platform.imports.uploads import confirm, fetched, progress_of, retry, upload
from duban.platform.requests import actor_of
from duban.platform.ui.components import Crumb

PROBLEMS_SHOWN = 200


def import_list(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    actor.require("platform.import")
    kinds = importers_for(actor)
    form = UploadForm(
        request.POST or None, request.FILES or None, importers=kinds, initial={"kind": request.GET.get("kind", "")}
    )
    if request.method == "POST" and form.is_valid():
        run = upload(actor=actor, kind=form.cleaned_data["kind"], file=form.cleaned_data["file"])
        return redirect("imports:detail", run.code)
    response = RUNS.answer(request, run_list(actor), "platform/import_list.html", {"form": form, "kinds": kinds})
    response.status_code = 422 if request.method == "POST" else 200
    return response


@require_GET
def import_detail(request: HttpRequest, code: str) -> HttpResponse:
    run = run_get(actor_of(request), code)
    return render(request, "platform/import_detail.html", _detail(run))


@require_POST
def import_confirm(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    confirm(actor=actor, run=run_get(actor, code))
    return redirect("imports:detail", code)


@require_POST
def import_retry(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    retry(actor=actor, run=run_get(actor, code))
    return redirect("imports:detail", code)


@require_GET
def template(request: HttpRequest, kind: str) -> FileResponse:
    actor = actor_of(request)
    require_right(importer(kind), actor)
    stream = BytesIO()
    write_template(kind, stream, language=get_language() or "zh-hans", actor=actor)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{kind}.xlsx")


@require_GET
def problems(request: HttpRequest, code: str) -> FileResponse:
    run = run_get(actor_of(request), code)
    if not run.problems:
        raise Http404
    stream = BytesIO()
    if run.stored_name:
        with fetched(run.stored_name) as path:
            write_problems(stream, run.found_problems, path=path, importer=importer(run.kind))
    else:
        write_problems(stream, run.found_problems, path=None, importer=importer(run.kind))
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{run.code}.xlsx")


def _detail(run: ImportRun) -> dict[str, object]:
    return {
        "run": run,
        "badge": stage_badge(run),
        "importer": importer(run.kind),
        "progress": progress_of(run) if run.is_running else None,
        "problems": run.found_problems[:PROBLEMS_SHOWN],
        "timeline": timeline_of(run),
        "crumbs": [Crumb(_("Settings"), reverse("settings")), Crumb(_("Import"), reverse("imports:list")), Crumb(run.code)],
    }

"""The form of a checklist: looking at it, trying a workbook out, importing, exporting, giving up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.kernel.actor import Actor
from duban.kernel.errors import NotAllowed, NotFound
from duban.platform.files.models import StoredFile
from duban.platform.files.services import store_file
from duban.platform.files.sniffing import FileKind
from duban.platform.forms import apply_errors
from duban.platform.requests import actor_of
from duban.standards.domain.xforms.forms import Form, Question, Texts
from duban.standards.forms import FormFileForm
from duban.standards.models import Checklist
from duban.standards.permissions import can_edit
from duban.standards.selectors import checklist_get, current_form, form_of, form_versions, stored_workbook, xlsform_of
from duban.standards.services import FormReading, form_give_up, form_import, form_read
from duban.standards.views.frame import UNPROCESSABLE, standard_crumbs

SALT = "duban.standards.forms"
TRIED_SECONDS = 3600


@dataclass(frozen=True)
class QuestionRow:
    """One question as the page lists it."""

    depth: int
    question: Question
    label: str
    choices: str


def question_rows(form: Form) -> list[QuestionRow]:
    """The questions of a form in order, with how deep they stand."""
    return list(_rows(form, form.questions, 0))


def _rows(form: Form, questions: Sequence[Question], depth: int) -> Iterator[QuestionRow]:
    for question in questions:
        labels = [_shown(choice.label, form) for choice in form.choices.get(question.choices, ())]
        yield QuestionRow(depth, question, _shown(question.texts.get("label", {}), form), " / ".join(labels))
        yield from _rows(form, question.children, depth + 1)


def _shown(texts: Texts, form: Form) -> str:
    wanted = "zh" if (get_language() or "").startswith("zh") else "en"
    return texts.get(wanted) or texts.get(form.default_language) or next(iter(texts.values()), "")


@require_http_methods(["GET", "POST"])
def checklist_form(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    checklist = checklist_get(actor, code)
    form = FormFileForm(request.POST or None, request.FILES or None)
    context = _context(actor, checklist) | {"form": form}
    if request.method == "POST" and not can_edit(actor, checklist.standard):
        raise NotAllowed
    if request.method == "POST":
        with apply_errors(form):
            if form.is_valid():
                file = store_file(actor=actor, source=form.cleaned_data["file"], kinds=(FileKind.SHEET,))
                context |= _tried(checklist, file, form_read(actor=actor, checklist=checklist, file=file))
    status = UNPROCESSABLE if request.method == "POST" and "token" not in context else 200
    return render(request, "standards/checklist_form.html", context, status=status)


def _context(actor: Actor, checklist: Checklist) -> dict[str, object]:
    return {
        "checklist": checklist,
        "current": current_form(checklist),
        "rows": question_rows(form_of(checklist)),
        "versions": form_versions(checklist),
        "can_edit": can_edit(actor, checklist.standard),
        "crumbs": standard_crumbs(checklist.standard, checklist.name, _("Form")),
    }


def _tried(checklist: Checklist, file: StoredFile, reading: FormReading) -> dict[str, object]:
    if reading.form is None:
        return {"faults": [(fault, _(fault.message).format(**fault.params)) for fault in reading.faults]}
    token = signing.dumps([checklist.code, file.sha256], salt=SALT)
    return {"reading": reading, "token": token, "rows": question_rows(reading.form)}


@require_POST
def checklist_form_import(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    checklist = checklist_get(actor, code)
    made = form_import(actor=actor, checklist=checklist, file=_file_of(code, request.POST.get("token", "")))
    messages.success(request, _("The form is imported as version {version}.").format(version=made.version))
    return redirect("standards:checklist_form", code)


def _file_of(code: str, token: str) -> StoredFile:
    try:
        signed, sha256 = signing.loads(token, salt=SALT, max_age=TRIED_SECONDS)
    except signing.BadSignature as error:
        raise NotFound from error
    if signed != code:
        raise NotFound
    return stored_workbook(sha256)


@require_POST
def checklist_form_give_up(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    form_give_up(actor=actor, checklist=checklist_get(actor, code), note=request.POST.get("note", ""))
    messages.success(request, _("The checklist is a plain list of items again."))
    return redirect("standards:checklist_form", code)


@require_GET
def checklist_form_export(request: HttpRequest, code: str) -> FileResponse:
    checklist = checklist_get(actor_of(request), code)
    return FileResponse(xlsform_of(checklist), as_attachment=True, filename=f"{checklist.code}.xlsx")

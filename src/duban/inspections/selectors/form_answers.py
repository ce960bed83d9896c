"""Filled-in forms of a task, ready to be read: each question that was asked with its answer in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from duban.inspections.models import FormAnswer, InspectionTask
from duban.inspections.selectors.blind import blind_visits
from duban.kernel.actor import Actor
from duban.platform.files.selectors import attachments_of_many, photos_of
from duban.platform.ui.components import Photo
from duban.standards.domain.xforms.forms import Form, Question, Texts, from_json


@dataclass(frozen=True)
class AnswerRow:
    """One answer: how deep it stands, the question, the answer in words; a heading has none."""

    depth: int
    label: str
    text: str


@dataclass(frozen=True)
class FilledForm:
    """One form as it stands now; earlier ones are kept and not shown."""

    place: str
    person: str
    at: datetime
    version: int
    rows: tuple[AnswerRow, ...]
    photos: tuple[Photo, ...]


def forms_of_task(actor: Actor, task: InspectionTask) -> list[FilledForm]:
    """The forms filled in for a task, the newest of each place and person: three statements.

    Nothing for a vendor, nor for somebody who is to look again without knowing what was found.
    """
    if blind_visits(actor).filter(visit__task=task).exists():
        return []
    rows = FormAnswer.objects.for_actor(actor).filter(task=task, is_current=True)
    found = list(rows.select_related("definition", "place", "person").order_by("at", "pk"))
    hung = attachments_of_many(FormAnswer, [row.pk for row in found])
    return [_filled(row, [item.file for item in hung[row.pk]]) for row in found]


def _filled(row: FormAnswer, files: list[Any]) -> FilledForm:
    form = from_json(row.definition.definition)
    return FilledForm(
        place=row.place.name if row.place else "",
        person=row.person.name if row.person else "",
        at=row.at,
        version=row.definition.version,
        rows=tuple(_rows(form, form.questions, row.values, 0)),
        photos=tuple(photos_of(row, files)),
    )


def _rows(form: Form, questions: Sequence[Question], values: dict[str, Any], depth: int) -> Iterator[AnswerRow]:
    for question in questions:
        label = _words(form, question.texts.get("label", {})) or question.name
        if question.kind == "group":
            inside = list(_rows(form, question.children, values, depth + 1))
            yield from [AnswerRow(depth, label, ""), *inside] if inside else []
        elif question.kind == "repeat":
            for number, entry in enumerate(values.get(question.name, ()), start=1):
                yield AnswerRow(depth, f"{label} {number}", "")
                yield from _rows(form, question.children, entry, depth + 1)
        elif question.name in values and question.kind != "image":
            yield AnswerRow(depth, label, _answer(form, question, values[question.name]))


def _answer(form: Form, question: Question, value: str) -> str:
    if not question.choices:
        return value
    labels = {choice.name: _words(form, choice.label) or choice.name for choice in form.choices[question.choices]}
    chosen = value.split() if question.kind == "select_multiple" else [value]
    return " / ".join(labels[name] for name in chosen)


def _words(form: Form, texts: Texts) -> str:
    wanted = "zh" if (get_language() or "").startswith("zh") else "en"
    return texts.get(wanted) or texts.get(form.default_language) or next(iter(texts.values()), "")

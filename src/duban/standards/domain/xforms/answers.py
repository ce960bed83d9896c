"""Whether answers fit a form: which questions count, what is worked out, what is missing or wrong.

Answers are texts by the name of their question; a repeat is a list of such mappings, a group adds nothing. The phone
works by the same rules while it is filled in; what counts is what comes out here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from duban.kernel.text import mark
from duban.standards.domain.xforms.evaluating import Context, Value, as_text, as_truth, evaluate
from duban.standards.domain.xforms.expressions import Node, parse
from duban.standards.domain.xforms.forms import Form, Question, Texts

Answers: TypeAlias = Mapping[str, Any]
LONGEST_TEXT = 2000
MOST_REPEATS = 100
MOST_PASSES = 25

NO_QUESTION = mark("“{name}” is no question of this form.")
NO_LIST = mark("A repeat is a list of at most {most} entries.")
NO_TEXT = mark("An answer is a text of at most {most} characters.")
MISSING = mark("This question must be answered.")
NOT_ALLOWED = mark("This answer is not allowed here.")
WRONG_KIND: Mapping[str, str] = {
    "integer": mark("A whole number is needed."),
    "decimal": mark("A number is needed."),
    "select_one": mark("This is none of the choices."),
    "select_multiple": mark("This is none of the choices."),
    "image": mark("A photo is named by the hash of its bytes."),
    "geopoint": mark("A position is latitude and longitude, with a space between."),
}
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "integer": re.compile(r"-?\d{1,15}", re.ASCII),
    "decimal": re.compile(r"-?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})", re.ASCII),
    "image": re.compile(r"[0-9a-f]{64}", re.ASCII),
    "geopoint": re.compile(r"-?\d{1,3}(\.\d+)?( -?\d{1,3}(\.\d+)?)( -?\d+(\.\d+)?){0,2}", re.ASCII),
}


@dataclass(frozen=True)
class AnswerFault:
    """What is wrong with one answer: where (`rooms/0/area`), a marked message, and the form's own words, if it has any."""

    path: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """The answers that count, with what was worked out, and everything wrong with them."""

    values: Answers
    faults: tuple[AnswerFault, ...]


def check_answers(form: Form, answers: Answers, today: date) -> Checked:
    """Weigh answers by the rules of a form. What is not relevant is left out, whatever was entered."""
    shapes = tuple(_misshapen(form.questions, answers, ""))
    if shapes:
        return Checked({}, shapes)
    settled = _settled(form, answers, today)
    found = tuple(_faults(form, form.questions, settled, _visible(form.questions, settled), today, ""))
    return Checked(_filled(settled), found)


def images_of(form: Form, values: Answers) -> list[str]:
    """Hashes of the photos among answers that count, each once, in the order of the questions."""
    return list(dict.fromkeys(_images(form.questions, values)))


def _misshapen(questions: Sequence[Question], answers: Answers, path: str) -> Iterator[AnswerFault]:
    known = {question.name: question for question in _leaves(questions)}
    for name, value in answers.items():
        here = f"{path}{name}"
        if name not in known:
            yield AnswerFault(here, NO_QUESTION, {"name": name})
        elif known[name].kind == "repeat":
            yield from _misshapen_repeat(known[name], value, here)
        elif not isinstance(value, str) or len(value) > LONGEST_TEXT:
            yield AnswerFault(here, NO_TEXT, {"most": LONGEST_TEXT})


def _misshapen_repeat(repeat: Question, value: object, path: str) -> Iterator[AnswerFault]:
    if not isinstance(value, list) or len(value) > MOST_REPEATS or not all(isinstance(row, Mapping) for row in value):
        yield AnswerFault(path, NO_LIST, {"most": MOST_REPEATS})
        return
    for number, row in enumerate(value):
        yield from _misshapen(repeat.children, row, f"{path}/{number}/")


def _leaves(questions: Sequence[Question]) -> Iterator[Question]:
    """The questions and repeats of one level, those inside groups among them."""
    for question in questions:
        if question.kind == "group":
            yield from _leaves(question.children)
        elif question.kind != "note":
            yield question


def _settled(form: Form, answers: Answers, today: date) -> Answers:
    """The answers that count. Rules may wait for each other, so they are worked out until nothing changes any more."""
    before: Answers = answers
    for _ in range(MOST_PASSES):
        after = _pass(form.questions, answers, before, _visible(form.questions, before), today)
        if after == before:
            break
        before = after
    return before


def _pass(
    questions: Sequence[Question], raw: Answers, before: Answers, visible: Mapping[str, Value], today: date
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for question in questions:
        if not _holds(question, "relevant", visible, today, otherwise=True):
            continue
        if question.kind == "group":
            found |= _pass(question.children, raw, before, visible, today)
        elif question.kind == "repeat":
            found[question.name] = _rows(question, raw, before, visible, today)
        elif question.rules.get("calculation"):
            found[question.name] = _worked_out(question, visible, today)
        elif question.kind != "note":
            found[question.name] = raw.get(question.name, "").strip()
    return found


def _worked_out(question: Question, visible: Mapping[str, Value], today: date) -> str:
    """The result of a calculation; one that has nothing to go by yet is empty."""
    result = as_text(evaluate(_rule(question, "calculation"), Context(visible, "", today)))
    return "" if result == "NaN" else result


def _rows(repeat: Question, raw: Answers, before: Answers, visible: Mapping[str, Value], today: date) -> list[dict[str, Any]]:
    rows = raw.get(repeat.name, [])
    known = before.get(repeat.name, rows)
    return [
        _pass(repeat.children, row, past, {**visible, **_visible(repeat.children, past)}, today)
        for row, past in zip(rows, known, strict=True)
    ]


def _visible(questions: Sequence[Question], values: Answers) -> dict[str, Value]:
    """What rules may read on this level: single answers, and of repeats all answers of each question inside."""
    found: dict[str, Value] = {}
    for question in _leaves(questions):
        if question.kind != "repeat":
            found[question.name] = values.get(question.name, "")
            continue
        inside = [_visible(question.children, row) for row in values.get(question.name, [])]
        for name in (inner.name for child in question.children for inner in child.everything()):
            found[name] = tuple(one for row in inside if name in row for one in _each(row[name]))
    return found


def _each(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (as_text(value),)


def _holds(question: Question, rule: str, visible: Mapping[str, Value], today: date, *, otherwise: bool) -> bool:
    if not question.rules.get(rule):
        return otherwise
    return as_truth(evaluate(_rule(question, rule), Context(visible, "", today)))


def _rule(question: Question, rule: str) -> Node:
    return parse(question.rules[rule])


def _faults(
    form: Form, questions: Sequence[Question], values: Answers, visible: Mapping[str, Value], today: date, path: str
) -> Iterator[AnswerFault]:
    for question in questions:
        if question.kind == "group":
            yield from _faults(form, question.children, values, visible, today, path)
        elif question.kind == "repeat":
            for number, row in enumerate(values.get(question.name, [])):
                inside = {**visible, **_visible(question.children, row)}
                yield from _faults(form, question.children, row, inside, today, f"{path}{question.name}/{number}/")
        elif question.name in values:
            yield from _fault(form, question, values[question.name], visible, today, f"{path}{question.name}")


def _fault(
    form: Form, question: Question, value: str, visible: Mapping[str, Value], today: date, path: str
) -> Iterator[AnswerFault]:
    if question.rules.get("calculation"):
        return
    if not value:
        if _holds(question, "required", visible, today, otherwise=False):
            yield AnswerFault(path, MISSING, texts=question.texts.get("required_message", {}))
        return
    if not _is_of_kind(form, question, value):
        yield AnswerFault(path, WRONG_KIND[question.kind])
        return
    if question.rules.get("constraint"):
        allowed = evaluate(_rule(question, "constraint"), Context(visible, value, today))
        if not as_truth(allowed):
            yield AnswerFault(path, NOT_ALLOWED, texts=question.texts.get("constraint_message", {}))


def _is_of_kind(form: Form, question: Question, value: str) -> bool:
    if question.kind in _SHAPES:
        return _SHAPES[question.kind].fullmatch(value) is not None
    if question.choices:
        names = {choice.name for choice in form.choices.get(question.choices, ())}
        chosen = value.split() if question.kind == "select_multiple" else [value]
        return set(chosen) <= names
    return True


def _filled(values: Answers) -> dict[str, Any]:
    """Without empty answers and empty repeats."""
    rows = {name: [_filled(row) for row in value] if isinstance(value, list) else value for name, value in values.items()}
    return {name: value for name, value in rows.items() if value}


def _images(questions: Sequence[Question], values: Answers) -> Iterator[str]:
    for question in _leaves(questions):
        if question.kind == "repeat":
            for row in values.get(question.name, []):
                yield from _images(question.children, row)
        elif question.kind == "image" and values.get(question.name):
            yield values[question.name]

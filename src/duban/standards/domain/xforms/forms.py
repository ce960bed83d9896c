"""A form: its questions in order, groups and repeats inside each other, its lists of choices, and its texts by language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from duban.standards.domain.xforms.expressions import parse

LANGUAGES: Mapping[str, str] = {"zh": "中文 (zh)", "en": "English (en)"}
"""Language → its name as XLSForm writes it."""
QUESTIONS = frozenset(
    {"text", "integer", "decimal", "select_one", "select_multiple", "image", "geopoint", "barcode", "note", "calculate"}
)
SECTIONS = frozenset({"group", "repeat"})
SELECTS = frozenset({"select_one", "select_multiple"})
TEXTS = ("label", "hint", "constraint_message", "required_message")
EXPRESSIONS = ("relevant", "constraint", "required", "calculation")

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """One choice of a list."""

    name: str
    label: Texts


@dataclass(frozen=True)
class Question:
    """One question, group or repeat; `texts` maps a kind of text to its languages, `rules` a kind of rule to its expression."""

    name: str
    kind: str
    texts: Mapping[str, Texts] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    choices: str = ""
    children: tuple["Question", ...] = ()

    def everything(self) -> Iterator["Question"]:
        """This one and all inside it, in the order they are asked."""
        yield self
        for child in self.children:
            yield from child.everything()


@dataclass(frozen=True)
class Form:
    """A whole form; the texts of `default_language` are shown where the reader's language has none."""

    title: str
    questions: tuple[Question, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    default_language: str = "zh"

    def everything(self) -> Iterator[Question]:
        """Every question, group and repeat in the order they are asked."""
        for question in self.questions:
            yield from question.everything()

    def languages(self) -> tuple[str, ...]:
        """The languages in which anything is written, the default first."""
        texts = [texts for question in self.everything() for texts in question.texts.values()]
        texts += [choice.label for choices in self.choices.values() for choice in choices]
        used = {language for one in texts for language in one} | {self.default_language}
        return tuple(sorted(used, key=lambda language: (language != self.default_language, language)))


def to_json(form: Form) -> dict[str, Any]:
    """The form as plain values, as it is stored; `from_json` brings it back."""
    return {
        "title": form.title,
        "default_language": form.default_language,
        "languages": list(form.languages()),
        "choices": {
            name: [{"name": choice.name, "label": dict(choice.label)} for choice in choices]
            for name, choices in form.choices.items()
        },
        "questions": [_question_json(question) for question in form.questions],
    }


def _question_json(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": question.name,
        "kind": question.kind,
        "texts": {kind: dict(texts) for kind, texts in question.texts.items()},
        "rules": dict(question.rules),
    }
    if question.choices:
        found["choices"] = question.choices
    if question.kind in SECTIONS:
        found["children"] = [_question_json(child) for child in question.children]
    return found


def from_json(stored: Mapping[str, Any]) -> Form:
    """The form that `to_json` stored."""
    return Form(
        title=stored["title"],
        default_language=stored["default_language"],
        choices={
            name: tuple(Choice(choice["name"], choice["label"]) for choice in choices)
            for name, choices in stored["choices"].items()
        },
        questions=tuple(_question_of(question) for question in stored["questions"]),
    )


def _question_of(stored: Mapping[str, Any]) -> Question:
    return Question(
        name=stored["name"],
        kind=stored["kind"],
        texts=stored["texts"],
        rules=stored["rules"],
        choices=stored.get("choices", ""),
        children=tuple(_question_of(child) for child in stored.get("children", ())),
    )


def for_phone(stored: Mapping[str, Any]) -> dict[str, Any]:
    """A stored form with every rule as text and as tree, for a reader without a parser."""
    return {**stored, "questions": [_phone_question(question) for question in stored["questions"]]}


def _phone_question(stored: Mapping[str, Any]) -> dict[str, Any]:
    rules = {kind: {"text": text, "tree": parse(text).tree()} for kind, text in stored["rules"].items()}
    found = {**stored, "rules": rules}
    if "children" in stored:
        found["children"] = [_phone_question(child) for child in stored["children"]]
    return found

"""From the sheets of an XLSForm to a form. What we cannot express is refused, with its row and column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from duban.kernel.text import mark
from duban.standards.domain.xforms.cells import Fault, Row, Sheets, read_rows
from duban.standards.domain.xforms.checking import rule_faults
from duban.standards.domain.xforms.forms import (
    EXPRESSIONS,
    LANGUAGES,
    QUESTIONS,
    SECTIONS,
    SELECTS,
    TEXTS,
    Choice,
    Form,
    Question,
)

MOST_ROWS = 2000
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
OTHER_SHEETS = frozenset({"entities", "external_choices", "osm"})
SURVEY_COLUMNS = frozenset({"type", "name", *EXPRESSIONS})
SETTINGS_COLUMNS = frozenset({"form_title", "form_id", "version", "default_language"})

NO_SURVEY = mark("There is no sheet “survey” with questions on it.")
TOO_LONG = mark("There are more than {most} rows.")
OTHER_SHEET = mark("This sheet is not supported.")
UNKNOWN_TYPE = mark("The type “{type}” is not supported.")
NO_NAME = mark("A name is needed: a letter or underscore first, then letters, digits, “-”, “_” and “.”.")
NAME_TWICE = mark("Another question has the same name.")
NO_LABEL = mark("A label is needed in at least one language.")
LABEL_READS = mark("Reading the answer of another question inside a text is not supported.")
NO_LIST = mark("The list “{list}” has no choices on the sheet “choices”.")
NO_CALCULATION = mark("A calculation is needed here.")
CHOICE_TWICE = mark("The list has another choice with the same name.")
CHOICE_NAME = mark("The name of a choice is needed, without spaces.")
NOT_OPEN = mark("Nothing of this kind is open here.")
NOT_CLOSED = mark("This group or repeat is never closed.")
EMPTY_SECTION = mark("This group or repeat holds no questions.")
TOO_DEEP = mark("Groups and repeats are nested more than {most} deep.")
OTHER_DEFAULT = mark("The default language is Chinese (zh) or English (en).")
BY_ITSELF = mark("This rule means nothing for this type.")

DEEPEST = 8
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*", re.ASCII)
_BORDER = re.compile(r"(begin|end)[ _](group|repeat)")
_YES_NO = {"yes": "true()", "true": "true()", "true()": "true()", "no": "", "false": "", "false()": ""}


@dataclass
class _Open:
    """A group or repeat whose end has not come yet; the outermost is the form itself."""

    row: Row | None = None
    kind: str = ""
    inside: list[Question] = field(default_factory=list)


def read_form(sheets: Sheets, *, title: str) -> tuple[Form | None, list[Fault]]:
    """The form of a workbook, or every fault in it; `title` is used where the workbook names none."""
    faults = [Fault(OTHER_SHEET, sheet) for sheet in sorted(OTHER_SHEETS & set(sheets)) if len(sheets[sheet]) > 1]
    if len(sheets.get(SURVEY, ())) <= 1:
        return None, [*faults, Fault(NO_SURVEY, SURVEY)]
    if max(len(sheets.get(sheet, ())) for sheet in (SURVEY, CHOICES)) > MOST_ROWS:
        return None, [*faults, Fault(TOO_LONG, SURVEY, params={"most": MOST_ROWS})]
    reader = _Reader(sheets, title)
    form = reader.form()
    faults += reader.faults
    if not faults:
        faults = [reader.rows[fault.question].fault(fault.rule, fault.message, **fault.params) for fault in rule_faults(form)]
    return (None if faults else form), faults


class _Reader:
    def __init__(self, sheets: Sheets, title: str) -> None:
        self.sheets = sheets
        self.title = title
        self.language = "zh"
        self.faults: list[Fault] = []
        self.rows: dict[str, Row] = {}
        self.lists: Mapping[str, tuple[Choice, ...]] = {}

    def form(self) -> Form:
        self.read_settings()
        self.lists = self.read_choices()
        questions = self.read_survey()
        used = {question.choices for outer in questions for question in outer.everything()}
        lists = {name: choices for name, choices in self.lists.items() if name in used}
        return Form(self.title, tuple(questions), lists, self.language)

    def rows_of(self, sheet: str, plain: frozenset[str], translated: Sequence[str] = ()) -> list[Row]:
        rows, faults = read_rows(
            self.sheets, sheet, plain=plain, translated=frozenset(translated), default_language=self.language
        )
        self.faults += faults
        return rows

    def read_settings(self) -> None:
        for row in self.rows_of(SETTINGS, SETTINGS_COLUMNS)[:1]:
            self.title = row.cells.get("form_title") or self.title
            wanted = row.cells.get("default_language", "")
            found = [code for code in LANGUAGES if wanted == code or wanted.endswith(f"({code})")]
            if wanted and wanted != "default" and not found:
                self.faults.append(row.fault("default_language", OTHER_DEFAULT))
            self.language = found[0] if found else self.language

    def read_choices(self) -> dict[str, tuple[Choice, ...]]:
        found: dict[str, dict[str, Choice]] = {}
        for row in self.rows_of(CHOICES, frozenset({"list_name", "name"}), ("label",)):
            name = row.cells.get("name", "")
            choices = found.setdefault(row.cells.get("list_name", ""), {})
            if not name or len(name.split()) > 1:
                self.faults.append(row.fault("name", CHOICE_NAME))
            if name in choices:
                self.faults.append(row.fault("name", CHOICE_TWICE))
            choices[name] = Choice(name, self.label_of(row))
        return {name: tuple(choices.values()) for name, choices in found.items()}

    def label_of(self, row: Row) -> dict[str, str]:
        label = row.texts("label")
        if not label:
            self.faults.append(row.fault(f"label::{self.language}", NO_LABEL))
        return label

    def read_survey(self) -> list[Question]:
        stack = [_Open()]
        for row in self.rows_of(SURVEY, SURVEY_COLUMNS, TEXTS):
            border = _BORDER.fullmatch(row.cells.get("type", "").lower())
            if border is None:
                stack[-1].inside.append(self.question(row))
            elif border[1] == "begin":
                self.begin(stack, row, border[2])
            else:
                self.end(stack, row, border[2])
        self.faults += [one.row.fault("type", NOT_CLOSED) for one in stack if one.row is not None]
        return stack[0].inside

    def begin(self, stack: list[_Open], row: Row, kind: str) -> None:
        if len(stack) > DEEPEST:
            self.faults.append(row.fault("type", TOO_DEEP, most=DEEPEST))
        stack.append(_Open(row, kind))

    def end(self, stack: list[_Open], row: Row, kind: str) -> None:
        if stack[-1].kind != kind or stack[-1].row is None:
            self.faults.append(row.fault("type", NOT_OPEN))
            return
        closed, begun = stack.pop(), stack[-1]
        if not closed.inside:
            self.faults.append(closed.row.fault("type", EMPTY_SECTION) if closed.row else row.fault("type", EMPTY_SECTION))
        begun.inside.append(self.made(closed.row or row, kind, children=tuple(closed.inside)))

    def question(self, row: Row) -> Question:
        kind, _, rest = row.cells.get("type", "").partition(" ")
        choices = rest.strip()
        if kind not in QUESTIONS or bool(choices) is not (kind in SELECTS) or len(choices.split()) > 1:
            self.faults.append(row.fault("type", UNKNOWN_TYPE, type=row.cells.get("type", "")))
        elif kind in SELECTS and choices not in self.lists:
            self.faults.append(row.fault("type", NO_LIST, list=choices))
        return self.made(row, kind, choices=choices)

    def made(self, row: Row, kind: str, *, choices: str = "", children: tuple[Question, ...] = ()) -> Question:
        name = row.cells.get("name", "")
        if not _NAME.fullmatch(name):
            self.faults.append(row.fault("name", NO_NAME))
        elif name in self.rows:
            self.faults.append(row.fault("name", NAME_TWICE))
        self.rows[name] = row
        texts = {one: found for one in TEXTS if (found := row.texts(one))}
        rules = self.rules_of(row, kind)
        self.check_texts(row, kind, texts)
        return Question(name, kind, texts, rules, choices, children)

    def check_texts(self, row: Row, kind: str, texts: Mapping[str, Mapping[str, str]]) -> None:
        if "label" not in texts and kind not in SECTIONS | {"calculate"}:
            self.faults.append(row.fault(f"label::{self.language}", NO_LABEL))
        for one, found in texts.items():
            self.faults += [row.fault(f"{one}::{language}", LABEL_READS) for language in found if "${" in found[language]]

    def rules_of(self, row: Row, kind: str) -> dict[str, str]:
        rules = {rule: row.cells[rule] for rule in EXPRESSIONS if row.cells.get(rule)}
        if "required" in rules:
            rules["required"] = _YES_NO.get(rules["required"].lower(), rules["required"])
        allowed = {"relevant"} if kind in SECTIONS | {"note"} else set(EXPRESSIONS)
        self.faults += [row.fault(rule, BY_ITSELF) for rule in rules if rule not in allowed and rules[rule]]
        if kind == "calculate" and not rules.get("calculation"):
            self.faults.append(row.fault("calculation", NO_CALCULATION))
        return {rule: text for rule, text in rules.items() if text}

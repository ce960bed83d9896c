"""From a form to the sheets of an XLSForm; reading them again gives the same form."""

from collections.abc import Iterator, Sequence

from duban.standards.domain.xforms.forms import EXPRESSIONS, LANGUAGES, SECTIONS, TEXTS, Form, Question


def write_form(form: Form, *, form_id: str, version: str) -> dict[str, list[list[str]]]:
    """The sheets `survey`, `choices` and `settings`, each with its headings first."""
    languages = form.languages()
    return {
        "survey": [survey_headings(form), *(row for question in form.questions for row in _survey_rows(question, form))],
        "choices": [
            ["list_name", "name", *(f"label::{LANGUAGES[language]}" for language in languages)],
            *(
                [name, choice.name, *(choice.label.get(language, "") for language in languages)]
                for name, choices in form.choices.items()
                for choice in choices
            ),
        ],
        "settings": [
            ["form_title", "form_id", "version", "default_language"],
            [form.title, form_id, version, LANGUAGES[form.default_language]],
        ],
    }


def survey_headings(form: Form) -> list[str]:
    """The headings of the sheet `survey`: only kinds of text that the form has, each in every language of the form."""
    return ["type", "name", *(f"{kind}::{LANGUAGES[language]}" for kind, language in _texts(form)), *EXPRESSIONS]


def _texts(form: Form) -> Sequence[tuple[str, str]]:
    used = {kind for question in form.everything() for kind in question.texts}
    return [(kind, language) for kind in TEXTS if kind in used or kind == "label" for language in form.languages()]


def _survey_rows(question: Question, form: Form) -> Iterator[list[str]]:
    is_section = question.kind in SECTIONS
    yield [
        f"begin_{question.kind}" if is_section else f"{question.kind} {question.choices}".strip(),
        question.name,
        *(question.texts.get(kind, {}).get(language, "") for kind, language in _texts(form)),
        *(question.rules.get(rule, "") for rule in EXPRESSIONS),
    ]
    if is_section:
        for child in question.children:
            yield from _survey_rows(child, form)
        yield [f"end_{question.kind}"] + [""] * (len(survey_headings(form)) - 1)

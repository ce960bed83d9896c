"""Forms and the items of a standard: a question named like an item answers for it."""

from collections.abc import Iterable, Mapping, Sequence

from duban.kernel.text import mark
from duban.standards.domain.blocks import block_label
from duban.standards.domain.details import ItemDetails
from duban.standards.domain.xforms.forms import Choice, Form, Question

VERDICTS: Mapping[str, Mapping[str, str]] = {
    "pass": {"zh": "合格", "en": "Pass"},
    "fail": {"zh": "不合格", "en": "Fail"},
    "not_applicable": {"zh": "不适用", "en": "Not applicable"},
}
VERDICT_LIST = "verdict"

NO_ITEM = mark("No question is named like an item of the standard; at least one is needed, such as “{example}”.")
NOT_A_VERDICT = mark("The question of an item asks by select_one for “pass”, “fail” and, if need be, “not_applicable”.")
ITEM_IN_REPEAT = mark("The question of an item is asked once; it cannot stand inside a repeat.")


def form_of_items(title: str, service_line: str, items: Iterable[ItemDetails], blocks_zh: Mapping[str, str]) -> Form:
    """The form of a checklist that never had one: by block, for each item a verdict, and a photo and a note if it fails."""
    blocks: dict[str, list[Question]] = {}
    for item in items:
        blocks.setdefault(item.block, []).extend(_questions(item))
    labels = {block: {"zh": blocks_zh[block], "en": block_label(service_line, block)} for block in blocks}
    groups = tuple(
        Question(block, "group", {"label": labels[block]}, children=tuple(inside)) for block, inside in blocks.items()
    )
    choices = tuple(Choice(name, label) for name, label in VERDICTS.items())
    return Form(title, groups, {VERDICT_LIST: choices})


def _questions(item: ItemDetails) -> Sequence[Question]:
    failed = {"relevant": f"${{{item.key}}} = 'fail'"}
    hint = {"zh": _joined(item.target, item.method, "；"), "en": _joined(item.target_en, item.method_en, "; ")}
    texts = {"label": _filled({"zh": item.name, "en": item.name_en}), "hint": _filled(hint)}
    return (
        Question(item.key, "select_one", _filled_kinds(texts), {"required": "true()"}, VERDICT_LIST),
        Question(f"{item.key}.photo", "image", {"label": {"zh": "照片", "en": "Photo"}}, {**failed, "required": "true()"}),
        Question(f"{item.key}.note", "text", {"label": {"zh": "说明", "en": "Note"}}, failed),
    )


def _joined(first: str, second: str, between: str) -> str:
    return between.join(part for part in (first, second) if part)


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    """Without the empty ones, and without the opening that would read another answer."""
    return {language: text.replace("${", "$ {") for language, text in texts.items() if text}


def _filled_kinds(texts: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    return {kind: found for kind, found in texts.items() if found}


def item_keys(form: Form, known: Iterable[str]) -> list[str]:
    """The keys of items that the form asks for, in its order."""
    keys = set(known)
    return [question.name for question in form.everything() if question.name in keys]


def item_faults(form: Form, known: Sequence[str]) -> list[tuple[str, str, Mapping[str, object]]]:
    """(question, marked message, values) for whatever keeps the form from answering for items of a standard."""
    found: list[tuple[str, str, Mapping[str, object]]] = []
    if not item_keys(form, known):
        found.append(("", NO_ITEM, {"example": known[0] if known else "floors.handrail"}))
    repeated = {inner.name for outer in form.everything() if outer.kind == "repeat" for inner in outer.everything()}
    for question in form.everything():
        if question.name in known:
            names = {choice.name for choice in form.choices.get(question.choices, ())}
            if question.kind != "select_one" or not {"pass", "fail"} <= names <= set(VERDICTS):
                found.append((question.name, NOT_A_VERDICT, {}))
            elif question.name in repeated:
                found.append((question.name, ITEM_IN_REPEAT, {}))
    return found

"""Whether the rules of a form hang together: what they read exists, may be read from there, and none waits for itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duban.kernel.text import mark
from duban.standards.domain.xforms.expressions import OVER_REPEATS, ExpressionError, Node, parse, references
from duban.standards.domain.xforms.forms import EXPRESSIONS, Form, Question

UNKNOWN = mark("“{name}” is no question of this form.")
SECTION_READ = mark("“{name}” is a group or a repeat, it has no answer.")
IN_REPEAT = mark("“{name}” is inside a repeat; from outside it is read by sum, count, min or max.")
CIRCLE = mark("The calculation waits for its own result, by way of “{name}”.")
SELF_OUTSIDE = mark("“.” has a meaning only in a constraint.")


@dataclass(frozen=True)
class RuleFault:
    """What is wrong with one rule of one question."""

    question: str
    rule: str
    message: str
    params: Mapping[str, object]


def rule_faults(form: Form) -> list[RuleFault]:
    """Everything wrong with the rules of a form, in the order of its questions."""
    homes = dict(_homes(form.questions, ()))
    kinds = {question.name: question.kind for question in form.everything()}
    found: list[RuleFault] = []
    for question in form.everything():
        for rule in EXPRESSIONS:
            if question.rules.get(rule):
                found += _faults(question, rule, homes, kinds)
    return found or _circles(form)


def _homes(questions: Sequence[Question], inside: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each name with the repeats it stands in, the outermost first."""
    for question in questions:
        yield question.name, inside
        yield from _homes(question.children, (*inside, question.name) if question.kind == "repeat" else inside)


def _faults(
    question: Question, rule: str, homes: Mapping[str, tuple[str, ...]], kinds: Mapping[str, str]
) -> Iterator[RuleFault]:
    try:
        tree = parse(question.rules[rule])
    except ExpressionError as error:
        yield RuleFault(question.name, rule, error.message, error.params)
        return
    if rule != "constraint" and any(node.kind == "self" for node in tree.everything()):
        yield RuleFault(question.name, rule, SELF_OUTSIDE, {})
    gathered = set(_gathered(tree))
    for name in references(tree):
        message = _fault_of_name(name, homes, kinds)
        if not message and name not in gathered and homes[name] != homes[question.name][: len(homes[name])]:
            message = IN_REPEAT
        if message:
            yield RuleFault(question.name, rule, message, {"name": name})


def _fault_of_name(name: str, homes: Mapping[str, tuple[str, ...]], kinds: Mapping[str, str]) -> str:
    if name not in homes:
        return UNKNOWN
    return SECTION_READ if kinds[name] in {"group", "repeat", "note"} else ""


def _gathered(tree: Node) -> Iterator[str]:
    for node in tree.everything():
        if node.kind == "call" and node.value in OVER_REPEATS:
            yield from (part.value for part in node.parts if part.kind == "ref")


def _circles(form: Form) -> list[RuleFault]:
    reads = {
        question.name: references(parse(question.rules["calculation"]))
        for question in form.everything()
        if question.rules.get("calculation")
    }
    return [
        RuleFault(name, "calculation", CIRCLE, {"name": by})
        for name in reads
        for by in reads[name]
        if _reaches(by, name, reads)
    ]


def _reaches(start: str, goal: str, reads: Mapping[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting += reads.get(name, ())
    return False

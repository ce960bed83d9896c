"""The subset of ODK XPath that a form may use: from text to a tree.

Operators: `or`, `and`, `=`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `div`, `mod`, and minus before a value. Values:
numbers, texts in quotes, `${question}`, `.` for the question itself, and the functions of `FUNCTIONS`. Paths, predicates
and unions are refused with the place where they stand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duban.kernel.text import mark

LONGEST = 2000
DEEPEST = 40

FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "abs": (1, 1),
    "boolean": (1, 1),
    "coalesce": (2, 2),
    "concat": (1, 20),
    "contains": (2, 2),
    "count": (1, 1),
    "count-selected": (1, 1),
    "ends-with": (2, 2),
    "false": (0, 0),
    "if": (3, 3),
    "int": (1, 1),
    "max": (1, 20),
    "min": (1, 20),
    "not": (1, 1),
    "number": (1, 1),
    "pow": (2, 2),
    "regex": (2, 2),
    "round": (1, 2),
    "selected": (2, 2),
    "starts-with": (2, 2),
    "string": (1, 1),
    "string-length": (1, 1),
    "substr": (2, 3),
    "sum": (1, 1),
    "today": (0, 0),
    "true": (0, 0),
}
"""Name → fewest and most arguments."""
OVER_REPEATS = frozenset({"sum", "count", "min", "max"})
"""Functions that may read a question of a repeat from outside it."""

_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<ref>\$\{\s*[A-Za-z_][\w.-]*\s*\})
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<symbol>!=|<=|>=|[=<>+\-*(),]|\.(?![.\d]))
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z_][A-Za-z0-9_]*)*)
    )""",
    re.VERBOSE | re.ASCII,
)
_PATTERN_IN_PATTERN = re.compile(r"\([^()]*[*+}?|][^()]*\)\s*[*+{]|\(.*\(.*\).*\)\s*[*+{]")


class ExpressionError(Exception):
    """The expression is not of the subset: a marked message, its values, and the place of the fault from 1."""

    def __init__(self, message: str, place: int, **params: object) -> None:
        self.message = message
        self.place = place
        self.params = {"place": place, **params}
        super().__init__(message.format(**self.params))


@dataclass(frozen=True)
class Node:
    """A part of an expression: its kind (`text`, `number`, `ref`, `self`, `call`, `op`, `minus`), value and parts."""

    kind: str
    value: str = ""
    parts: tuple["Node", ...] = ()

    def tree(self) -> list[object]:
        """Plain lists, `[kind, value, part, …]`, for a reader without a parser."""
        return [self.kind, self.value, *(part.tree() for part in self.parts)]

    def everything(self) -> Iterator["Node"]:
        """This part and all below it."""
        yield self
        for part in self.parts:
            yield from part.everything()


def parse(text: str) -> Node:
    """The tree of an expression; `ExpressionError` says what is wrong and where."""
    if len(text) > LONGEST:
        raise ExpressionError(mark("The expression is longer than {longest} characters."), 1, longest=LONGEST)
    return _Parser(text).whole()


def references(node: Node) -> tuple[str, ...]:
    """Names of the questions an expression reads, each once."""
    return tuple(dict.fromkeys(part.value for part in node.everything() if part.kind == "ref"))


@dataclass(frozen=True)
class _Token:
    kind: str
    value: str
    place: int


def _tokens(text: str) -> list[_Token]:
    found, position = [], 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise ExpressionError(mark("“{sign}” at place {place} is not understood here."), start + 1, sign=text[start])
        found.append(_Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup) + 1))
        position = match.end()
    return [*found, _Token("end", "", end + 1)]


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def whole(self) -> Node:
        found = self.level(0)
        if self.next.kind != "end":
            raise self.fault(self.next)
        return found

    def fault(self, token: _Token) -> ExpressionError:
        if token.kind == "end":
            return ExpressionError(mark("The expression ends too early, at place {place}."), token.place)
        return ExpressionError(mark("“{sign}” at place {place} is not understood here."), token.place, sign=token.value)

    def expect(self, value: str) -> None:
        token = self.take()
        if token.kind != "symbol" or token.value != value:
            raise self.fault(token)

    def level(self, depth: int) -> Node:
        if depth == len(_LEVELS):
            return self.unary()
        left = self.level(depth + 1)
        while self.next.kind in {"symbol", "word"} and self.next.value in _LEVELS[depth]:
            operator = self.take().value
            left = Node("op", operator, (left, self.level(depth + 1)))
        return left

    def unary(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(mark("The expression is nested too deeply, at place {place}."), self.next.place)
        minus = self.next.kind == "symbol" and self.next.value == "-"
        if minus:
            self.take()
        found = Node("minus", "", (self.unary(),)) if minus else self.single()
        self.depth -= 1
        return found

    def single(self) -> Node:
        token = self.take()
        if token.kind == "ref":
            return Node("ref", token.value[2:-1].strip())
        if token.kind == "text":
            return Node("text", token.value[1:-1])
        if token.kind == "number":
            return Node("number", token.value)
        if token.kind == "word":
            return self.call(token)
        return self.symbol(token)

    def symbol(self, token: _Token) -> Node:
        if token.value == ".":
            return Node("self")
        if token.value != "(":
            raise self.fault(token)
        found = self.level(0)
        self.expect(")")
        return found

    def call(self, token: _Token) -> Node:
        if token.value not in FUNCTIONS:
            raise ExpressionError(mark("The function “{name}” at place {place} is not known."), token.place, name=token.value)
        self.expect("(")
        parts = self.arguments()
        fewest, most = FUNCTIONS[token.value]
        if not fewest <= len(parts) <= most:
            raise ExpressionError(
                mark("The function “{name}” at place {place} takes another number of values."), token.place, name=token.value
            )
        if token.value == "regex":
            _check_pattern(parts[1], token.place)
        return Node("call", token.value, tuple(parts))

    def arguments(self) -> list[Node]:
        found: list[Node] = []
        while not (self.next.kind == "symbol" and self.next.value == ")"):
            if found:
                self.expect(",")
            found.append(self.level(0))
        self.take()
        return found


def _check_pattern(node: Node, place: int) -> None:
    """A pattern is written out, sound, and cannot run away: no repetition inside a repeated bracket."""
    try:
        sound = node.kind == "text" and not _PATTERN_IN_PATTERN.search(node.value) and bool(re.compile(node.value))
    except re.error:
        sound = False
    if not sound:
        raise ExpressionError(mark("The pattern of regex at place {place} is not sound, or repeats a repetition."), place)

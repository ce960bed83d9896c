"""Working an expression out, by the rules of XPath 1.0 as ODK keeps them.

Numbers are doubles. An empty answer is the empty text, as a number it is not a number, so every comparison with it but
`!=` is false. A day written `2026-11-26` counts as a number in days since 1970-01-01. Values of a repeat are a tuple of
texts: `=` asks whether any of them fits, `sum`, `count`, `min` and `max` read all of them.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeAlias

from duban.standards.domain.xforms.expressions import Node

Single: TypeAlias = str | float | bool
Value: TypeAlias = str | float | bool | tuple[str, ...]
EPOCH = date(1970, 1, 1).toordinal()
LONGEST_MATCHED = 1000
_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Context:
    """What an expression may read: answers by name, the answer of the question itself, and the day."""

    values: Mapping[str, Value] = field(default_factory=dict)
    current: Value = ""
    today: date = date(1970, 1, 1)


def evaluate(node: Node, context: Context) -> Value:
    """The value of an expression."""
    if node.kind == "text":
        return node.value
    if node.kind == "number":
        return float(node.value)
    if node.kind == "self":
        return context.current
    if node.kind == "ref":
        return context.values.get(node.value, "")
    values = [evaluate(part, context) for part in node.parts]
    return _worked_out(node, values, context)


def _worked_out(node: Node, values: Sequence[Value], context: Context) -> Value:
    if node.kind == "minus":
        return -as_number(values[0])
    if node.kind == "op":
        return _operation(node.value, values[0], values[1])
    if node.value == "today":
        return context.today.isoformat()
    return _CALLS[node.value](*values)


def as_text(value: Value) -> str:
    """A value as text: whole numbers without a point, `true` and `false`, the first value of a repeat."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number_text(value)
    return value if isinstance(value, str) else (value[0] if value else "")


def as_number(value: Value) -> float:
    """A value as a number; a text that is neither number nor day is not a number."""
    if isinstance(value, bool | float):
        return float(value)
    text = as_text(value)
    if _NUMBER.fullmatch(text):
        return float(text)
    if _DAY.fullmatch(text):
        return _days(text)
    return math.nan


def as_truth(value: Value) -> bool:
    """A value as true or false: empty texts, nothing, zero and what is not a number are false."""
    if isinstance(value, float):
        return not math.isnan(value) and value != 0
    return bool(value)


def _days(text: str) -> float:
    try:
        return float(date.fromisoformat(text).toordinal() - EPOCH)
    except ValueError:
        return math.nan


def _number_text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")


def _operation(name: str, left: Value, right: Value) -> Value:
    if name in _LOGIC:
        return _LOGIC[name](as_truth(left), as_truth(right))
    if name in _COMPARED:
        return any(_compared(name, one, other) for one in _each(left) for other in _each(right))
    return _CALCULATED[name](as_number(left), as_number(right))


def _each(value: Value) -> Sequence[Single]:
    return value if isinstance(value, tuple) else (value,)


def _compared(name: str, left: Single, right: Single) -> bool:
    if name in {"=", "!="}:
        return _equal(left, right) is (name == "=")
    return bool(_COMPARED[name](as_number(left), as_number(right)))


def _equal(left: Single, right: Single) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return as_truth(left) is as_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return as_number(left) == as_number(right)
    return left == right


def _divided(left: float, right: float) -> float:
    if right == 0:
        return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def _rest(left: float, right: float) -> float:
    return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)


def _power(base: Value, exponent: Value) -> float:
    try:
        return math.pow(as_number(base), as_number(exponent))
    except (OverflowError, ValueError):
        return math.nan


def _int(value: Value) -> float:
    number = as_number(value)
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def _rounded(value: Value, places: Value = 0.0) -> float:
    """Half away from zero at the given place."""
    number, digits = as_number(value), _int(places)
    try:
        return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError):
        return number


def _substr(value: Value, start: Value, end: Value = math.inf) -> str:
    """From `start` (0 is the first character) up to `end`, which is left out; negative places count from the end."""
    text = as_text(value)
    first, last = _place(start, len(text)), _place(end, len(text))
    return text[first:last]


def _place(value: Value, length: int) -> int:
    number = as_number(value)
    if math.isnan(number) or number < -length:
        return 0
    if number > length:
        return length
    return int(number) if number >= 0 else length + int(number)


def _numbers(values: Sequence[Value]) -> list[float]:
    """All values as numbers, empty ones left out."""
    return [as_number(one) for value in values for one in _each(value) if one != ""]


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., Value]:
    def found(*values: Value) -> Value:
        numbers = _numbers(values)
        return choose(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan

    return found


def _chosen(value: Value) -> list[str]:
    return as_text(value).split()


def _matches(value: Value, pattern: Value) -> bool:
    """Whether the whole text follows the pattern; a text of more than 1000 characters never does."""
    text = as_text(value)
    return len(text) <= LONGEST_MATCHED and re.fullmatch(as_text(pattern), text) is not None


def _if(condition: Value, then: Value, otherwise: Value) -> Value:
    return then if as_truth(condition) else otherwise


_LOGIC: Mapping[str, Callable[[bool, bool], bool]] = {"or": operator.or_, "and": operator.and_}
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_CALCULATED: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divided,
    "mod": _rest,
}
_CALLS: Mapping[str, Callable[..., Value]] = {
    "abs": lambda value: abs(as_number(value)),
    "boolean": as_truth,
    "coalesce": lambda first, second: as_text(first) or as_text(second),
    "concat": lambda *values: "".join("".join(as_text(one) for one in _each(value)) for value in values),
    "contains": lambda text, part: as_text(part) in as_text(text),
    "count": lambda values: float(len(values)) if isinstance(values, tuple) else float(values != ""),
    "count-selected": lambda value: float(len(_chosen(value))),
    "ends-with": lambda text, part: as_text(text).endswith(as_text(part)),
    "false": lambda: False,
    "if": _if,
    "int": _int,
    "max": _extreme(max),
    "min": _extreme(min),
    "not": lambda value: not as_truth(value),
    "number": as_number,
    "pow": _power,
    "regex": _matches,
    "round": _rounded,
    "selected": lambda value, one: as_text(one).strip() in _chosen(value),
    "starts-with": lambda text, part: as_text(text).startswith(as_text(part)),
    "string": as_text,
    "string-length": lambda value: float(len(as_text(value))),
    "substr": _substr,
    "sum": lambda values: math.fsum(_numbers([values])),
    "true": lambda: True,
}

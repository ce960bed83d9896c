"""Reading the fields of a JSON case: what is wrong is named with the field."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

Json = Mapping[str, object]
Word = TypeVar("Word", bound=StrEnum)
NUMBER = {"type": ["number", "string"]}


def whole(case: Json, key: str, least: int, most: int, *, usual: int | None = None) -> int:
    """A whole number from `least` to `most`; `usual` stands in for a missing one. Raises `Invalid`."""
    value = case.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise fault(key, mark("A whole number from {least} to {most} is needed here."), {"least": least, "most": most})
    return value


def number(case: Json, key: str) -> Decimal:
    """A finite number. Raises `Invalid`."""
    try:
        value = Decimal(str(case.get(key)))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise fault(key, mark("A number is needed here."))
    return value


def word(case: Json, key: str, words: type[Word], usual: Word) -> Word:
    """One of the words of an enumeration; `usual` stands in for a missing one. Raises `Invalid`."""
    given = case.get(key, str(usual))
    if given not in {str(known) for known in words}:
        raise fault(key, mark("One of {known} is needed here."), {"known": ", ".join(words)})
    return words(str(given))


def fault(key: str, message: str, params: Mapping[str, object] | None = None) -> Invalid:
    """The refusal of one field."""
    return Invalid(errors=(FieldError(key, message, params or {}),))

"""Reading untrusted JSON field by field: every fault is noted with its path, nothing is guessed, nothing unknown passes."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from duban.kernel.errors import FieldError
from duban.kernel.text import mark

E = TypeVar("E", bound=StrEnum)


class Reader:
    """One JSON object at a path. Faults go into the shared list `errors`; reading goes on with a harmless value."""

    def __init__(self, document: object, *, path: str, errors: list[FieldError]) -> None:
        self.path = path
        self.errors = errors
        self._known: set[str] = set()
        self._values: Mapping[str, object] = {}
        if isinstance(document, Mapping):
            self._values = document
        else:
            self.fail("", mark("An object is expected here."))

    def fail(self, field: str, message: str, **params: object) -> None:
        """Note one fault at `field`."""
        self.errors.append(FieldError(self.place(field), message, params))

    def place(self, field: str) -> str:
        """Path of a field below this object."""
        return ".".join(part for part in (self.path, field) if part)

    def fields(self) -> tuple[str, ...]:
        """Names of the fields that are there, for objects with free names."""
        return tuple(str(name) for name in self._values)

    def has(self, field: str) -> bool:
        """Whether `field` is there and not null."""
        return self._values.get(field) is not None

    def raw(self, field: str) -> object:
        """The untouched value, marked as known."""
        self._known.add(field)
        return self._values.get(field)

    def text(self, field: str, *, default: str | None = None) -> str:
        """A text; required unless a default is given."""
        value = self.raw(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.fail(field, mark("A text is expected here."))
            return ""
        return value

    def number(self, field: str, *, default: Decimal | None = None, low: Decimal | None = Decimal(0)) -> Decimal:
        """A finite decimal, not below `low`; a JSON number or a text; required unless a default is given."""
        value = self.raw(field)
        if value is None and default is not None:
            return default
        number = decimal_of(value)
        if number is None:
            self.fail(field, mark("A number is expected here."))
            return Decimal(0)
        if low is not None and number < low:
            self.fail(field, mark("The number may not be below {low}."), low=str(low))
            return low
        return number

    def optional_number(self, field: str) -> Decimal | None:
        """A decimal, or nothing."""
        self._known.add(field)
        return self.number(field) if self.has(field) else None

    def integer(self, field: str, *, default: int = 0) -> int:
        """A whole number, not negative."""
        value = self.raw(field)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fail(field, mark("A whole number is expected here."))
            return default
        return value

    def boolean(self, field: str, *, default: bool) -> bool:
        """True or false."""
        value = self.raw(field)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fail(field, mark("True or false is expected here."))
            return default
        return value

    def choice(self, field: str, kind: type[E], *, default: E) -> E:
        """One of the words of `kind`."""
        value = self.raw(field)
        if value is None:
            return default
        try:
            return kind(str(value))
        except ValueError:
            self.fail(field, mark("One of these is expected: {choices}."), choices=", ".join(kind))
            return default

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; absent means none."""
        value = self.raw(field)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self.fail(field, mark("A list of texts is expected here."))
            return ()
        return tuple(value)

    def numbers(self, field: str) -> dict[str, Decimal]:
        """An object of decimals by name; absent means none."""
        value = self.raw(field)
        if value is None:
            return {}
        inner = Reader(value, path=self.place(field), errors=self.errors)
        return {name: inner.number(name) for name in inner.fields()}

    def names(self, field: str) -> dict[str, str]:
        """A name in several languages; both Chinese and English are required."""
        inner = self.child(field)
        names = {language: inner.text(language) for language in ("zh", "en")}
        inner.finish()
        return names

    def child(self, field: str) -> "Reader":
        """The object below `field`."""
        return Reader(self.raw(field), path=self.place(field), errors=self.errors)

    def children(self, field: str) -> tuple["Reader", ...]:
        """The objects of the list below `field`; absent means none."""
        value = self.raw(field)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(field, mark("A list is expected here."))
            return ()
        return tuple(Reader(item, path=f"{self.place(field)}[{index}]", errors=self.errors) for index, item in enumerate(value))

    def finish(self) -> None:
        """Refuse every field nobody asked for: a misspelt rule must not pass in silence."""
        for field in self._values:
            if field not in self._known:
                self.fail(str(field), mark("This field is not known here."))


def decimal_of(value: object) -> Decimal | None:
    """A finite decimal from a JSON number or text; `None` if it is neither. Floats are read as they are written."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None

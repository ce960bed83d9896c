"""Reading a JSON definition strictly: every fault is named with its place, and all of them are reported at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

AnyEnum = TypeVar("AnyEnum", bound=StrEnum)


@dataclass(frozen=True)
class Node:
    """One place inside a JSON document; `faults` is shared by all places of it."""

    value: object
    path: str = ""
    faults: list[FieldError] = field(default_factory=list)

    def fault(self, name: str, message: str, **params: object) -> None:
        """Note what is wrong at `name` below this place."""
        self.faults.append(FieldError(self._at(name), message, params))

    def check(self) -> None:
        """Raise `Invalid` with every fault noted so far."""
        if self.faults:
            raise Invalid(mark("The definition is not valid."), errors=tuple(self.faults))

    def has(self, name: str) -> bool:
        """Whether something other than null stands at `name`."""
        return self._get(name) is not None

    def only(self, *names: str) -> None:
        """Note every key that is not among `names`: a misspelt rule must not be silently ignored."""
        if not isinstance(self.value, Mapping):
            self.fault("", mark("An object is expected here."))
            return
        for name in self.value:
            if name not in names:
                self.fault(str(name), mark("This key is not known here."))

    def text(self, name: str, default: str | None = None) -> str:
        """A string; without `default` it must be there."""
        found = self._get(name)
        if isinstance(found, str):
            return found
        if found is not None or default is None:
            self.fault(name, mark("A text is expected here."))
        return default or ""

    def number(self, name: str, default: str | None = None, *, least: str = "0", most: str | None = None) -> Decimal:
        """A decimal written as text or as a JSON number, between `least` and `most`."""
        found = self._get(name)
        if found is None and default is not None:
            return Decimal(default)
        number = _decimal(found)
        if number is None:
            self.fault(name, mark("A number is expected here."))
            return Decimal(least)
        if number < Decimal(least) or (most is not None and number > Decimal(most)):
            self.fault(name, mark("The number must lie between {least} and {most}."), least=least, most=most or "∞")
        return number

    def whole(self, name: str, default: int | None = None, *, least: int = 0) -> int:
        """A whole number."""
        number = self.number(name, None if default is None else str(default), least=str(least))
        if number != number.to_integral_value():
            self.fault(name, mark("A whole number is expected here."))
        return int(number)

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        found = self._get(name)
        if found is None:
            return default
        if not isinstance(found, bool):
            self.fault(name, mark("True or false is expected here."))
            return default
        return found

    def day(self, name: str) -> date | None:
        """A date as `2026-10-31`; `None` where nothing stands."""
        found = self._get(name)
        if found is None:
            return None
        try:
            return date.fromisoformat(str(found))
        except ValueError:
            self.fault(name, mark("A date such as 2026-10-31 is expected here."))
            return None

    def needed_day(self, name: str) -> date:
        """A date that must be there."""
        if not self.has(name):
            self.fault(name, mark("A date such as 2026-10-31 is expected here."))
        return self.day(name) or date(1, 1, 1)

    def choice(self, name: str, kind: type[AnyEnum], default: AnyEnum | None = None) -> AnyEnum:
        """One of the values of an enumeration; without `default` it must be chosen."""
        found = self._get(name)
        if found is None and default is not None:
            return default
        values = [member.value for member in kind]
        if found not in values:
            self.fault(name, mark("Choose one of: {choices}."), choices=", ".join(values))
            return default or next(iter(kind))
        return kind(str(found))

    def child(self, name: str) -> "Node":
        """The object at `name` (an empty one if there is none)."""
        found = self._get(name)
        if found is not None and not isinstance(found, Mapping):
            self.fault(name, mark("An object is expected here."))
            found = None
        return Node({} if found is None else found, self._at(name), self.faults)

    def items(self, name: str) -> Iterator["Node"]:
        """The places of the list at `name`; nothing if there is none."""
        found = self._get(name)
        if found is None:
            return
        if isinstance(found, str) or not isinstance(found, Sequence):
            self.fault(name, mark("A list is expected here."))
            return
        for index, value in enumerate(found):
            yield Node(value, f"{self._at(name)}[{index}]", self.faults)

    def texts(self, name: str) -> tuple[str, ...]:
        """The strings of the list at `name`."""
        found = tuple(item.value for item in self.items(name))
        if any(not isinstance(value, str) for value in found):
            self.fault(name, mark("A list of texts is expected here."))
        return tuple(str(value) for value in found)

    def pairs(self, name: str) -> tuple[tuple[str, Decimal], ...]:
        """The object at `name` as (key, number) pairs in the written order."""
        node = self.child(name)
        keys = node.value if isinstance(node.value, Mapping) else {}
        return tuple((str(key), node.number(str(key))) for key in keys)

    def _get(self, name: str) -> object:
        return self.value.get(name) if isinstance(self.value, Mapping) else None

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}".strip(".")


def plain(value: object) -> object:
    """A frozen value as JSON: numbers as text, dates as `2026-10-31`, `kind` of a rule beside its fields."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, frozenset)):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        kind = getattr(value, "KIND", None)
        named = {item.name: plain(getattr(value, item.name)) for item in fields(value)}
        return named if kind is None else {"kind": str(kind), **named}
    if isinstance(value, (str, bool, int)) or value is None:
        return str(value) if isinstance(value, StrEnum) else value
    return str(value)


def _decimal(found: object) -> Decimal | None:
    if isinstance(found, bool) or not isinstance(found, (str, int, float, Decimal)):
        return None
    try:
        number = Decimal(str(found))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None

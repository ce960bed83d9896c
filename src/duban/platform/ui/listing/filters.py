"""Filters of a list: each gives form fields and knows how to narrow a queryset."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Choices, DateTimeField, F, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from duban.kernel.actor import Actor
from duban.kernel.errors import Invalid
from duban.kernel.period import Period
from duban.kernel.states import StateTable
from duban.platform.ui import formatting
from duban.platform.ui.listing.choosing import LongChoiceField

Text = str | Promise
Rows = QuerySet[Any]
ChoiceSource = type[Choices] | Mapping[Any, Any] | Iterable[tuple[Any, Any]]
EITHER = gettext_lazy("All")
LONGEST_TEXT = 100


def state_choices(table: StateTable) -> Callable[[], list[tuple[str, str]]]:
    """The states of a lifecycle as choices, translated when the page is drawn."""
    return lambda: [(state, gettext(label)) for state, label in table.labels.items()]


@dataclass(frozen=True)
class Filter:
    """What all filters share. `field` defaults to `key`; `apply(queryset, value)` says what one lookup cannot."""

    key: str
    label: Text
    field: str = ""
    apply: Callable[[Rows, Any], Rows] | None = None

    @property
    def title(self) -> str:
        """The label in the reader's language; forms are built anew for every request."""
        return str(self.label)

    @property
    def lookup(self) -> str:
        """The field or path to narrow by."""
        return self.field or self.key

    def form_fields(self, actor: Actor, /) -> dict[str, forms.Field]:
        """Fields of the filter form by their name in the URL."""
        raise NotImplementedError

    def value(self, cleaned: Mapping[str, Any]) -> Any:
        """The parsed value, or something empty if the filter is not used."""
        return cleaned.get(self.key)

    def narrow(self, rows: Rows, value: Any) -> Rows:
        """Keep the rows that fit `value`."""
        return self.apply(rows, value) if self.apply else self._narrow(rows, value)

    def shown(self, value: Any, _form: forms.Form, /) -> str:
        """The value as the chip of an active filter says it."""
        return str(value)

    def names(self) -> tuple[str, ...]:
        """Names of this filter in the URL."""
        return (self.key,)

    def _narrow(self, rows: Rows, value: Any) -> Rows:
        return rows.filter(**{self.lookup: value})


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of a few (or several of them, with `multiple`)."""

    choices: ChoiceSource | Callable[[], Iterable[tuple[Any, Any]]] = ()
    multiple: bool = False

    def form_fields(self, _actor: Actor, /) -> dict[str, forms.Field]:
        pairs = [(str(value), label) for value, label in self._pairs()]
        if self.multiple:
            return {self.key: forms.MultipleChoiceField(label=self.title, choices=pairs, required=False)}
        return {self.key: forms.ChoiceField(label=self.title, choices=[("", EITHER), *pairs], required=False)}

    def shown(self, value: Any, form: forms.Form, /) -> str:
        labels = dict(getattr(form.fields[self.key], "choices", ()))
        return ", ".join(str(labels.get(item, item)) for item in (value if self.multiple else [value]))

    def _pairs(self) -> Iterable[tuple[Any, Any]]:
        source: Any = self.choices
        if isinstance(source, type):
            return list(source.choices)  # type: ignore[attr-defined]  # the only classes given here are Django's Choices
        if isinstance(source, Mapping):
            return list(source.items())
        return list(source() if callable(source) else source)

    def _narrow(self, rows: Rows, value: Any) -> Rows:
        return rows.filter(**{f"{self.lookup}__in" if self.multiple else self.lookup: value})


@dataclass(frozen=True)
class ReferenceFilter(Filter):
    """One of the records that `options(actor)`, a selector, offers as (value, label)."""

    options: Callable[[Actor], Iterable[tuple[str, str]]] = lambda _actor: ()

    def form_fields(self, actor: Actor, /) -> dict[str, forms.Field]:
        pairs = [("", EITHER), *self.options(actor)]
        return {self.key: LongChoiceField(label=self.title, pairs=pairs, required=False)}

    def shown(self, value: Any, form: forms.Form, /) -> str:
        return str(dict(getattr(form.fields[self.key], "choices", ())).get(value, value))


@dataclass(frozen=True)
class BooleanFilter(Filter):
    """Yes, no, or either."""

    def form_fields(self, _actor: Actor, /) -> dict[str, forms.Field]:
        choices = [("", EITHER), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
        return {self.key: forms.ChoiceField(label=self.title, choices=choices, required=False)}

    def value(self, cleaned: Mapping[str, Any]) -> bool | None:
        return {"yes": True, "no": False}.get(cleaned.get(self.key, ""))

    def shown(self, value: Any, _form: forms.Form, /) -> str:
        return gettext("Yes") if value else gettext("No")


@dataclass(frozen=True)
class TextFilter(Filter):
    """A text that must occur in the field (or fit `lookup_kind` otherwise)."""

    lookup_kind: str = "icontains"

    def form_fields(self, _actor: Actor, /) -> dict[str, forms.Field]:
        return {self.key: forms.CharField(label=self.title, required=False, max_length=LONGEST_TEXT)}

    def _narrow(self, rows: Rows, value: Any) -> Rows:
        return rows.filter(**{f"{self.lookup}__{self.lookup_kind}": value})


@dataclass(frozen=True)
class MonthFilter(Filter):
    """One calendar month of a date, a time, or a stored code (`2026-10`)."""

    as_code: bool = False

    def form_fields(self, _actor: Actor, /) -> dict[str, forms.Field]:
        widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"})
        return {self.key: _MonthField(label=self.title, required=False, widget=widget)}

    def shown(self, value: Any, _form: forms.Form, /) -> str:
        return formatting.month(value)

    def _narrow(self, rows: Rows, value: Period) -> Rows:
        if self.as_code:
            return rows.filter(**{self.lookup: value.code})
        return _within_days(rows, self.lookup, value.start, _day_after(value.end))


class _MonthField(forms.CharField):
    def clean(self, value: Any) -> Period | None:
        text = super().clean(value)
        try:
            return Period.parse(text) if text else None
        except Invalid as error:
            raise forms.ValidationError(gettext("Write a month such as 2026-10.")) from error


@dataclass(frozen=True)
class _RangeFilter(Filter):
    """Two inputs, `key_from` and `key_to`; either may stay empty, both ends belong to the range."""

    def names(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def value(self, cleaned: Mapping[str, Any]) -> tuple[Any, Any] | None:
        ends = tuple(cleaned.get(name) for name in self.names())
        return None if ends == (None, None) else (ends[0], ends[1])

    def _labels(self) -> tuple[str, str]:
        return gettext("{name} from").format(name=self.label), gettext("{name} until").format(name=self.label)


@dataclass(frozen=True)
class DateFilter(_RangeFilter):
    """A range of days, both inclusive, over a date or a time field (local days)."""

    def form_fields(self, _actor: Actor, /) -> dict[str, forms.Field]:
        pairs = zip(self.names(), self._labels(), strict=True)
        return {name: self._day_field(label) for name, label in pairs}

    @staticmethod
    def _day_field(label: str) -> forms.DateField:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"])

    def shown(self, value: Any, _form: forms.Form, /) -> str:
        return " – ".join(formatting.day(end) if end else "…" for end in value)

    def _narrow(self, rows: Rows, value: tuple[date | None, date | None]) -> Rows:
        start, end = value
        return _within_days(rows, self.lookup, start, None if end is None else _day_after(end))


@dataclass(frozen=True)
class NumberFilter(_RangeFilter):
    """A range of numbers, both ends inclusive."""

    def form_fields(self, _actor: Actor, /) -> dict[str, forms.Field]:
        pairs = zip(self.names(), self._labels(), strict=True)
        return {name: forms.DecimalField(label=label, required=False, max_digits=18) for name, label in pairs}

    def shown(self, value: Any, _form: forms.Form, /) -> str:
        return " – ".join("…" if end is None else f"{end:f}" for end in value)

    def _narrow(self, rows: Rows, value: tuple[Decimal | None, Decimal | None]) -> Rows:
        low, high = value
        rows = rows if low is None else rows.filter(**{f"{self.lookup}__gte": low})
        return rows if high is None else rows.filter(**{f"{self.lookup}__lte": high})


def _within_days(rows: Rows, lookup: str, start: date | None, end: date | None) -> Rows:
    """Rows from `start` (inclusive) to `end` (exclusive); days begin at local midnight where the field is a time."""
    is_time = isinstance(field_of(rows, lookup), DateTimeField)
    if start is not None:
        rows = rows.filter(**{f"{lookup}__gte": _midnight(start) if is_time else start})
    if end is not None:
        rows = rows.filter(**{f"{lookup}__lt": _midnight(end) if is_time else end})
    return rows


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(max(day, date(1900, 1, 1)), time.min))


def field_of(rows: Rows, path: str) -> Any:
    """The field (or the annotation's output field) that `path` ends at."""
    if path in rows.query.annotations:
        return getattr(rows.query.annotations[path], "output_field", None)
    return F(path).resolve_expression(rows.query.clone()).output_field

from decimal import Decimal
from enum import StrEnum

import pytest

from duban.scorecards.domain.reader import Reader, decimal_of


class Colour(StrEnum):
    RED = "red"


def read(document):
    errors = []
    return Reader(document, path="top", errors=errors), errors


@pytest.mark.parametrize(
    ("value", "number"),
    [("1.50", "1.50"), (0.1, "0.1"), (3, "3"), (True, None), ("NaN", None), ("Infinity", None), ("x", None), ([], None)],
)
def test_decimals_keep_every_digit(value, number):
    assert decimal_of(value) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("call", "document"),
    [
        (lambda reader: reader.text("a"), {}),
        (lambda reader: reader.text("a"), {"a": 5}),
        (lambda reader: reader.number("a"), {"a": "x"}),
        (lambda reader: reader.number("a"), {"a": -1}),
        (lambda reader: reader.integer("a"), {"a": 1.5}),
        (lambda reader: reader.boolean("a", default=True), {"a": 1}),
        (lambda reader: reader.choice("a", Colour, default=Colour.RED), {"a": "blue"}),
        (lambda reader: reader.texts("a"), {"a": ["", "x"]}),
        (lambda reader: reader.children("a"), {"a": {}}),
        (lambda reader: reader.finish(), {"a": 1}),
    ],
)
def test_every_fault_names_its_place(call, document):
    reader, errors = read(document)
    call(reader)
    assert [error.field for error in errors] == ["top.a"]


def test_what_is_absent_takes_its_default():
    reader, errors = read({})
    assert reader.text("a", default="x") == "x"
    assert reader.number("b", default=Decimal(2)) == 2
    assert reader.optional_number("c") is None
    assert reader.texts("d") == ()
    assert reader.numbers("e") == {}
    assert reader.children("f") == ()
    assert errors == []


def test_lists_number_their_places():
    reader, errors = read({"items": [{"a": 1}, {"a": "x"}]})
    for item in reader.children("items"):
        item.number("a")
    assert [error.field for error in errors] == ["top.items[1].a"]


def test_something_else_than_an_object_is_refused():
    _, errors = read([1])
    assert [error.field for error in errors] == ["top"]

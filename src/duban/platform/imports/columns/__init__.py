"""Kinds of columns: each turns a cell into a value, or says why it cannot, and a value into a cell."""

from duban.platform.imports.columns.base import Column, Wrong
from duban.platform.imports.columns.choices import Boolean, Choice, Reference
from duban.platform.imports.columns.numbers import Decimal, Integer
from duban.platform.imports.columns.texts import Code, Text
from duban.platform.imports.columns.times import Date, DateTime, Month, Time

__all__ = [
    "Boolean",
    "Choice",
    "Code",
    "Column",
    "Date",
    "DateTime",
    "Decimal",
    "Integer",
    "Month",
    "Reference",
    "Text",
    "Time",
    "Wrong",
]

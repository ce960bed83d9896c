"""Imports: declared columns, reading with row-by-row errors, set-based saving; see `docs/how-to/add-an-import.md`."""

from duban.platform.imports.columns import (
    Boolean,
    Choice,
    Code,
    Column,
    Date,
    DateTime,
    Decimal,
    Integer,
    Month,
    Reference,
    Text,
    Time,
)
from duban.platform.imports.importer import ImportCounts, Importer, ImportRefused, ImportRow, Progress, RowProblem
from duban.platform.imports.saving import insert_many, keys_by, upsert
from duban.platform.sheets.problems import Reason

__all__ = [
    "Boolean",
    "Choice",
    "Code",
    "Column",
    "Date",
    "DateTime",
    "Decimal",
    "ImportCounts",
    "ImportRefused",
    "ImportRow",
    "Importer",
    "Integer",
    "Month",
    "Progress",
    "Reason",
    "Reference",
    "RowProblem",
    "Text",
    "Time",
    "insert_many",
    "keys_by",
    "upsert",
]

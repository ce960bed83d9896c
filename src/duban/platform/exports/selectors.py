"""Which exporters exist."""

from collections.abc import Sequence
from typing import cast

from django.utils.module_loading import import_string

from duban.kernel.errors import NotFound
from duban.kernel.text import mark
from duban.platform.exports.exporter import Exporter
from duban.platform.tables_by_name import wired


def exporters() -> list[Exporter]:
    """Every exporter, in the order of the wiring table."""
    return [cast("Exporter", import_string(path)) for path in cast("Sequence[str]", wired("DUBAN_EXPORTS"))]


def exporter(kind: str) -> Exporter:
    """The exporter of a kind; `NotFound` names the kinds there are."""
    known = {item.kind: item for item in exporters()}
    if kind not in known:
        raise NotFound(mark("There is no export “{kind}”. Known are: {known}."), kind=kind, known=", ".join(known))
    return known[kind]

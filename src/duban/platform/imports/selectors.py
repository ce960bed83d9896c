"""Which importers exist, and which imports have been made."""

from collections.abc import Sequence
from typing import cast

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.text import mark
from duban.platform.imports.importer import Importer
from duban.platform.imports.models import ImportRun
from duban.platform.records import get_by_code
from duban.platform.tables_by_name import wired


def importers() -> list[Importer]:
    """Every importer, in the order of the wiring table."""
    return [cast("Importer", import_string(path)) for path in cast("Sequence[str]", wired("DUBAN_IMPORTS"))]


def importer(kind: str) -> Importer:
    """The importer of a kind; `NotFound` names the kinds there are."""
    known = {item.kind: item for item in importers()}
    if kind not in known:
        raise NotFound(mark("There is no import “{kind}”. Known are: {known}."), kind=kind, known=", ".join(known))
    return known[kind]


def importers_for(actor: Actor) -> list[Importer]:
    """Importers the actor may use."""
    if not actor.can("platform.import"):
        return []
    return [item for item in importers() if not item.permission or actor.can(item.permission)]


def run_list(actor: Actor) -> QuerySet[ImportRun]:
    """Imports of the actor's company."""
    return ImportRun.objects.for_actor(actor).defer("problems")


def run_get(actor: Actor, code: str) -> ImportRun:
    """One import, or `NotFound`."""
    return get_by_code(ImportRun.objects.for_actor(actor), code)

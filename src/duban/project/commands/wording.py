"""Imports in words and in JSON, for the terminal."""

from dataclasses import asdict, is_dataclass
from typing import Any

from duban.platform.exports.selectors import exporters
from duban.platform.imports.models import ImportRun
from duban.platform.imports.selectors import importers


def kinds_of_imports() -> dict[str, str]:
    """Every kind that can be imported, with its label."""
    return {item.kind: str(item.label) for item in importers()}


def kinds_of_exports() -> dict[str, str]:
    """Every kind that can be exported, with its label."""
    return {item.kind: str(item.label) for item in exporters()}


def problem_document(item: Any) -> dict[str, Any]:
    """One problem of a refused file as plain values."""
    if is_dataclass(item) and not isinstance(item, type):
        return asdict(item)
    return dict(item)


def problem_line(item: dict[str, Any]) -> str:
    """One problem as a line: where, what, how to mend it."""
    where = " ".join(str(item[key]) for key in ("sheet", "row", "column") if item.get(key))
    what = " ".join(str(item[key]) for key in ("message", "remedy") if item.get(key))
    return f"{where}: {what}" if where else what


def run_document(run: ImportRun) -> dict[str, Any]:
    """An import as JSON."""
    return {
        "kind": run.kind,
        "stage": str(run.stage),
        "created": run.created_count,
        "updated": run.updated_count,
        "unchanged": run.unchanged_count,
        "problems": [problem_document(item) for item in run.problems],
    }

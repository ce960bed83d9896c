"""A browser's field for a day takes ISO only, whatever the reader's language writes."""

import ast

from tests.repo.source import assert_only_known, place, python_files, tree_of

INPUTS = {"DateInput", "DateTimeInput"}


def test_fields_for_days_are_filled_in_as_browsers_read_them():
    missing = [
        f"{place(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in INPUTS
        and not any(keyword.arg == "format" for keyword in node.keywords)
    ]
    assert_only_known(missing, "date_inputs_without_format")

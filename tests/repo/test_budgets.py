"""How long things may be. A list of exceptions shrinks; it never grows."""

import ast

from tests.repo.source import SOURCE, TESTS, assert_only_known, functions_of, place, python_files, templates, text_of, tree_of

FILE_LIMIT = 500
TEST_FILE_LIMIT = 600
FUNCTION_LIMIT = 50
VIEW_LIMIT = 20
TEMPLATE_LIMIT = 120
SERVICE_LIMIT = 12
EDGES = {"views", "api", "tasks"}


def length(node):
    """Lines of a function without its docstring and decorators."""
    docstring = node.body[0] if ast.get_docstring(node) else None
    spared = (docstring.end_lineno - docstring.lineno + 1) if docstring else 0
    return node.end_lineno - node.lineno + 1 - spared


def lines(path):
    return text_of(path).count("\n")


def test_files_are_short():
    assert_only_known((place(path) for path in python_files() if lines(path) > FILE_LIMIT), "long_files")


def test_test_files_are_short():
    assert_only_known((place(path) for path in TESTS.rglob("*.py") if lines(path) > TEST_FILE_LIMIT), "long_test_files")


def test_functions_are_short():
    found = [
        f"{place(path)}:{node.name}" for path in python_files() for node in functions_of(path) if length(node) > FUNCTION_LIMIT
    ]
    assert_only_known(found, "long_functions")


def test_edges_are_thin():
    found = [
        f"{place(path)}:{node.name}"
        for path in python_files()
        if EDGES & set(path.relative_to(SOURCE).with_suffix("").parts[1:])
        for node in functions_of(path)
        if length(node) > VIEW_LIMIT
    ]
    assert_only_known(found, "long_views")


def test_templates_are_short():
    assert_only_known((place(path) for path in templates() if lines(path) > TEMPLATE_LIMIT), "long_templates")


def test_service_modules_are_small():
    found = []
    for path in python_files():
        if "services" in path.relative_to(SOURCE).with_suffix("").parts:
            public = [
                node for node in tree_of(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            ]
            found += [place(path)] * (len(public) > SERVICE_LIMIT)
    assert_only_known(found, "wide_service_modules")

"""Every module has its test, by the same name in the same place; services, cores and models say what they are."""

import ast

from tests.repo.source import SOURCE, TESTS, assert_only_known, place, python_files, tree_of

SELF_EVIDENT = {"__init__", "apps", "urls", "asgi", "wsgi", "settings", "wiring", "rights", "navigation", "states", "events"}
DECLARATIONS = {"models", "permissions", "forms", "schemas", "tables", "importers", "exporters"}
"""Declare and do not act; the tests of the services, views and operations that use them are their tests."""
DOCUMENTED = {"services", "domain", "kernel", "models"}


def has_content(path):
    """Whether a module defines anything a test could hold."""
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) for node in tree_of(path).body)


def mirror_names(path):
    """Test files that count as the mirror of a module: its own, or one for its whole folder."""
    inside = path.relative_to(SOURCE)
    own = TESTS / inside.parent / f"test_{inside.stem}.py"
    whole = TESTS / inside.parent.parent / f"test_{inside.parent.name}.py"
    told = TESTS / "project" / f"test_{inside.parts[1]}.py" if inside.parts[0] == "project" else whole
    return (own, whole, told) if len(inside.parts) > 2 else (own,)


def test_every_module_has_its_test():
    missing = [
        place(path)
        for path in python_files()
        if not (SELF_EVIDENT | DECLARATIONS) & set(path.relative_to(SOURCE).with_suffix("").parts)
        and has_content(path)
        and not any(name.exists() for name in mirror_names(path))
    ]
    assert_only_known(missing, "modules_without_test")


def test_no_test_without_its_module():
    own_parts = {"repo", "journeys", "factories", "snapshots"}
    orphans = []
    for test in sorted(TESTS.rglob("test_*.py")):
        inside = test.relative_to(TESTS)
        module = SOURCE / inside.parent / inside.name.removeprefix("test_")
        if inside.parts[0] not in own_parts and not module.exists() and not module.with_suffix("").is_dir():
            orphans.append(inside.as_posix())
    assert_only_known(orphans, "tests_without_module")


def own_definitions(path):
    """Public classes and functions at the top of a module; querysets and managers explain themselves."""
    for node in tree_of(path).body:
        is_named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if is_named and not node.name.endswith(("QuerySet", "Manager")):
            yield node


def test_services_cores_and_models_are_described():
    missing = [
        f"{place(path)}:{node.name}"
        for path in python_files()
        if DOCUMENTED & set(path.relative_to(SOURCE).with_suffix("").parts)
        for node in own_definitions(path)
        if not ast.get_docstring(node)
    ]
    assert_only_known(missing, "without_docstring")

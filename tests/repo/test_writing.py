"""Who may write what: states, managers, late imports, suppressions, business words."""

import ast
import re

import pytest

from tests.repo.source import SOURCE, TESTS, assert_only_known, place, python_files, text_of, tree_of

QUERYING = {"models", "selectors", "services", "migrations", "management"}
STATE_WRITERS = {"platform/states.py", "platform/records.py"}
STORIES = ("project/demo/", "project/real/")
"""Companies made up or brought in as a whole."""
BUSINESS_NOUNS = re.compile(
    r"\b(vendor|estate|contract|inspection|complaint|survey|scorecard|settlement|deduction|household|cleaning|tender)s?\b",
    re.IGNORECASE,
)
WORDS_OF_THE_ACTOR = {"is_vendor", "vendor_paths"}
LOW = ("kernel", "platform")
CARRIERS = {"kernel/actor.py", "kernel/occurrence.py", "kernel/metrics.py"}
SUPPRESSION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover|mypy:)[^\n]*")
REASONED = re.compile(r"#\s*(?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|type: ignore\[[\w, -]+\]|pragma: no cover)(?: - |  # )\S.{3,}")


def assigned_names(path):
    for node in ast.walk(tree_of(path)):
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AugAssign | ast.AnnAssign)
            else []
        )
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
                    yield part.attr


def test_only_the_state_machine_assigns_states():
    writers = {
        place(path) for path in python_files() if "state" in set(assigned_names(path)) and not place(path).startswith(STORIES)
    }
    assert writers - STATE_WRITERS == set()


def test_objects_are_queried_only_where_queries_belong():
    wrong = []
    for path in python_files():
        if QUERYING & set(path.relative_to(SOURCE).with_suffix("").parts) or place(path).startswith(STORIES):
            continue
        lines = [node.lineno for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute) and node.attr == "objects"]
        wrong += [place(path)] * bool(lines)
    assert_only_known(wrong, "objects_outside_selectors_and_services")


def test_low_packages_know_no_business():
    wrong = []
    for path in python_files():
        if path.relative_to(SOURCE).parts[0] not in LOW or place(path) in CARRIERS:
            continue
        for node in ast.walk(tree_of(path)):
            name = getattr(node, "name", None) or getattr(node, "id", None) or getattr(node, "attr", None)
            if isinstance(name, str) and name not in WORDS_OF_THE_ACTOR and BUSINESS_NOUNS.search(name.replace("_", " ")):
                wrong.append(f"{place(path)}: {name}")
    assert_only_known(wrong, "business_nouns_below")


@pytest.mark.parametrize("folder", [SOURCE, TESTS], ids=["src", "tests"])
def test_every_suppression_says_why(folder):
    wrong = [
        f"{place(path)}: {found.group().strip()}"
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts and path.name != "test_writing.py"
        for found in SUPPRESSION.finditer(text_of(path))
        if not REASONED.search(found.group())
    ]
    assert wrong == []


def test_no_module_is_a_drawer():
    drawers = {"utils", "helpers", "common", "constants", "signals", "misc", "managers"}
    assert [place(path) for path in python_files() if path.stem in drawers] == []


def test_query_counts_are_asserted_inside_a_block():
    wrong = []
    for path in sorted(TESTS.rglob("test_*.py")):
        inside = {
            id(item.context_expr) for node in ast.walk(tree_of(path)) if isinstance(node, ast.With) for item in node.items
        }
        calls = [
            node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call) and "num_queries" in ast.dump(node.func)
        ]
        wrong += [f"{place(path)}:{node.lineno}" for node in calls if id(node) not in inside]
    assert wrong == []

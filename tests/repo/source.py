"""The source tree as the tests about it see it: files, syntax trees, and the lists of exceptions that may only shrink."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "duban"
TESTS = ROOT / "tests"
EXCEPTIONS = Path(__file__).parent / "exceptions.toml"
APPS = (
    "orgs",
    "estates",
    "vendors",
    "standards",
    "contracts",
    "inspections",
    "attendance",
    "complaints",
    "surveys",
    "scorecards",
    "settlement",
    "insight",
)

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def python_files() -> tuple[Path, ...]:
    """Every hand-written module of the package."""
    return tuple(sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts))


@cache
def templates() -> tuple[Path, ...]:
    """Every template of the package."""
    return tuple(sorted(SOURCE.rglob("templates/**/*.html")))


@cache
def text_of(path: Path) -> str:
    """Text of one file."""
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """Syntax tree of one module."""
    return ast.parse(text_of(path), filename=str(path))


def functions_of(path: Path) -> Iterator[AnyFunction]:
    """Every function of a module, methods and inner functions too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, AnyFunction):
            yield node


def place(path: Path) -> str:
    """A file as it is named in reports: `contracts/services.py`, or from the root if it is not source."""
    return path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT).as_posix()


def assert_only_known(found: Iterable[str], name: str) -> None:
    """Fail for a finding that is not among the exceptions `name`, and for an exception that is no longer needed."""
    known = set(tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8")).get(name, []))
    found = set(found)
    assert not found - known, f"{name}:\n" + "\n".join(sorted(found - known))
    assert not known - found, f"no longer needed in {EXCEPTIONS.name}, [{name}]:\n" + "\n".join(sorted(known - found))

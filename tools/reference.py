"""Write `docs/reference` from the tables in the code, so that it cannot be wrong.

`--check` changes nothing and fails if a page is stale.
"""

import argparse
import importlib
import inspect
import os
import pkgutil
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.project.settings")


def main() -> int:
    """Write every page, or say which is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    is_check = parser.parse_args().check
    set_up()
    stale = []
    for name, text in pages().items():
        path = REFERENCE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not is_check:
                REFERENCE.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    sys.stdout.writelines(f"docs/reference/{name} {'is stale' if is_check else 'written'}\n" for name in stale)
    return 1 if is_check and stale else 0


def set_up() -> None:
    """Load the project, with a throw-away data folder if none is named."""
    os.environ.setdefault("DUBAN_DATA_DIR", tempfile.mkdtemp(prefix="duban-reference-"))
    import django

    django.setup()


def pages() -> dict[str, str]:
    """Every page of the reference by its file name."""
    makers: dict[str, Callable[[], str]] = {
        "states.md": states,
        "permissions.md": permissions,
        "events.md": events,
        "settings.md": settings,
        "metrics.md": metrics,
        "schemes.md": schemes,
        "routes.md": routes,
        "commands.md": commands,
    }
    return {name: f"{maker().rstrip()}\n" for name, maker in makers.items()}


def states() -> str:
    """Lifecycles: diagram and table of moves."""
    from duban.kernel.states import StateTable

    parts = ["# Lifecycles", "", "One table of moves per lifecycle, in each app's `domain/states.py`."]
    tables = {
        value.name: value
        for module in modules(".domain.states")
        for value in vars(module).values()
        if isinstance(value, StateTable)
    }
    for name, table in sorted(tables.items()):
        parts += ["", f"## {name}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {table.initial}"]
        parts += [f"    {source} --> {move.target}: {move.name}" for move in table.moves for source in sorted(move.sources)]
        parts += [f"    {state} --> [*]" for state in sorted(table.final_states)]
        rows = [
            (
                move.name,
                move.label,
                ", ".join(sorted(move.sources)),
                move.target,
                f"`{move.permission}`" if move.permission else "the system",
                "yes" if move.needs_note else "",
            )
            for move in table.moves
        ]
        parts += ["```", "", *markdown_table(("move", "label", "from", "to", "right", "reason asked"), rows)]
    return "\n".join(parts)


def permissions() -> str:
    """Role × right."""
    from duban.orgs.domain.roles import Role
    from duban.project.rights import RIGHTS

    codes = sorted(set().union(*RIGHTS.values()))
    parts = [
        "# Rights",
        "",
        "Which role holds which right, from `project/rights.py`. A right is held at a unit and all below it.",
    ]
    for app in sorted({code.split(".")[0] for code in codes}):
        own = [code for code in codes if code.startswith(f"{app}.")]
        rows = [(role.label, *("●" if code in RIGHTS[role] else "" for code in own)) for role in Role]
        parts += ["", f"## {app}", "", *markdown_table(("role", *(f"`{code}`" for code in own)), rows)]
    return "\n".join(parts)


def events() -> str:
    """What is announced and who listens."""
    from duban.project.wiring import LISTENERS, PERIODIC_JOBS

    parts = ["# Events", "", "Frozen facts announced from below, and who listens (`project/wiring.py`)."]
    for event, listeners in sorted(LISTENERS.items(), key=lambda item: f"{item[0].__module__}.{item[0].__name__}"):
        parts += ["", f"## {event.__name__}", "", f"`{event.__module__}` — {first_line(event)}", ""]
        parts += [f"- `{field.name}`: {plain_type(field.type)}" for field in fields(event) if is_dataclass(event)]
        heard = [f"- heard by `{listener.path}` ({listener.when.value})" for listener in listeners]
        parts += ["", *(heard or ["- nobody listens"])]
    parts += ["", "# Periodic jobs", ""]
    return "\n".join(
        parts + markdown_table(("job", "task", "every"), [(job.name, f"`{job.task}`", str(job.every)) for job in PERIODIC_JOBS])
    )


def settings() -> str:
    """The variables of the environment, read from the one function that reads them."""
    from duban.project import env

    source = inspect.getsource(env.read_env)
    described = dict(re.findall(r'^    "(\w+)": "(.*)",$', inspect.getsource(env), re.MULTILINE))
    names = sorted({*re.findall(r'"((?:DUBAN_|DATABASE_)\w+)"', inspect.getsource(env))})
    parts = [
        "# Settings",
        "",
        "Read once at start; a wrong value ends the start with the variable's name. Flags are yes or no.",
    ]
    defaults = dict(re.findall(r'"(DUBAN_\w+)"[^\n]*?(?:default=|or )([^\s,)]+|"[^"]*")\)?', source))
    rows = [(f"`{name}`", defaults.get(name, "").strip('"'), described.get(name, "")) for name in names]
    return "\n".join([*parts, "", *markdown_table(("variable", "default", "meaning"), rows)])


def metrics() -> str:
    """What is measured and what can cost points."""
    from duban.scorecards.domain import vocabulary

    parts = ["# Metrics and occurrences", "", first_paragraph(vocabulary)]
    for name, value in sorted(vars(vocabulary).items()):
        if name.isupper() and isinstance(value, Mapping) and value and all(isinstance(item, str) for item in value.values()):
            parts += [
                "",
                f"## {name.lower().replace('_', ' ')}",
                "",
                *markdown_table(("name", "meaning"), [(f"`{key}`", text) for key, text in value.items()]),
            ]
        elif name.isupper() and isinstance(value, tuple | frozenset) and all(isinstance(item, str) for item in value):
            parts += ["", f"## {name.lower().replace('_', ' ')}", "", *(f"- `{item}`" for item in sorted(value))]
    return "\n".join(parts)


def schemes() -> str:
    """The schemes that come with the product, with their sources."""
    from duban.scorecards.services.schemes import shipped_definitions

    parts = [
        "# Schemes",
        "",
        "Appraisal schemes that come with the product. Each is data with its source; copies can be edited.",
    ]
    for definition in shipped_definitions():
        names = getattr(definition, "name", {})
        title = names.get("zh", "") if isinstance(names, Mapping) else str(names)
        parts += ["", f"## {definition.code} {title}", ""]
        parts += [f"Source: {definition.source}", ""] if getattr(definition, "source", "") else []
        rows = [
            (block_name(block), block_name(indicator), str(indicator.weight), type(indicator.rule).__name__)
            for block in getattr(definition, "blocks", ())
            for indicator in block.indicators
        ]
        parts += markdown_table(("block", "indicator", "weight", "rule"), rows)
    return "\n".join(parts)


def routes() -> str:
    """Pages and operations."""
    from tests.routes import operations
    from tests.routes import pages as addresses

    parts = ["# Addresses", "", "Who gets which answer stands in `tests/snapshots/permissions.csv`.", "", "## Pages", ""]
    parts += markdown_table(("name", "address"), [(f"`{route.name}`", f"`{shown(route)}`") for route in addresses()])
    parts += ["", "## API", ""]
    return "\n".join([*parts, *(f"- `{route.name}`" for route in operations())])


def commands() -> str:
    """The command line."""
    from duban.project.command import COMMANDS, EPILOG

    rows = [(f"`duban {name}`", entry.summary) for name, entry in COMMANDS.items()]
    return "\n".join(["# Commands", "", f"Each has `--help`. {EPILOG}", "", *markdown_table(("command", "what it does"), rows)])


def shown(route: object) -> str:
    """An address with its parameters in angle brackets."""
    path = route.path(lambda _name, _parameter: None)  # type: ignore[attr-defined]  # a route of tests/routes.py
    for parameter, dummy in route.parameters.items():  # type: ignore[attr-defined]  # as above
        path = path.replace(f"/{dummy}", f"/<{parameter}>", 1)
    return str(path)


def modules(ending: str) -> Iterator[ModuleType]:
    """Modules of the package whose name ends like this."""
    import duban

    for found in pkgutil.walk_packages(duban.__path__, "duban."):
        if found.name.endswith(ending):
            yield importlib.import_module(found.name)


def block_name(thing: object) -> str:
    """The Chinese name of a block or an indicator."""
    name = getattr(thing, "name", "")
    return str(name.get("zh", "")) if isinstance(name, Mapping) else str(getattr(name, "zh", name))


def first_line(thing: object) -> str:
    """First line of a docstring."""
    return (inspect.getdoc(thing) or "").split("\n")[0]


def first_paragraph(thing: object) -> str:
    """First paragraph of a docstring in one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split("\n"))


def plain_type(kind: object) -> str:
    """A type as one writes it."""
    return getattr(kind, "__name__", str(kind)) if not str(kind).startswith(("tuple[", "dict[")) else str(kind)


def markdown_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    """A table; an empty one says so."""
    if not rows:
        return ["None."]
    escaped = [tuple(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows]
    return [f"| {' | '.join(line)} |" for line in (header, ("---",) * len(header), *escaped)]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())

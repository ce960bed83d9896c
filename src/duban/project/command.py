"""The command `duban`. A command is loaded when it is called, so that help and pure cores need no database."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, cast

import click

from duban.kernel.errors import DomainError
from duban.project.env import WrongEnvironment

REFUSED = 1
WRONG_ENVIRONMENT = 3
EPILOG = "Exit codes: 0 done; 1 refused, or something was found wrong; 2 wrong use of the command; 3 wrong environment."


@dataclass(frozen=True)
class Entry:
    """Where a command lives, what it does in one line, and what it needs before it is loaded."""

    path: str
    summary: str
    needs_django: bool = True
    environment: Mapping[str, str] = field(default_factory=dict)


DEMO = {"DUBAN_DATA_DIR": "demo", "DUBAN_DEMO": "1"}
REAL = {"DUBAN_DATA_DIR": "real"}
COMMANDS: Mapping[str, Entry] = {
    "serve": Entry("serving.serve", "Serve the web and run the worker, in one process tree.", needs_django=False),
    "work": Entry("serving.work", "Run only the worker."),
    "migrate": Entry("serving.migrate", "Bring the database to the shape this version needs."),
    "demo": Entry("demo.demo", "Build the demo company in ./demo and serve it.", environment=DEMO),
    "close": Entry("months.close", "Close a period: score every line that is due."),
    "import": Entry("ledgers.import_ledger", "Read an Excel or CSV ledger into a register."),
    "template": Entry("ledgers.template", "Write the empty workbook for an import."),
    "export": Entry("ledgers.export", "Write a register as Excel, CSV or JSON lines."),
    "audit": Entry("trail.audit", "Prove that the audit trail is whole."),
    "backup": Entry("copies.backup", "Write everything into one file."),
    "restore": Entry("copies.restore", "Bring a backup back into an empty installation."),
    "token": Entry("tokens.token", "Give, list and take away API tokens."),
    "check": Entry("checking.check", "Say whether this installation is sound."),
    "calc": Entry("calc.calc", "Recompute a figure from JSON, without any database.", needs_django=False),
    "real": Entry("real.real", "Compare with the scores a city published (make real DATA=folder).", environment=REAL),
    "django": Entry("django.django", "Run one of Django's own commands (for developers).", needs_django=False),
}


class LazyGroup(click.Group):
    """A group that loads a command only when it is called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command, after Django if it needs it."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        for name, value in entry.environment.items():
            os.environ.setdefault(name, value)
        if entry.needs_django:
            set_up_django()
        module, name = entry.path.split(".")
        return cast("click.Command", getattr(import_module(f"duban.project.commands.{module}"), name))

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal of the domain and a wrong environment become a message and an exit code."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.project.settings")
        try:
            return super().invoke(ctx)
        except WrongEnvironment as error:
            click.echo(str(error), err=True)
            sys.exit(WRONG_ENVIRONMENT)
        except DomainError as error:
            click.echo(refusal_text(error), err=True)
            sys.exit(REFUSED)


def set_up_django() -> None:
    """Load Django with the product's settings; a wrong environment raises with its variable's name."""
    import django  # noqa: PLC0415 - only commands that need the database pay for it

    django.setup()


def refusal_text(error: DomainError) -> str:
    """A refusal as lines for a terminal: the message, then each input at fault."""
    lines = [error.message.format(**error.params) if error.params else error.message]
    lines += [f"  {item.field}: {item.message.format(**item.params)}" for item in error.errors]
    return "\n".join(lines)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG)
@click.version_option(package_name="duban")
def main() -> None:
    """Control of outsourced property services.

    Settings come from the environment; docs/reference/settings.md lists them.
    """

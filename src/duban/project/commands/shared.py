"""What commands share: on whose behalf they act, and how they show that something moves."""

import json
import sys
import time
from types import TracebackType
from typing import Any, Self

import click

from duban.kernel.actor import Actor, Channel, system_actor
from duban.orgs.models import Unit
from duban.orgs.selectors import tenant_roots

REDRAW_SECONDS = 0.1

tenant_option = click.option("--tenant", metavar="CODE", help="Company to work in; needed only if there are several.")
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")


def tenant_root(code: str | None) -> Unit:
    """The company a command works in: the one named, or the only one."""
    roots = tenant_roots()
    if code:
        roots = [root for root in roots if root.code == code]
    if len(roots) == 1:
        return roots[0]
    if not roots:
        raise click.UsageError(f"There is no company {code}." if code else "There is no company yet.")
    raise click.UsageError("There are several companies; choose one with --tenant: " + ", ".join(root.code for root in roots))


def command_actor(root: Unit) -> Actor:
    """The system inside one company, as its commands act."""
    return system_actor(root.path, name="duban", channel=Channel.COMMAND)


def print_json(document: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


class Progress:
    """A line on the terminal that says how far a step is; silent where nobody watches. Use as a context manager."""

    def __init__(self) -> None:
        self.is_watched = sys.stderr.isatty()
        self._last = 0.0
        self._wrote = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        if self._wrote:
            click.echo("\r\033[K", nl=False, err=True)

    def show(self, step: str, done: int, total: int) -> None:
        """Draw `step` at `done` of `total`, ten times a second at most."""
        now = time.monotonic()
        if not self.is_watched or (now - self._last < REDRAW_SECONDS and done < total):
            return
        self._last, self._wrote = now, True
        share = min(1.0, done / total) if total else 0.0
        bar = "█" * round(share * 30)
        click.echo(f"\r\033[K{step:<8} {bar:<30} {share:4.0%}  {done:,} / {total:,}", nl=False, err=True)

    def count(self, done: int, total: int, step: str) -> None:
        """The same, in the order in which imports report."""
        self.show(step, done, total)

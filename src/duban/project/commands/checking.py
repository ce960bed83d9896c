import sys

import click
from django.core import checks
from django.db import DatabaseError

from duban.platform.health import CHECKS
from duban.project.commands.shared import json_option, print_json


@click.command()
@json_option
def check(*, as_json: bool) -> None:
    """Say whether this installation is sound: settings, database, migrations, worker, storage. Exit code 1 if not."""
    results = {"settings": settings_fault(), **{name: _tried(name) for name in CHECKS}}
    if as_json:
        print_json(results)
    else:
        for name, fault in results.items():
            click.echo(f"{'✗' if fault else '✓'} {name:<12} {fault or 'ok'}")
    if any(results.values()):
        sys.exit(1)


def settings_fault() -> str:
    """What Django's own checks complain about."""
    found = checks.run_checks()
    return "; ".join(str(message.msg) for message in found if message.is_serious())


def _tried(name: str) -> str:
    try:
        return CHECKS[name]()
    except (DatabaseError, OSError) as error:
        return str(error) or type(error).__name__

import sys
from dataclasses import asdict

import click

from duban.platform.audit.selectors import verify_chains
from duban.project.commands.shared import json_option, print_json


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@json_option
def verify(*, as_json: bool) -> None:
    """Recompute the hash chain of every company from its first entry; exit code 1 if it is broken anywhere."""
    count, faults = verify_chains()
    if as_json:
        print_json({"entries": count, "faults": [asdict(fault) for fault in faults]})
    else:
        for fault in faults:
            click.echo(f"{fault.scope} entry {fault.sequence}: {fault.problem}", err=True)
        click.echo(f"{count:,} entries, " + (f"{len(faults)} faults" if faults else "the chain is whole"))
    if faults:
        sys.exit(1)

import sys
from pathlib import Path

import click
from django.core.management import call_command

from duban.orgs.selectors import tenant_roots
from duban.project.commands.shared import json_option, print_json
from duban.project.real.run import Difference, Outcome, run_scores

GOAL = 0.98
SHOWN = 40


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def real(folder: Path, *, as_json: bool) -> None:
    """Import the open data in FOLDER into ./real, close every month, and compare with the scores the city published.

    Exit code 1 if less than 98 % of the published scores come out exactly.
    """
    call_command("migrate", verbosity=0)
    if tenant_roots():
        raise click.ClickException("The data folder holds a company already; take another with DUBAN_DATA_DIR=folder.")
    outcome = run_scores(folder, lambda text: click.echo(f"  {text}", err=True))
    if as_json:
        print_json({"scored": outcome.scored, "exact": outcome.exact, "share": outcome.share})
    else:
        report(outcome)
    if outcome.share < GOAL:
        sys.exit(1)


def report(outcome: Outcome) -> None:
    """The comparison in words, with the scores that came out differently."""
    click.echo(f"{outcome.exact:,} of {outcome.scored:,} published scores are reproduced exactly ({outcome.share:.2%})")
    for item in outcome.differences[:SHOWN]:
        click.echo(f"  {difference_line(item)}")
    if len(outcome.differences) > SHOWN:
        click.echo(f"  … and {len(outcome.differences) - SHOWN:,} more")


def difference_line(item: Difference) -> str:
    """One score that came out differently."""
    return f"business {item.business} on {item.on}: published {item.published}, ours {item.ours}"

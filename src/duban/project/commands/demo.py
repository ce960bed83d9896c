import os
import sys

import click
from django.core.management import call_command

from duban.platform.parameters.services import load_shipped_values
from duban.platform.worker.loop import first_round
from duban.project.demo.load import is_loaded, is_taken, load_demo


@click.command()
@click.option("--serve", "is_served", is_flag=True, help="Serve it afterwards on http://127.0.0.1:8000.")
@click.option("--port", type=int, default=8000, show_default=True)
def demo(*, is_served: bool, port: int) -> None:
    """Build the demo company, always the same one, in the data folder (./demo unless DUBAN_DATA_DIR says otherwise).

    A database that is in use is left alone; the second time there is nothing to build. The sign-in page shows the accounts.
    """
    call_command("migrate", verbosity=0)
    load_shipped_values()
    if is_taken():
        raise click.ClickException("The data folder holds another company already; take another with DUBAN_DATA_DIR=folder.")
    if is_loaded():
        click.echo("The database holds a company already; nothing was built.")
    else:
        click.echo("Building the demo company …")
        load_demo(lambda text: click.echo(f"  {text}"))
        click.echo("  a first round of the worker")
        first_round()
    if is_served:
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "duban", "serve", "--port", str(port)])  # noqa: S606 - our own command

from pathlib import Path

import click
from django.core.management import call_command

from duban.project.commands.shared import Progress
from duban.project.copies import read_backup, write_backup


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the whole installation, data and files, into FILE (.tar or .tar.gz). Others may go on working.

    The file holds everything, the secret key of the data folder too: keep it as safe as the installation itself.
    """
    with Progress() as progress:
        report = write_backup(file, progress.show)
    click.echo(f"{file}: {report.rows:,} rows of {report.tables} tables, {report.files:,} files")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring FILE back into an empty installation, whichever engine it was made on. One in use is refused."""
    call_command("migrate", verbosity=0)
    with Progress() as progress:
        report = read_backup(file, progress.show)
    click.echo(f"{report.rows:,} rows of {report.tables} tables, {report.files:,} files")

import os

import click
from django.core.management import execute_from_command_line


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own management commands (for developers)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.project.settings")
    execute_from_command_line(["duban django", *arguments])

"""The command `duban`."""

import os

import click


def _django() -> None:
    import django  # noqa: PLC0415 - settings are read only when a command needs them

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.project.settings")
    django.setup()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="duban")
def main() -> None:
    """Control of outsourced property services."""


@main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own management commands (for developers)."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the settings are known

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.project.settings")
    execute_from_command_line(["duban django", *arguments])

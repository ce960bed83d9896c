"""Ledgers in and out: `duban import`, `duban template`, `duban export`."""

import sys
from pathlib import Path

import click

from duban.platform.exports.services import write_export
from duban.platform.imports.services import run_import, write_template
from duban.project.commands.shared import Progress, command_actor, json_option, print_json, tenant_option, tenant_root
from duban.project.commands.wording import kinds_of_exports, kinds_of_imports, problem_document, problem_line, run_document

SHOWN_PROBLEMS = 30
language_option = click.option(
    "--language", type=click.Choice(["zh-hans", "en"]), default="zh-hans", show_default=True, help="Language of the headings."
)


@click.command("import")
@click.argument("kind", metavar="KIND")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@tenant_option
@json_option
def import_ledger(kind: str, file: Path, tenant: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Read FILE (Excel or CSV, Chinese or English headings) into the register KIND: all rows or none.

    A refused file answers with sheet, row, column and reason of every fault; the exit code is then 1.
    """
    check_kind(kind, kinds_of_imports())
    actor = command_actor(tenant_root(tenant))
    with Progress() as progress:
        run = run_import(file, kind=kind, actor=actor, dry_run=dry_run, progress=progress.count)
    if as_json:
        print_json(run_document(run))
    elif run.stage == "refused":
        click.echo(f"Refused, nothing was changed. {len(run.problems)} problems:", err=True)
        for item in run.problems[:SHOWN_PROBLEMS]:
            click.echo(f"  {problem_line(problem_document(item))}", err=True)
    else:
        word = "would be" if dry_run else "were"
        click.echo(f"{run.created_count} rows {word} created, {run.updated_count} updated, {run.unchanged_count} unchanged")
    if run.stage == "refused":
        sys.exit(1)


@click.command()
@click.argument("kind", metavar="KIND")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write [default: KIND.xlsx].")
@language_option
def template(kind: str, output: Path | None, language: str) -> None:
    """Write the empty workbook for `duban import KIND`, with an example row and an explanation of every column."""
    check_kind(kind, kinds_of_imports())
    path = output or Path(f"{kind}.xlsx")
    write_template(kind, path, language=language)
    click.echo(path)


@click.command()
@click.argument("kind", metavar="KIND")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write [default: standard output]."
)
@click.option("--form", type=click.Choice(["xlsx", "csv", "jsonl"]), help="Form of the file [default: by its ending, or csv].")
@tenant_option
@language_option
def export(kind: str, output: Path | None, form: str | None, tenant: str | None, language: str) -> None:
    """Write the register KIND. What goes out comes in again unchanged."""
    check_kind(kind, kinds_of_exports())
    chosen = form or (output.suffix.lstrip(".") if output and output.suffix in {".xlsx", ".csv", ".jsonl"} else "csv")
    if chosen == "xlsx" and output is None:
        raise click.UsageError("A workbook needs a file: --output FILE.xlsx")
    actor = command_actor(tenant_root(tenant))
    count = write_export(kind, output or sys.stdout.buffer, actor=actor, form=chosen, language=language)
    click.echo(f"{count} rows", err=True)


def check_kind(kind: str, kinds: dict[str, str]) -> None:
    """Refuse an unknown kind with the list of those there are."""
    if kind not in kinds:
        known = "\n".join(f"  {name:<24} {label}" for name, label in kinds.items())
        raise click.UsageError(f"There is no kind {kind!r}. There are:\n{known}")

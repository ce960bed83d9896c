from dataclasses import asdict

import click
from django.utils import timezone

from duban.project.commands.shared import Progress, command_actor, json_option, print_json, tenant_option, tenant_root
from duban.scorecards.selectors.cards import period_get
from duban.scorecards.services.periods import CloseReport, period_close, periods_open


@click.command()
@click.argument("period")
@tenant_option
@json_option
def close(period: str, tenant: str | None, *, as_json: bool) -> None:
    """Close PERIOD (2026-10, 2026-Q4): refresh what changed and score every line that is due.

    Closing again changes nothing unless evidence arrived; then it says what changed. A close that was interrupted is
    continued by the next one.
    """
    root = tenant_root(tenant)
    actor = command_actor(root)
    periods_open(actor=actor, tenant=root, today=timezone.localdate())
    found = period_get(actor, period)
    with Progress() as progress:
        report = period_close(actor=actor, period=found, progress=progress.show)
    if as_json:
        print_json(asdict(report))
    else:
        click.echo(summary(report))


def summary(report: CloseReport) -> str:
    """What closing did, in one line."""
    parts = [
        f"{len(report.created)} cards new",
        f"{len(report.updated)} changed",
        f"{report.unchanged} as before",
        f"{len(report.late)} flagged for late evidence",
        f"{len(report.held)} held",
    ]
    return f"{report.period} {'is closed' if report.is_closed else 'stays open'}: " + ", ".join(parts)

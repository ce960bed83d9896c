"""Work of scoring in the background. Every task is safe to repeat."""

from django_tasks import task

from duban.scorecards.services import cards_lapse, period_close_for, periods_open_everywhere


@task()
def close_period(period_id: int, person_id: int) -> None:
    """Close a period on behalf of the person who asked."""
    period_close_for(period_id=period_id, person_id=person_id)


@task()
def open_periods() -> None:
    """Open the periods that are due."""
    periods_open_everywhere()


@task()
def lapse_windows() -> None:
    """Confirm cards whose window passed in silence."""
    cards_lapse()

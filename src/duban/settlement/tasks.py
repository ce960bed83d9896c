"""Background work of settlement."""

from django_tasks import task

from duban.settlement.services.answering import statements_lapse


@task()
def lapse_statements() -> int:
    """Silence confirms what nobody answered in time."""
    return statements_lapse()

"""Whether the process lives, and whether it is ready to work."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from duban.platform.files.storage import is_writable
from duban.platform.worker.selectors import last_heartbeat

OLDEST_HEARTBEAT = timedelta(minutes=2)
Check = Callable[[], str]
"""Returns an empty text if all is well, else what is wrong."""


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    results = {name: _tried(check) for name, check in CHECKS.items()}
    is_ready = not any(results.values())
    content = {
        "status": "ok" if is_ready else "not ready",
        "checks": {name: fault or "ok" for name, fault in results.items()},
    }
    return JsonResponse(content, status=200 if is_ready else 503)


def _tried(check: Check) -> str:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        # Only the kind of error goes out: its text may name hosts and files.
        return type(error).__name__


def database_fault() -> str:
    """Whether a statement comes back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations_fault() -> str:
    """Whether the schema is as new as the code."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(waiting)} migrations wait" if waiting else ""


def worker_fault() -> str:
    """Whether a worker was seen lately."""
    seen = last_heartbeat()
    if seen is None:
        return "no worker was ever seen"
    age = timezone.now() - seen
    return f"last seen {int(age.total_seconds())} s ago" if age > OLDEST_HEARTBEAT else ""


def storage_fault() -> str:
    """Whether a file could be kept."""
    return "" if is_writable() else "files cannot be kept"


CHECKS: dict[str, Check] = {
    "database": database_fault,
    "migrations": migrations_fault,
    "worker": worker_fault,
    "storage": storage_fault,
}

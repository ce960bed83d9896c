"""What workers leave in the database."""

from django.db import models


class ScheduledRun(models.Model):
    """When a periodic job ran last and runs next. Claimed by one conditional update, so that two workers do not double it."""

    name = models.CharField(max_length=80, unique=True)
    last_started_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class WorkerHeartbeat(models.Model):
    """One worker process, and when it was last seen alive."""

    worker = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker

"""The memory of imports: who brought which file, and what became of it."""

from pathlib import PurePath
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedQuerySet
from duban.platform.scope import within
from duban.platform.sheets.problems import Problem


class Stage(models.TextChoices):
    """How far an import has come. Only the import services move it; it carries no right and needs no table of moves."""

    UPLOADED = "uploaded", _("Waiting")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing saved yet")
    REFUSED = "refused", _("Refused")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Failed")


RUNNING = frozenset({Stage.UPLOADED, Stage.CHECKING, Stage.IMPORTING})


class ImportRunQuerySet(ScopedQuerySet["ImportRun"]):
    def for_actor(self, actor: Actor) -> Self:
        """Imports of the actor's company, for those who may import at all; people of a vendor see only what they brought."""
        if not actor.can("platform.import"):
            return self.none()
        seen = self.filter(within("scope", (actor.tenant_path,)))
        return seen.filter(person_id=actor.person_id) if actor.is_vendor else seen


class ImportRun(Record):
    """One file brought in: kind, content hash, who, how many rows, and what was wrong with them.

    `problems` keeps the first 1,000 in no particular language; `problem_count` counts all. `stored_name` is the file's place in
    the storage between check and import; it is removed afterwards.
    """

    CODE_PREFIX: ClassVar[str] = "IM"

    scope = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    file_name = models.CharField(max_length=160)
    stored_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.UPLOADED)
    row_count = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    person = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=120)
    finished_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        app_label = "platform"
        indexes: ClassVar = [models.Index(fields=["scope", "-id"], name="import_run_scope")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="import_run_stage_known"),
        ]

    def audit_scope(self) -> str:
        return self.scope

    @property
    def found_problems(self) -> list[Problem]:
        """The kept problems, ready to be said in the reader's language."""
        return [Problem.from_json(stored) for stored in self.problems]

    @property
    def is_running(self) -> bool:
        """Whether a job is at work or about to be."""
        return self.stage in RUNNING

    @property
    def is_refused(self) -> bool:
        """Whether the file was turned away."""
        return self.stage == Stage.REFUSED

    @property
    def short_name(self) -> str:
        """The file's name without folders."""
        return PurePath(self.file_name).name

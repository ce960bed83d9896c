"""Grades of what phones sent, what was read from their photos, and what is to be looked at."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duban.kernel.actor import Actor
from duban.kernel.trust import Decision, Floors, Standing, TrustGrade, standing
from duban.platform.records import ScopedQuerySet, StatefulRecord, state_constraint
from duban.platform.scope import within
from duban.platform.trust.domain.states import DECISIONS, REVIEW_STATES

GRADE_CHOICES = [(grade.value, grade.value) for grade in TrustGrade]
REVIEW_RIGHT = "platform.trust"


class TrustMark(models.Model):
    """The grade of one envelope, under the key the phone gave it, with everything it was made from.

    `signals` keeps what is known, `photos` what the phone said of each photo, so that the grade can be made again;
    `looked_at` is empty while photos wait to be read. Reached only through the record it belongs to.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    scope = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    record = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=36)
    tag = models.CharField(max_length=24, blank=True)
    captured_at = models.DateTimeField()
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    grade = models.CharField(max_length=1, choices=GRADE_CHOICES)
    weight = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    signals = models.JSONField(default=dict, blank=True)
    photos = models.JSONField(default=list, blank=True)
    ground = models.JSONField(default=dict, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "platform"
        indexes: ClassVar = [
            models.Index(fields=["person", "captured_at"], name="trust_mark_person"),
            models.Index(fields=["device", "captured_at"], name="trust_mark_device"),
            models.Index(fields=["id"], condition=Q(looked_at__isnull=True), name="trust_mark_to_look"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.grade}"

    @property
    def floors(self) -> Floors:
        """What counted by itself when the record was made; everything if the mark keeps no ground."""
        kept = self.ground.get("floors")
        if kept is None:
            return Floors()
        return Floors(TrustGrade(kept["score"]), TrustGrade(kept["money"]), kept["is_dropped"])


class PhotoPrint(models.Model):
    """What the server read from a photo, once: perceptual hash, and time, place and camera inside the file."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    phash = models.BigIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    camera = models.CharField(max_length=80, blank=True, default="")
    is_edited = models.BooleanField(default=False)

    class Meta:
        app_label = "platform"

    def __str__(self) -> str:
        return self.sha256[:12]


class PhotoUse(models.Model):
    """A photo handed in with a record: where and when, so that later photos can be compared with it."""

    mark = models.ForeignKey(TrustMark, models.CASCADE, related_name="uses")
    photo = models.ForeignKey(PhotoPrint, models.PROTECT, related_name="uses")
    scope = models.CharField(max_length=64)
    tag = models.CharField(max_length=24, blank=True)
    captured_at = models.DateTimeField()

    class Meta:
        app_label = "platform"
        constraints: ClassVar = [models.UniqueConstraint(fields=["mark", "photo"], name="photo_use_unique")]
        indexes: ClassVar = [models.Index(fields=["scope", "captured_at"], name="photo_use_scope")]

    def __str__(self) -> str:
        return f"{self.mark_id} {self.photo_id[:12]}"


class TrustReviewQuerySet(ScopedQuerySet["TrustReview"]):
    def for_actor(self, actor: Actor) -> Self:
        """Doubtful records of the offices where the actor decides; vendors and all others see none."""
        paths = actor.office_paths(REVIEW_RIGHT)
        return self.filter(within("office", paths) | within("keeper", paths))


class TrustReview(StatefulRecord):
    """A record whose grade is low, or below what counts by itself: for a person to look at.

    `office` is the path of the office on whose ground it was made, `keeper` of the one that keeps the contract. `record`
    is the code of what it became, `page` the name of its address, `title` and `about` say in the users' words what it is.
    """

    CODE_PREFIX: ClassVar[str] = "TV"
    STATES = REVIEW_STATES

    mark = models.OneToOneField(TrustMark, models.PROTECT, related_name="review")
    scope = models.CharField(max_length=64)
    office = models.CharField(max_length=120)
    keeper = models.CharField(max_length=120)
    kind = models.CharField(_("Kind"), max_length=60)
    record = models.CharField(_("Record"), max_length=40, blank=True)
    page = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("What"), max_length=160, blank=True)
    about = models.CharField(_("Where"), max_length=160, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    captured_at = models.DateTimeField(_("Recorded at"))
    grade = models.CharField(_("Grade"), max_length=1, choices=GRADE_CHOICES)
    weight = models.PositiveSmallIntegerField(default=0)
    first_reason = models.CharField(_("Heaviest reason"), max_length=24, blank=True)
    score_floor = models.CharField(max_length=1, choices=GRADE_CHOICES, default=TrustGrade.D)
    money_floor = models.CharField(max_length=1, choices=GRADE_CHOICES, default=TrustGrade.D)
    is_dropped = models.BooleanField(default=False)
    counts_score = models.BooleanField(_("Counts for the score"), default=True)
    counts_money = models.BooleanField(_("Counts for money"), default=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)

    objects = TrustReviewQuerySet.as_manager()

    class Meta:
        app_label = "platform"
        constraints: ClassVar = [state_constraint(REVIEW_STATES, "trust_review_state_known")]
        indexes: ClassVar = [
            models.Index(fields=["state", "-captured_at"], name="trust_review_queue"),
            models.Index(fields=["kind", "record"], name="trust_review_record"),
        ]

    def audit_scope(self) -> str:
        return self.scope

    def permission_paths(self) -> tuple[str, ...]:
        """Where the right to decide may be held."""
        return (self.office, self.keeper)

    @property
    def floors(self) -> Floors:
        """What the plan lets count by itself."""
        return Floors(TrustGrade(self.score_floor), TrustGrade(self.money_floor), self.is_dropped)

    @property
    def standing(self) -> Standing:
        """What the record counts for now."""
        return standing(TrustGrade(self.grade), self.floors, DECISIONS.get(self.state, Decision.OPEN))

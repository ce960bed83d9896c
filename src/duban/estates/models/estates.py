"""What is looked after: estates, their places, and the posts to be manned."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.estates.domain.places import DEFAULT_RADIUS_M, depth_of
from duban.estates.domain.posts import FENCE_LABELS, PATTERN_LABELS, Fence, Pattern, ShiftTime, shifts_of, staffing_of
from duban.estates.domain.service_lines import SERVICE_LINE_LABELS, SPECIAL_WORK_LABELS
from duban.estates.domain.staffing import Staffing
from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedModel, ScopedQuerySet
from duban.platform.scope import within

SERVICE_LINE_CHOICES = [(str(key), _(label)) for key, label in SERVICE_LINE_LABELS.items()]
"""The service lines with their translated names, for every model and form that names one."""

FENCE_CHOICES = [(str(key), _(label)) for key, label in FENCE_LABELS.items()]
PATTERN_CHOICES = [(str(key), _(label)) for key, label in PATTERN_LABELS.items()]

SPECIAL_WORK_CHOICES = [(str(key), _(label)) for key, label in SPECIAL_WORK_LABELS.items()]


class EstateKind(models.TextChoices):
    """What sort of estate it is."""

    RESIDENTIAL = "residential", _("Residential estate")
    OFFICE = "office", _("Office building")
    MALL = "mall", _("Shopping centre")
    CAMPUS = "campus", _("Campus")
    INDUSTRIAL = "industrial", _("Industrial park")
    PUBLIC = "public", _("Public building")


class EstateQuerySet(ScopedQuerySet["Estate"]):
    def for_actor(self, actor: Actor) -> Self:
        """Estates of the actor's offices. Vendors see estates only through their contract lines."""
        return self.filter(within("office__path", actor.office_paths()))


class Estate(Record):
    """An estate (项目/小区) that a project office manages.

    Grades run in different directions in different schemes (domain: 中物协 1 is best, Shanghai 5 is best), so
    `grade_rank` orders them: higher is better, whatever `grade_level` is called.
    """

    CODE_PREFIX: ClassVar[str] = "ES"

    office = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="estates")
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=12, choices=EstateKind, default=EstateKind.RESIDENTIAL)
    city = models.CharField(max_length=24)
    address = models.CharField(max_length=160, blank=True)
    area_m2 = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    household_count = models.PositiveIntegerField(default=0)
    service_fee_per_m2 = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    grade_scheme = models.CharField(max_length=40, blank=True)
    grade_level = models.CharField(max_length=20, blank=True)
    grade_rank = models.PositiveSmallIntegerField(null=True, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    external_number = models.CharField(max_length=40, blank=True, help_text=_("The estate's number in your own books"))
    plan = models.ForeignKey("platform.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    objects = EstateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "name"], name="estate_name_unique")]

    def __str__(self) -> str:
        return self.name

    def audit_scope(self) -> str:
        return self.office.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        return (self.office.path,)


class PlaceKind(models.TextChoices):
    """What sort of place it is."""

    BUILDING = "building", _("Building")
    FLOOR = "floor", _("Floor")
    AREA = "area", _("Zone")
    ROOM = "room", _("Room")
    EQUIPMENT = "equipment", _("Equipment")
    CHECKPOINT = "checkpoint", _("Checkpoint")


class PlaceQuerySet(ScopedQuerySet["Place"]):
    def for_actor(self, actor: Actor) -> Self:
        return self.filter(within("estate__office__path", actor.office_paths()))


class Place(ScopedModel):
    """A place inside an estate, down to the checkpoint that carries a QR or NFC code.

    `tag` is what the code on the wall says; it is unique and means nothing to a stranger.
    `path` holds the primary keys from the top place down, as in the organisation tree.
    `latitude`, `longitude` and `radius_m` say where a phone stands when it checks in here; `is_rotating` that the code
    is shown by a screen and changes; `plan_x` and `plan_y` where the place lies on the estate's plan picture, in per
    cent of its width from the left and of its height from the top.
    """

    estate = models.ForeignKey(Estate, models.CASCADE, related_name="places")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=12, choices=PlaceKind)
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=160, blank=True, db_index=True, editable=False)
    tag = models.CharField(max_length=24, unique=True)
    household_count = models.PositiveIntegerField(default=0)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    radius_m = models.PositiveSmallIntegerField(default=DEFAULT_RADIUS_M)
    is_rotating = models.BooleanField(default=False)
    plan_x = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    plan_y = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["estate", "parent", "name"], name="place_name_unique"),
            models.UniqueConstraint(
                fields=["estate", "name"], condition=models.Q(parent__isnull=True), name="place_top_name_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def audit_scope(self) -> str:
        return self.estate.office.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        """Unit paths at which a right over this place may be held."""
        return (self.estate.office.path,)

    @property
    def depth(self) -> int:
        """How deep the place lies below its estate, 0 at the top."""
        return depth_of(self.path)


class PostQuerySet(ScopedQuerySet["Post"]):
    def for_actor(self, actor: Actor) -> Self:
        return self.filter(within("estate__office__path", actor.office_paths()))


class Post(Record):
    """A post (岗位) to be manned: so many heads on so many hours a week, for one service line.

    `crew_size` (编制) is how many people the contract puts on it, which the staffing check compares with its hours.
    `grace_minutes` and `free_misses` stand above those of the contract line, which stand above T17.
    """

    CODE_PREFIX: ClassVar[str] = "PO"

    estate = models.ForeignKey(Estate, models.PROTECT, related_name="posts")
    service_line = models.CharField(max_length=24, choices=SERVICE_LINE_CHOICES)
    name = models.CharField(max_length=60)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=1)
    heads = models.DecimalField(max_digits=5, decimal_places=1, default=1)
    crew_size = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    pattern = models.CharField(max_length=4, choices=PATTERN_CHOICES, default=Pattern.ONE_8)
    first_shift_at = models.TimeField(null=True, blank=True)
    fence = models.CharField(max_length=10, choices=FENCE_CHOICES, default=Fence.EXCEPTION)
    required_credentials = models.JSONField(default=list, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    free_misses = models.PositiveSmallIntegerField(null=True, blank=True)
    is_night = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["estate", "service_line", "name"], name="post_name_unique")]

    def __str__(self) -> str:
        return self.name

    def audit_scope(self) -> str:
        return self.estate.office.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        return (self.estate.office.path,)

    @property
    def shifts(self) -> tuple[ShiftTime, ...]:
        """The shifts of the post in their order."""
        return shifts_of(Pattern(self.pattern), is_night=self.is_night, first_at=self.first_shift_at)

    @property
    def staffing(self) -> Staffing | None:
        """Whether the crew can lawfully man the post's hours; nothing while no crew is entered."""
        return staffing_of(self.hours_per_week, self.heads, self.crew_size)

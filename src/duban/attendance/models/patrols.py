"""Patrol routes, the rounds of each day, and the points that were scanned."""

from typing import ClassVar, Self

from django.db import models

from duban.attendance.domain.fences import Method
from duban.attendance.domain.routes import round_code
from duban.attendance.models.punches import METHOD_CHOICES
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedModel, ScopedQuerySet


class RouteQuerySet(ScopedQuerySet["Route"]):
    def for_actor(self, actor: Actor) -> Self:
        """Routes under the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class Route(Record):
    """A patrol route (巡更路线): points of an estate in order, walked at the same hours every day.

    `starts` are local times (`"22:00"`) at which a round begins; the windows of the points count from there in minutes.
    """

    CODE_PREFIX: ClassVar[str] = "RT"

    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="patrol_routes")
    name = models.CharField(max_length=60)
    starts = models.JSONField(default=list)
    is_ordered = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "name"], name="route_name_unique")]

    def __str__(self) -> str:
        return self.name

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return (self.line.estate.office.path, self.line.contract.office.path)


class RoutePoint(models.Model):
    """A point of a route: its place, and its window in minutes after the round begins; metres from the point before."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="points")
    place = models.ForeignKey("estates.Place", models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    opens_minute = models.PositiveSmallIntegerField(default=0)
    closes_minute = models.PositiveSmallIntegerField(default=60)
    metres = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["route", "place"], name="route_point_unique"),
            models.CheckConstraint(
                condition=models.Q(closes_minute__gt=models.F("opens_minute")), name="route_point_window_open"
            ),
        ]
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return f"{self.route_id}/{self.order}"


class PatrolRoundQuerySet(ScopedQuerySet["PatrolRound"]):
    def for_actor(self, actor: Actor) -> Self:
        """Rounds under the contract lines the actor sees."""
        return self.filter(line__in=ContractLine.objects.for_actor(actor))


class PatrolRound(ScopedModel):
    """One round to be walked, and what came of it; the counts are judged anew whenever a scan of it arrives.

    A round past midnight belongs to the day it begins. `is_over` tells that its last window has closed. `plan` is the route
    as it was when the round was made (`domain.routes.RoundPlan`): a route that changes later changes no round.
    """

    route = models.ForeignKey(Route, models.CASCADE, related_name="rounds")
    line = models.ForeignKey(ContractLine, models.PROTECT, related_name="patrol_rounds", db_index=False)
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    plan = models.JSONField(default=dict, blank=True)
    point_count = models.PositiveSmallIntegerField(default=0)
    on_time_count = models.PositiveSmallIntegerField(default=0)
    late_count = models.PositiveSmallIntegerField(default=0)
    skipped_count = models.PositiveSmallIntegerField(default=0)
    bunched_count = models.PositiveSmallIntegerField(default=0)
    longest_gap = models.PositiveSmallIntegerField(default=0)
    is_over = models.BooleanField(default=False)

    objects = PatrolRoundQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["route", "day", "number"], name="patrol_round_unique")]
        indexes: ClassVar = [models.Index(fields=["line", "day"], name="patrol_round_line_day")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Public code of the round."""
        return f"PR-{self.pk}"

    @property
    def title(self) -> str:
        """What phones and pages call it; two rounds of one route on one day differ in it."""
        return round_code(self.route.code, self.day, self.number)

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return (self.line.estate.office.path, self.line.contract.office.path)


class PatrolScan(models.Model):
    """One scan of a point's code on a round. Never changed."""

    round = models.ForeignKey(PatrolRound, models.CASCADE, related_name="scans")
    place = models.ForeignKey("estates.Place", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("orgs.Person", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    name = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    method = models.CharField(max_length=8, choices=METHOD_CHOICES, default=Method.QR)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    device = models.CharField(max_length=64, blank=True)
    trust = models.CharField(max_length=12, blank=True)
    trust_reasons = models.JSONField(default=list, blank=True)
    client_id = models.UUIDField(unique=True, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.round_id}@{self.at:%H:%M}"

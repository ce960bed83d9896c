"""Comparing inspectors: computed by a job and stored, never in a request."""

import hashlib
import json
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.calibration.report import calibrate
from duban.inspections.models import Calibration
from duban.inspections.permissions import Code
from duban.inspections.selectors.calibration_material import calibration_material
from duban.kernel.actor import Actor, system_actor
from duban.orgs.models import Unit
from duban.orgs.selectors import tenant_roots

SPAN = timedelta(days=365)
KEPT = timedelta(days=31)


@transaction.atomic
def calibration_compute(*, actor: Actor, tenant: Unit, start: date, end: date) -> Calibration:
    """Compare all inspectors of a company over the days from `start` to `end` and keep the outcome.

    Nothing is written where the newest comparison of the same days came to the same. Raises `NotAllowed`.
    """
    actor.require(Code.CALIBRATE, tenant.path)
    material, lines = calibration_material(tenant, start, end)
    report = calibrate(material)
    digest = hashlib.sha256(json.dumps([report, lines], sort_keys=True).encode()).hexdigest()
    newest = Calibration.objects.filter(tenant=tenant).order_by("-made_at", "-pk").first()
    if newest is not None and (newest.starts_on, newest.ends_on, newest.digest) == (start, end, digest):
        return newest
    return Calibration.objects.create(
        tenant=tenant, starts_on=start, ends_on=end, made_at=timezone.now(), digest=digest, report=report, lines=lines
    )


def calibrations_compute_everywhere() -> int:
    """The clock's part: compare the inspectors of every company over the last twelve months. Safe to repeat.

    Comparisons of the last month all stay, of older ones the last of each month.
    """
    today = timezone.localdate()
    roots = tenant_roots()
    for root in roots:
        calibration_compute(actor=system_actor(root.path), tenant=root, start=today - SPAN, end=today)
        _thin(root)
    return len(roots)


def _thin(tenant: Unit) -> None:
    """Of comparisons older than a month keep the last of each month: what a closed month was read by stays."""
    old = Calibration.objects.filter(tenant=tenant, made_at__lt=timezone.now() - KEPT)
    last: dict[tuple[int, int], int] = {}
    for pk, made_at in old.order_by("made_at", "pk").values_list("pk", "made_at"):
        local = timezone.localtime(made_at)
        last[local.year, local.month] = pk
    old.exclude(pk__in=last.values()).delete()

import pytest

from duban.inspections.models import Calibration, CheckResult
from duban.inspections.services.calibration import calibration_compute, calibrations_compute_everywhere
from duban.kernel.actor import system_actor
from duban.kernel.errors import NotAllowed
from tests.inspections.measured import FIRST, LAST, measured


def compute(world, actor, **days):
    return calibration_compute(actor=actor("quality_manager"), tenant=world.ours.root, **{"start": FIRST, "end": LAST, **days})


def test_who_is_lenient_and_who_favours_whom_is_told_apart(world, actor):
    made = measured(world.ours, leniency={"甲": 0.08}, favour=0.15)
    report = compute(world, actor).report
    marks = {one["inspector"]: one["mark"] for one in report["inspectors"]}
    assert marks[str(made.people["甲"].pk)] == "lenient"
    assert marks[str(made.people["丁"].pk)] != "lenient"
    favoured = [(one["inspector"], one["vendor"]) for one in report["favours"] if one["is_marked"]]
    assert favoured == [(str(made.people["丁"].pk), str(world.ours.rival.pk))]
    effect = report["favours"][0]["effect"]
    assert effect["low"] < 0.15 < effect["high"]


def test_where_all_measure_alike_nobody_is_marked(world, actor):
    measured(world.ours)
    report = compute(world, actor).report
    assert [one for one in report["favours"] if one["is_marked"]] == []
    assert {one["mark"] for one in report["inspectors"]} == {""}


def test_the_same_outcome_is_kept_once_and_another_beside_it(world, actor):
    measured(world.ours, estates=1)
    first = compute(world, actor)
    assert compute(world, actor).pk == first.pk
    CheckResult.objects.filter(verdict=0).first().delete()
    assert compute(world, actor).pk != first.pk
    assert Calibration.objects.count() == 2


def test_only_who_compares_inspectors_may(world, actor):
    for role in ("quality_inspector", "their quality_manager", "vendor_manager"):
        with pytest.raises(NotAllowed):
            calibration_compute(actor=actor(role), tenant=world.ours.root, start=FIRST, end=LAST)


def test_the_clock_compares_in_every_company_without_mixing_them(world):
    ours = measured(world.ours, estates=1)
    assert calibrations_compute_everywhere() == 2
    kept = {one.tenant_id: one for one in Calibration.objects.all()}
    assert set(kept[world.ours.root.pk].lines) == {str(person.pk) for person in ours.people.values()}
    assert kept[world.theirs.root.pk].report["checks"] == 0
    assert str(kept[world.ours.root.pk]) == f"{world.ours.root.pk} 2025-11-23 2026-11-23"
    assert kept[world.ours.root.pk].audit_scope() == world.ours.root.path
    calibrations_compute_everywhere()
    assert Calibration.objects.count() == 2
    assert Calibration.objects.for_actor(system_actor(world.ours.root.path)).count() == 1


def test_of_old_comparisons_the_last_of_each_month_stays(world):
    days = {"starts_on": FIRST, "ends_on": LAST, "digest": "", "report": {}}
    made = ["2026-08-01", "2026-08-30", "2026-09-12", "2026-10-30"]
    for day in made:
        Calibration.objects.create(tenant=world.ours.root, made_at=f"{day}T03:00Z", **days)
    calibrations_compute_everywhere()
    kept = Calibration.objects.filter(tenant=world.ours.root, digest="").order_by("made_at")
    assert [f"{one.made_at:%Y-%m-%d}" for one in kept] == made[1:]

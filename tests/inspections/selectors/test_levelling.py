from datetime import date
from decimal import Decimal

import pytest

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import Calibration
from duban.inspections.selectors.levelling import levelled_facts
from duban.inspections.services.calibration import calibration_compute
from duban.kernel.actor import system_actor
from tests.factories.inspections import make_line, make_result
from tests.inspections.measured import FIRST, LAST, make_inspector, measured

DAY = date(2026, 11, 2)
D = Decimal


def facts(line):
    found = {}
    for rows in levelled_facts([line.pk], DAY, DAY):
        found |= {metric: (D(str(top)), D(str(bottom))) for metric, _line, _day, top, bottom in rows}
    return found


@pytest.fixture
def made(world):
    return measured(world.ours, leniency={"甲": 0.1}, favour=0.15)


def effects(world):
    root = world.ours.root
    report = calibration_compute(actor=system_actor(root.path), tenant=root, start=FIRST, end=LAST).report
    own = {one["inspector"]: D(str(one["effect"]["value"])) for one in report["inspectors"] if one["mark"]}
    favours = {one["inspector"]: D(str(one["effect"]["value"])) for one in report["favours"] if one["is_marked"]}
    return own, favours


def checks(line, person, *verdicts):
    for verdict in verdicts:
        make_result(line, item=verdict != Verdict.PASS, day=DAY, verdict=verdict, inspector=person)


def test_what_a_lenient_inspector_adds_is_taken_out(world, made):
    own, _favours = effects(world)
    line, person = made.lines[0], made.people["甲"]
    checks(line, person, *[Verdict.PASS] * 9, Verdict.FAIL, Verdict.NOT_APPLICABLE)
    added = own[str(person.pk)]
    found = facts(line)
    assert found["inspections.levelled_rate"] == ((9 - 10 * added).quantize(D("0.01")), 10)
    assert found["inspections.levelled_rate:floors"] == ((9 - 10 * added).quantize(D("0.01")), 10)


def test_a_favour_counts_at_its_vendor_only(world, made):
    own, favours = effects(world)
    person = made.people["丁"]
    rival = next(line for line in made.lines if line.contract.vendor_id == world.ours.rival.pk)
    other = next(line for line in made.lines if line.contract.vendor_id == world.ours.vendor.pk)
    for line in (rival, other):
        checks(line, person, *[Verdict.PASS] * 10)
    leniency = own.get(str(person.pk), D(0))
    added = favours[str(person.pk)] + leniency
    assert facts(rival)["inspections.levelled_rate"] == ((10 - 10 * added).quantize(D("0.01")), 10)
    assert facts(other)["inspections.levelled_rate"] == (min(D(10), (10 - 10 * leniency).quantize(D("0.01"))), 10)


def test_without_a_mark_or_a_comparison_checks_count_as_found(world):
    line, person = make_line(world.ours), make_inspector(world.ours.city, "甲")
    checks(line, person, Verdict.PASS, Verdict.FAIL)
    assert facts(line)["inspections.levelled_rate"] == (1, 2)
    assert facts(make_line(world.theirs)) == {}


@pytest.mark.parametrize(("value", "passed", "kept"), [(0.9, 1, 0), (-0.9, 9, 10)])
def test_it_stays_between_nought_and_all(world, value, passed, kept):
    line, person = make_line(world.ours), make_inspector(world.ours.city, "甲")
    checks(line, person, *[Verdict.PASS] * passed, *[Verdict.FAIL] * (10 - passed))
    report = {"inspectors": [{"inspector": str(person.pk), "mark": "lenient", "effect": {"value": value}}], "favours": []}
    days = {"starts_on": FIRST, "ends_on": LAST, "made_at": "2026-11-01T00:00Z"}
    Calibration.objects.create(tenant=world.ours.root, digest="", report=report, **days)
    assert facts(line)["inspections.levelled_rate"] == (kept, 10)


def test_a_favour_that_may_be_anothers_levels_nobody(world, made):
    _own, favours = effects(world)
    person = made.people["丁"]
    assert str(person.pk) in favours
    newest = Calibration.objects.latest("made_at")
    for one in newest.report["favours"]:
        one["alike"] = [str(made.people["甲"].pk)]
    for one in newest.report["inspectors"]:
        one["mark"] = ""
    newest.save()
    line = next(line for line in made.lines if line.contract.vendor_id == world.ours.rival.pk)
    checks(line, person, *[Verdict.PASS] * 10)
    assert facts(line)["inspections.levelled_rate"] == (D(10), 10)

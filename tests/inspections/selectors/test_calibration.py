from datetime import date

import pytest

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import Calibration
from duban.inspections.selectors.calibration import calibration_page, inspector_figures, lenient_share
from duban.inspections.services.calibration import calibration_compute
from duban.kernel.actor import system_actor
from duban.kernel.errors import NotAllowed, NotFound
from duban.orgs.models import RoleGrant
from duban.orgs.selectors import actor_for_person
from tests.factories.inspections import make_line, make_result
from tests.factories.orgs import LONG_AGO
from tests.inspections.measured import FIRST, LAST, make_inspector, measured


@pytest.fixture
def made(world):
    found = measured(world.ours, leniency={"甲": 0.12, "乙": -0.12})
    compute(world)
    return found


def compute(world):
    return calibration_compute(actor=system_actor(world.ours.root.path), tenant=world.ours.root, start=FIRST, end=LAST)


def test_the_page_names_people_and_vendors(actor, made, django_assert_num_queries):
    quality = actor("quality_manager")
    with django_assert_num_queries(4):
        page = calibration_page(quality)
    assert sorted(page.people.values()) == sorted(made.people)
    assert len(page.vendors) == 4


def test_without_a_comparison_there_is_no_page_and_no_share(actor, world):
    assert calibration_page(actor("quality_manager")) is None
    assert lenient_share(actor("quality_manager"), make_line(world.ours).pk, FIRST, LAST) == (0, 0, 0)


@pytest.mark.parametrize("role", ["quality_inspector", "city_manager", "vendor_manager", "auditor"])
def test_it_is_for_quality_managers_only(actor, made, role):
    with pytest.raises(NotAllowed):
        calibration_page(actor(role))
    assert not Calibration.objects.for_actor(actor(role)).exists()


def test_other_companies_see_nothing(actor, made):
    assert calibration_page(actor("their quality_manager")) is None


def test_a_quality_manager_of_one_office_sees_only_who_checked_there(world, made):
    local = make_inspector(world.ours.project_two, "戊")
    RoleGrant.objects.create(person=local, unit=world.ours.project_two, role="quality_manager", from_on=LONG_AGO)
    only_one = make_inspector(world.ours.city, "己")
    for day in range(1, 21):
        make_result(made.lines[0], day=date(2026, 5, day), verdict=Verdict.PASS, inspector=only_one)
    compute(world)
    page = calibration_page(actor_for_person(local))
    assert sorted(page.people.values()) == sorted(made.people)
    assert str(only_one.pk) not in {name for group in page.report["components"] for name in group}
    with pytest.raises(NotFound):
        inspector_figures(page, str(only_one.pk))


def test_everything_of_one_inspector(actor, made):
    page = calibration_page(actor("quality_manager"))
    who = str(made.people["甲"].pk)
    figures = inspector_figures(page, who)
    assert figures["inspectors"]["mark"] == "lenient"
    assert {one["inspector"] for one in figures["favours"]} == {who}
    assert figures["sameness"]["inspector"] == who
    assert figures["agreements"] is None


def test_the_share_of_checks_by_marked_inspectors(actor, made):
    quality = actor("quality_manager")
    line = made.lines[0]
    results = line.check_results
    lenient, severe, total = lenient_share(quality, line.pk, FIRST, LAST)
    assert lenient == results.filter(inspector=made.people["甲"]).count()
    assert severe == results.filter(inspector=made.people["乙"]).count()
    assert total == results.count()
    make_result(line, verdict=Verdict.PASS)
    assert lenient_share(quality, line.pk, FIRST, LAST)[2] == total + 1
    assert lenient_share(actor("city_manager"), line.pk, FIRST, LAST) == (0, 0, 0)

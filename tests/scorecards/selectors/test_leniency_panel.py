from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import Calibration, CheckResult
from duban.inspections.services.calibration import calibration_compute
from duban.kernel.actor import system_actor
from duban.scorecards.models import Card
from duban.scorecards.selectors.leniency_panel import leniency_panel
from duban.standards.models import StandardItem
from tests.factories.scorecards import bound_line, closed, full_month
from tests.inspections.measured import FIRST, LAST, make_inspector, measured

DAY = date(2026, 10, 5)


@pytest.fixture
def card(world, evidence, made):
    line = bound_line(world.ours)
    full_month(evidence, line)
    closed(world.ours)
    return Card.objects.get(line=line, period__key="2026-10")


@pytest.fixture
def made(world):
    found = measured(world.ours, leniency={"甲": 0.12, "乙": -0.12})
    root = world.ours.root
    calibration_compute(actor=system_actor(root.path), tenant=root, start=FIRST, end=LAST)
    return found


def checks(card, *people):
    at, item = datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai")), StandardItem.objects.first()
    for person in people:
        CheckResult.objects.create(line=card.line, item=item, day=DAY, at=at, verdict=Verdict.PASS, inspector=person)


def test_the_note_says_how_much_comes_from_whom_and_links_to_the_comparison(actor, card, made, client_as):
    checks(card, made.people["甲"], made.people["甲"], made.people["乙"], made.people["丙"])
    template, context = leniency_panel(actor("quality_manager"), card.code)
    assert (context["lenient"], context["severe"]) == (Decimal("0.5"), Decimal("0.25"))
    text = client_as("quality_manager").get(reverse("scorecards:panels", args=[card.code])).content.decode()
    assert template == "scorecards/leniency_panel.html"
    assert "50% of this card's checks come from an inspector marked as lenient" in text
    assert reverse("inspections:calibration") in text


def test_it_changes_no_score(card, made):
    checks(card, made.people["甲"])
    before = Card.objects.get(pk=card.pk)
    assert (before.score, before.state) == (card.score, card.state)
    assert Calibration.objects.count() == 1


def test_nobody_else_reads_it(actor, card, made):
    checks(card, made.people["甲"])
    for role in ("vendor_manager", "city_manager", "finance", "their quality_manager"):
        assert leniency_panel(actor(role), card.code) is None


def test_without_a_marked_inspector_there_is_no_note(actor, card, made, world):
    checks(card, make_inspector(world.ours.city, "戊"))
    assert leniency_panel(actor("quality_manager"), card.code) is None

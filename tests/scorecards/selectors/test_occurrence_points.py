from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.occurrence import Occurrence
from duban.scorecards.models import Card, CardOccurrence
from duban.scorecards.selectors.occurrence_points import points_of
from tests.factories.scorecards import bound_line, closed, contract_line, full_month

pytestmark = pytest.mark.django_db


def happened(line, *, code="CR-1", kind="failed_item", key="outside:litter", on=date(2026, 10, 5)):
    return Occurrence("fake", code, line.pk, on, kind, key, "minor", Decimal(1), "垃圾", "1 号楼")


def the_only(found):
    assert len(found) == 1
    return next(iter(found.values()))


def test_before_the_close_the_signed_rule_speaks(world, actor, django_assert_num_queries):
    line = bound_line(world.ours)
    manager = actor("vendor_manager")
    with django_assert_num_queries(2):
        found = the_only(points_of(manager, line, [happened(line)]))
    assert (found.name, found.points, found.card) == ("Outside and roads", Decimal(-1), "")
    assert found.rule == "−1 each, at most 20, weight 20"
    share = the_only(points_of(manager, line, [happened(line, key="lobby:glass")]))
    assert (share.points, share.is_free) == (None, False)
    free = the_only(points_of(manager, line, [happened(line, kind="over_hours")]))
    assert (free.points, free.is_free) == (None, True)


def test_a_veto_is_named_beside_the_points(world, actor):
    line = bound_line(world.ours)
    found = the_only(points_of(actor("finance"), line, [happened(line, kind="red_line", key="other")]))
    assert found.vetoes == ("Any red line: the score is at most 69",)
    assert not found.is_free


def test_after_the_close_the_card_speaks_and_a_vendor_waits_for_it(world, actor, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    closed(world.ours)
    item = happened(line, code=f"F-{line.pk}-1")
    card = Card.objects.get(line=line)
    office, vendor = (the_only(points_of(actor(role), line, [item])) for role in ("finance", "vendor_manager"))
    assert (office.card, office.points, office.key) == (card.code, Decimal(-1), "outside")
    assert (vendor.card, vendor.points) == ("", Decimal(-1))
    Card.objects.filter(pk=card.pk).update(state="published")
    CardOccurrence.objects.filter(card=card, code=item.code).update(is_struck=True, points=0)
    struck = the_only(points_of(actor("vendor_manager"), line, [item]))
    assert (struck.card, struck.points, struck.is_struck) == (card.code, Decimal(0), True)


def test_a_red_line_on_a_card_names_what_it_does(world, actor, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    evidence.happen(line, "F-red", kind="red_line", key="other")
    closed(world.ours)
    found = the_only(points_of(actor("finance"), line, [happened(line, code="F-red", kind="red_line", key="other")]))
    assert (found.section, found.name, found.rule) == ("Red line", "Any red line", "the score is at most 69")


def test_a_deduction_stands_beside_the_indicators_and_has_no_weight(world, actor):
    line = bound_line(world.ours)
    found = the_only(points_of(actor("finance"), line, [happened(line, kind="valid_complaint", key="other")]))
    assert (found.section, found.points) == ("Deduction", Decimal("-0.5"))
    assert "weight" not in found.rule


def test_what_no_rule_takes_stands_on_the_card_without_points(world, actor, evidence):
    line = bound_line(world.ours)
    full_month(evidence, line)
    evidence.happen(line, "F-free", kind="over_hours", key="other")
    closed(world.ours)
    found = the_only(points_of(actor("finance"), line, [happened(line, code="F-free", kind="over_hours", key="other")]))
    assert (found.section, found.name, found.rule, found.points) == ("", "", "", Decimal(0))
    assert found.card


def test_without_right_scheme_or_occurrence_there_is_nothing(world, actor):
    line, loose = bound_line(world.ours), contract_line(world.ours)
    assert points_of(actor("stranger"), line, [happened(line)]) == {}
    assert points_of(actor("finance"), loose, [happened(loose)]) == {}
    assert points_of(actor("finance"), line, []) == {}

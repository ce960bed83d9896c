from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.period import Period
from duban.settlement.domain.charges import (
    ChargeContext,
    DailyPool,
    Escalating,
    FixedList,
    FreeQuota,
    Lateness,
    LatenessBand,
    ListItem,
    PercentList,
    RuleHead,
    Vacancy,
    assign,
    daily_quota,
)
from duban.settlement.domain.facts import Fact, Match

OCTOBER = Period.parse("2026-10")
CONTEXT = ChargeContext(Decimal(100_000), OCTOBER, hourly_price=Decimal(30))


def head(code="rule", **match):
    return RuleHead(code, "9.2", {"en": code, "zh": code}, Match(**match))


def fact(ref, kind="failed_item", **values):
    values.setdefault("on", date(2026, 10, 5))
    return Fact(ref=ref, kind=kind, key=values.pop("key", ""), **values)


def money(text):
    return Decimal(text)


def test_row_t18_daily_quota():
    assert daily_quota(Decimal(100_000), Decimal("0.10"), 31) == money("322.58")


def test_vacancy_is_hours_price_factor():
    rule = Vacancy(head(kinds=("absent_slot",)), Decimal("1.5"))
    slots = [fact(f"a/{index}", "absent_slot", quantity=Decimal(8)) for index in range(3)]
    assert rule.total(slots, CONTEXT) == money("1080.00")
    assert Vacancy(head(), Decimal(2), Decimal(25)).total(slots, CONTEXT) == money("1200.00")
    assert rule.total(slots, ChargeContext(Decimal(1), OCTOBER)) == money("0.00")


def test_missed_punches_three_free_a_month():
    rule = FixedList(head(), (ListItem("missed_punch", Decimal(50)),), free_count=3)
    punches = [fact(f"a/{index}", "missed_punch") for index in range(5)]
    assert rule.total(punches, CONTEXT) == money("100.00")
    assert rule.total(punches[:3], CONTEXT) == money("0.00")


def test_daily_cap_holds_for_each_person():
    rule = FixedList(head(), (ListItem("*", Decimal(50)),), daily_cap=Decimal(80))
    facts = [fact("a/1", subject="Li"), fact("a/2", subject="Li"), fact("a/3", subject="Wang"), fact("a/4"), fact("a/5")]
    assert rule.total(facts, CONTEXT) == money("230.00")


def test_first_time_points_second_time_money():
    rule = FixedList(head(), (ListItem("badge", Decimal(100)),), only_repeat=True)
    assert rule.total([fact("a/1", key="badge"), fact("a/2", key="badge:gate", is_repeat=True)], CONTEXT) == money("100.00")
    assert rule.total([fact("a/3", key="other", is_repeat=True)], CONTEXT) == money("0.00")


@pytest.mark.parametrize(("minutes", "amount"), [(1, "20"), (30, "20"), (31, "50"), (60, "50"), (61, "360")])
def test_lateness_bands(minutes, amount):
    rule = Lateness(
        head(),
        (LatenessBand(Decimal(30), Decimal(20)), LatenessBand(Decimal(60), Decimal(50))),
        absence_hours=Decimal(8),
        absence_factor=Decimal("1.5"),
    )
    assert rule.total([fact("a/1", "late", quantity=Decimal(minutes))], CONTEXT) == money(amount)


@pytest.mark.parametrize(("months", "points", "amount"), [(0, 200, "0"), (2, 230, "300"), (3, 100, "0"), (3, 130, "300")])
def test_free_quota_and_grace(months, points, amount):
    rule = FreeQuota(head(), Decimal(10), Decimal(100), grace_months=3, grace_quota=Decimal(200))
    context = ChargeContext(Decimal(1), OCTOBER, months_since_start=months)
    assert rule.total([fact("a/1", penalty_points=Decimal(points))], context) == money(amount)


def test_escalating_counts_on_over_the_term():
    rule = Escalating(head(), (Decimal("0.05"), Decimal("0.10"), Decimal("0.15")))
    assert rule.total([fact("a/1")], CONTEXT) == money("5000.00")
    assert rule.total([fact("a/1"), fact("a/2")], CONTEXT) == money("15000.00")
    later = ChargeContext(Decimal(100_000), OCTOBER, prior_count=2)
    assert rule.total([fact("a/1"), fact("a/2")], later) == money("30000.00")
    assert rule.nominal(fact("a/1"), later) == money("15000.00")


def test_percent_of_the_quarter():
    rule = PercentList(head(), (ListItem("lift:stopped", Decimal(30)),), fee_months=3)
    assert rule.total([fact("a/1", key="lift:stopped")], CONTEXT) == money("90000.00")
    quarter = ChargeContext(Decimal(300_000), Period.parse("2026Q4"))
    assert rule.total([fact("a/1", key="lift:stopped")], quarter) == money("90000.00")


def test_daily_pool_never_beyond_the_day():
    rule = DailyPool(head(), Decimal("0.10"), (("lobby", Decimal(3)), ("toilet", Decimal(7))))
    one = fact("a/1")
    assert rule.nominal(one, CONTEXT) == money("32.26")
    assert rule.total([one, fact("a/2", quantity=Decimal(50))], CONTEXT) == money("322.58")
    assert rule.nominal(fact("a/2", quantity=Decimal(50)), CONTEXT) == money("322.58")


def test_a_fact_goes_to_one_rule_the_dearer_one():
    cheap = FixedList(head("cheap", kinds=("absent_slot",)), (ListItem("*", Decimal(40)),))
    dear = Vacancy(head("dear", kinds=("absent_slot",)), Decimal("1.5"))
    slot = fact("a/1", "absent_slot", quantity=Decimal(8))
    assigned = assign([cheap, dear], [slot, slot, fact("b/1")], CONTEXT)
    assert assigned.by_rule == {"dear": (slot,)}
    assert assigned.given_way == ("a/1",)


def test_match_by_kind_key_and_severity():
    match = Match(kinds=("failed_item",), keys=("lobby",), severities=("critical",))
    assert match.takes(fact("a/1", key="lobby:glass", severity="critical"))
    assert not match.takes(fact("a/2", key="lobbyist", severity="critical"))
    assert not match.takes(fact("a/3", key="lobby", severity="minor"))
    assert Match().takes(fact("a/4"))

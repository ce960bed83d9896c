from datetime import date
from decimal import Decimal

import pytest

from duban.insight.domain.page import ExpiryTotals, FindingTotals, MoneyTotals, Months, Waiting
from duban.insight.selectors import figures
from duban.insight.selectors.addresses import address, addresses
from duban.insight.selectors.chain import chain
from duban.insight.selectors.cockpit import cockpit, heatmap
from duban.insight.selectors.lower import deduction_bars, reply_trend
from duban.insight.selectors.tiles import counted, tiles
from duban.insight.selectors.waiting import waiting_for
from duban.inspections.models import Visit
from duban.kernel.errors import NotFound
from duban.kernel.period import Period
from duban.scorecards.models import Card, CardIndicator, Fact, VendorGrade
from duban.scorecards.models import Period as CardPeriod
from duban.settlement.models import StatementLine
from duban.vendors.models import Certificate
from tests.factories.attendance import make_post, make_slot
from tests.factories.inspections import make_line, make_result, make_task
from tests.factories.settlement import make_card, make_contract, make_statement

OCTOBER = Period.parse("2026-10")
TODAY = date(2026, 11, 23)


@pytest.fixture
def statement(world):
    """Ours: two lines at 92 and 78.4. Theirs: the same, which must never be counted."""
    make_statement(world.theirs, "B-1", scores=("10", "20"))
    return make_statement(world.ours)


def test_the_cockpit_counts_only_what_the_actor_sees(actor, statement):
    page, rows = cockpit(actor("quality_manager"), OCTOBER, TODAY)
    assert [row.score for row in rows] == [Decimal("92.0"), Decimal("78.4")]
    assert page.score == Decimal("85.4")  # (92 × 124,800 + 78.4 × 118,600) / 243,400
    assert (page.line_count, page.unscored_count, page.score_change) == (2, 0, None)
    assert page.money == MoneyTotals(statement.fee_amount, statement.payable_amount, abs(statement.deduction_amount))


def test_a_stranger_sees_an_empty_cockpit(actor, statement):
    page, rows = cockpit(actor("stranger"), OCTOBER, TODAY)
    assert (rows, page.score, page.money.fee) == ([], None, Decimal(0))


def test_the_change_is_against_the_month_before(actor, statement):
    for line in statement.contract.lines.all():
        make_card(line, "80", key="2026-09", state="final")
    page, _ = cockpit(actor("quality_manager"), OCTOBER, TODAY)
    assert page.score_change == Decimal("5.4")
    assert [(slip.score, slip.change) for slip in page.slips] == [
        (Decimal("78.4"), Decimal("-1.6")),
        (Decimal("92.0"), Decimal("12.0")),
    ]


def test_a_line_without_score_is_hatched_and_not_averaged(actor, world, statement):
    line = statement.contract.lines.get(number=1)
    line.cards.update(score=None, outcome="held")
    page, rows = cockpit(actor("quality_manager"), OCTOBER, TODAY)
    assert (page.unscored_count, page.score) == (1, Decimal("78.4"))
    assert [cell.value for cell in heatmap(rows).cells] == [None, Decimal("78.4")]


def test_losses_are_shares_of_the_weight(statement):
    card = statement.contract.lines.get(number=2).cards.get()
    for position, (key, points) in enumerate((("floors", "5"), ("waste", "20"))):
        CardIndicator.objects.create(
            card=card, position=position, key=key, block=key, dimension="quality", status="ok", value_kind="share",
            weight=20, effective_weight=20, points=Decimal(points),
        )  # fmt: skip
    losses = figures.indicator_losses([card.pk])[card.pk]
    assert [(loss.key, loss.lost_share) for loss in losses] == [("floors", Decimal("0.75")), ("waste", Decimal(0))]


def test_months_known_are_those_that_ended(actor, statement):
    make_card(statement.contract.lines.get(number=1), "80", key="2026-08", state="final")
    CardPeriod.objects.filter(key="2026-08").update(state="open")
    assert figures.months_known(actor("quality_manager"), TODAY) == Months(["2026-10", "2026-08"], "2026-10", ["2026-08"])
    assert figures.months_known(actor("stranger"), TODAY) == Months([], "", [])


def test_deductions_are_named_by_rule_and_positive(actor, statement):
    found = figures.deductions_by_cause(actor("finance"), OCTOBER, "en")
    assert found == [("score", Decimal("11860.00"))]
    bars = deduction_bars(actor("finance"), OCTOBER)
    assert bars is not None
    assert (list(bars.labels), list(bars.values)) == (["Score band"], [Decimal("11860.00")])
    assert deduction_bars(actor("finance"), OCTOBER.previous()) is None


def test_shares_are_sums_over_months(actor, statement):
    line = statement.contract.lines.get(number=1)
    for day, top in ((date(2026, 10, 1), 9), (date(2026, 10, 2), 10), (date(2026, 9, 30), 5)):
        Fact.objects.create(line=line, day=day, metric=figures.PRESENCE, numerator=top, denominator=10)
    shares = figures.monthly_shares(actor("quality_manager"), figures.PRESENCE, OCTOBER, months=2)
    assert shares == {"2026-09": Decimal("0.5"), "2026-10": Decimal("0.95")}
    trend = reply_trend(actor("quality_manager"), OCTOBER)
    assert trend is not None
    assert [list(series.values) for series in trend.series] == [[None, None], [50.0, 95.0]]
    assert reply_trend(actor("stranger"), OCTOBER) is None


def test_expiry_counts_contracts_notices_and_certificates(actor, world, statement):
    Certificate.objects.create(
        company=world.ours.vendor, kind="other", number="1", valid_from=date(2025, 1, 1), valid_until=date(2026, 12, 24)
    )
    assert figures.expiry_totals(actor("procurement"), TODAY) == ExpiryTotals(contracts=1, past_notice=1, certificates=1)
    assert figures.finding_totals(actor("procurement"), TODAY) == FindingTotals(0, 0)


def test_tiles_lead_to_their_lists(actor, statement):
    page, rows = cockpit(actor("quality_manager"), OCTOBER, TODAY)
    shown = tiles(page, OCTOBER)
    assert [tile.value for tile in shown][:1] == ["85.4"]
    assert all(tile.url.startswith("/") for tile in shown)
    assert counted(rows) == "2 estates · 1 service lines · 1 vendors · 2 contract lines"


def test_work_waits_for_those_who_may_do_it(actor, statement):
    finance = waiting_for(actor("finance"))
    assert Waiting("Statements to send", 1, "/settlement/?state=draft") in finance
    statement.contract.lines.get(number=1).cards.update(state="published")
    vendor = waiting_for(actor("vendor_manager"))
    assert Waiting("Cards to confirm or appeal", 2, "/scorecards/?state=published") in vendor
    assert waiting_for(actor("stranger")) == []


def test_the_work_of_quality_waits_by_right(actor, world, statement):
    quality = actor("quality_manager")
    cards = Card.objects.filter(line__contract=statement.contract)
    cards.update(state="draft")
    assert Waiting("Cards to check and publish", 2, "/scorecards/?state=draft") in waiting_for(quality)
    assert [one for one in waiting_for(actor("auditor")) if one.url.startswith("/scorecards/")] == []


def test_the_chain_names_what_lies_at_each_station(actor, statement):
    contract = statement.contract
    found = {
        station.key: station
        for station in chain(actor("finance"), contract_code=contract.code, line_number=2, month=OCTOBER, current="money")
    }
    assert found["clause"].detail == f"{contract.code}, line 2"
    assert (found["score"].detail, found["score"].url) == (
        "78.4",
        f"/scorecards/cards/{contract.lines.get(number=2).cards.get().code}/",
    )
    assert found["settlement"].detail == f"¥{statement.payable_amount:,.2f}"
    assert [key for key, station in found.items() if station.current] == ["settlement"]
    assert found["evidence"].detail == "0 checks"
    assert found["tender"].detail == "ends 2026-12"


def test_the_chain_counts_rounds_and_slots_and_leads_to_exactly_them(actor, world):
    line = make_line(world.ours)
    made = make_task(line, day=date(2026, 10, 5), state="done")
    make_task(line, day=date(2026, 10, 12), state="missed")
    make_task(line, day=date(2026, 10, 12), state="cancelled")
    make_task(line, day=date(2026, 10, 19), is_announced=False)
    make_task(line, day=date(2026, 9, 30), state="missed")
    Visit.objects.create(line=line, task=made, day=date(2026, 10, 5))

    def stations(role):
        rows = chain(actor(role), contract_code=line.contract.code, line_number=1, month=OCTOBER, current="task")
        return {station.key: station for station in rows}

    found = stations("quality_manager")
    assert found["task"].detail == "4 rounds · 1 made"
    assert found["task"].url == f"/inspections/tasks/?line={line.pk}&due_from=2026-10-01&due_to=2026-10-31"
    Visit.objects.create(line=line, day=date(2026, 10, 6))
    assert stations("vendor_manager")["task"].detail == "3 rounds · 1 made · 1 visit unplanned"
    make_slot(line, make_post(world.ours.estate))
    assert stations("quality_manager")["evidence"].detail == "1 slot"
    assert stations("quality_manager")["evidence"].url.startswith(f"/attendance/slots/?line={line.pk}&day_from=")
    make_result(line, day=date(2026, 10, 5))
    assert stations("quality_manager")["evidence"].detail == "1 check · 1 slot"


def test_the_chain_of_a_whole_contract_leads_to_its_cards(actor, statement):
    code = statement.contract.code
    stations = chain(actor("finance"), contract_code=code, line_number=None, month=OCTOBER, current="score")
    score = next(station for station in stations if station.key == "score")
    assert (score.detail, score.url) == ("cards of 2026-10", f"/scorecards/?contract={code}")


@pytest.mark.parametrize("role", ["rival_manager", "their finance", "stranger"])
def test_nobody_else_finds_the_chain(actor, statement, role):
    with pytest.raises(NotFound):
        chain(actor(role), contract_code=statement.contract.code, line_number=1, month=OCTOBER, current="score")


def test_an_address_without_page_is_empty():
    assert address("nowhere:at_all") == ""
    assert address("scorecards:list", state="draft", period="") == "/scorecards/?state=draft"


def test_addresses_of_many_are_those_of_each():
    assert addresses("scorecards:detail")("SC-2026-0012") == address("scorecards:detail", "SC-2026-0012")
    assert addresses("nowhere:at_all")("SC-2026-0012") == ""


def test_before_the_first_close_the_chain_says_that_nothing_is_there_yet(actor, world):
    contract = make_contract(world.ours, "C-1")
    stations = {
        station.key: station
        for station in chain(actor("finance"), contract_code=contract.code, line_number=1, month=OCTOBER, current="score")
    }
    assert (stations["score"].detail, stations["score"].url) == ("no card yet", "")
    assert (stations["settlement"].detail, stations["settlement"].url) == ("no statement yet", "")


def test_the_chain_shows_a_grade_as_confirmed_or_as_proposed(actor, world, statement):
    period = CardPeriod.objects.get(key="2026-10", tenant=world.ours.root)
    grade = VendorGrade.objects.create(
        vendor=statement.contract.vendor, service_line="cleaning", period=period, proposed_grade="B"
    )

    def shown():
        code = statement.contract.code
        found = chain(actor("finance"), contract_code=code, line_number=1, month=OCTOBER, current="score")
        return next(station.detail for station in found if station.key == "grade")

    assert shown() == "B proposed"
    grade.grade = "A"
    grade.save()
    assert shown() == "A"


def test_an_indicator_without_points_lost_nothing_that_can_be_told(statement):
    card = statement.contract.lines.first().cards.first()
    CardIndicator.objects.create(
        card=card,
        position=9,
        key="silent",
        block="x",
        dimension="quality",
        status="insufficient",
        value_kind="share",
        weight=5,
        effective_weight=5,
    )
    assert "silent" not in [loss.key for loss in figures.indicator_losses([card.pk]).get(card.pk, [])]


def test_a_charge_is_named_by_its_rule_in_the_readers_language(actor, world, statement):
    StatementLine.objects.create(
        statement=statement,
        position=90,
        kind="charge",
        amount=-200,
        params={"rule": {"zh": "玩手机", "en": "Using a phone"}},
    )
    named = dict(figures.deductions_by_cause(actor("finance"), OCTOBER, "en"))
    assert named["Using a phone"] == Decimal(200)
    assert dict(figures.deductions_by_cause(actor("finance"), OCTOBER, "zh"))["玩手机"] == Decimal(200)


def test_shares_of_nothing_are_unknown():
    assert MoneyTotals(Decimal(200), Decimal(150), Decimal(50)).deducted_share == Decimal("0.25")
    assert MoneyTotals(Decimal(0), Decimal(0), Decimal(0)).deducted_share is None

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from duban.inspections.models import CheckResult
from duban.kernel.actor import system_actor
from duban.scorecards.models import CardOccurrence, LineScheme, SchemeVersion
from duban.scorecards.services import schemes_install
from duban.settlement.domain.fact_cost import ChargedAs
from duban.settlement.models import Statement
from duban.settlement.selectors.finding_panel import finding_panel
from duban.settlement.selectors.occurrence_money import money_of
from duban.settlement.services.building import statements_build
from duban.settlement.services.terms import terms_bind, terms_store_template
from tests.factories.inspections import make_finding, make_line
from tests.factories.settlement import OCTOBER, make_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(world):
    """A line scored by the quota of points T16 and paid with the daily pool T18."""
    made = make_line(world.ours)
    boss = system_actor(world.ours.root.path)
    schemes_install(actor=boss, tenant=world.ours.root)
    version = SchemeVersion.objects.get(scheme__tenant=world.ours.root, scheme__key="T16", number=1)
    LineScheme.objects.create(line=made, version=version, from_on=date(2026, 1, 1))
    terms = terms_store_template(
        actor=boss,
        tenant=world.ours.root,
        code="T18",
        choices={},
        changes={"double_charge": {"mode": "money", "clause": "8.4"}},
    )
    terms_bind(actor=boss, contract=made.contract, version=terms, from_on=made.contract.starts_on)
    return made


@pytest.fixture
def finding(line):
    return make_finding(line, day=date(2026, 10, 5), due_on=date(2026, 10, 9))


def rows_of(actor, finding):
    template, context = finding_panel(actor, finding.code)
    return context["rows"], render_to_string(template, context)


@pytest.mark.parametrize("role", ["quality_manager", "vendor_manager"])
def test_before_the_close_both_sides_read_what_the_rules_ask(role, actor, finding):
    rows, text = rows_of(actor(role), finding)
    assert [(row.what, row.on) for row in rows] == [
        ("Failed check", date(2026, 10, 5)),
        ("Rectification overdue", date(2026, 10, 9)),
    ]
    failed, late = rows
    assert (failed.points.points, failed.money.charged_as, failed.money.amount) == (
        Decimal(-1),
        ChargedAs.MONEY,
        Decimal("0.37"),
    )
    assert (late.points.is_free, late.money.charged_as) == (True, ChargedAs.NOTHING)
    for words in ("Daily quality", "−1.00", "−0.37", "−1 each after 100 free points", "Not closed yet"):
        assert words in text


def test_after_the_close_the_lines_of_card_and_statement_stand_there(world, actor, line, finding):
    card = make_card(line, "91")
    CardOccurrence.objects.create(
        card=card, app="inspections", code=finding.check_result.code, on=date(2026, 10, 5), kind="failed_item",
        key="floors:handrail", severity="minor", quantity=1, label="扶手", section="indicator", effect_key="quality",
        points=Decimal(-1),
    )  # fmt: skip
    definition = SchemeVersion.objects.get(scheme__tenant=world.ours.root, scheme__key="T16").definition
    SchemeVersion.objects.filter(pk=card.scheme_version_id).update(definition=definition)
    statements_build(actor=system_actor(world.ours.root.path), period=OCTOBER)
    statement = Statement.objects.get(contract=line.contract)
    rows, text = rows_of(actor("finance"), finding)
    assert (rows[0].points.card, rows[0].points.points) == (card.code, Decimal(-1))
    assert (rows[0].money.statement, rows[0].money.line_amount) == (statement.code, Decimal("-0.37"))
    assert reverse("settlement:detail", args=[statement.code]) in text
    vendor, _ = rows_of(actor("vendor_manager"), finding)
    assert (vendor[0].points.card, vendor[0].money.statement) == (card.code, "")
    Statement.objects.update(state="sent", sent_on=date(2026, 11, 2))
    vendor, _ = rows_of(actor("vendor_manager"), finding)
    assert vendor[0].money.statement == statement.code


def test_nobody_reads_what_is_not_his(actor, finding):
    assert finding_panel(actor("rival_manager"), finding.code) is None
    assert finding_panel(actor("their finance"), finding.code) is None
    assert finding_panel(actor("stranger"), finding.code) is None


def test_who_may_not_see_statements_reads_points_alone(actor, finding):
    rows, _ = rows_of(actor("vendor_foreman"), finding)
    assert (rows[0].points.points, rows[0].money) == (Decimal(-1), None)


def test_without_scheme_and_terms_there_is_no_panel(actor, world):
    assert finding_panel(actor("finance"), make_finding(make_line(world.ours)).code) is None


def test_a_finding_that_counts_nowhere_says_so(actor, line):
    finding = make_finding(line, due_on=date(2026, 11, 30))
    CheckResult.objects.filter(pk=finding.check_result_id).update(verdict=1)
    _, text = rows_of(actor("finance"), finding)
    assert "It costs nothing" in text


def test_the_cost_asks_no_more_for_more_occurrences(actor, line, finding, django_assert_max_num_queries):
    make_finding(line, day=date(2026, 10, 5), due_on=date(2026, 10, 9), repeat_number=2)
    again = make_finding(line, day=date(2026, 10, 6), due_on=date(2026, 10, 9), repeat_number=3)
    finance = actor("finance")
    with django_assert_max_num_queries(45):
        rows, _ = rows_of(finance, again)
    assert len(rows) == 3


def test_the_page_loads_the_panel(client_as, finding):
    client = client_as("vendor_manager")
    page = client.get(reverse("inspections:finding", args=[finding.code])).content.decode()
    url = reverse("inspections:finding_cost", args=[finding.code])
    assert f'hx-get="{url}"' in page
    assert "What it costs" in client.get(url).content.decode()
    assert client_as("rival_manager").get(url).status_code == 404


def test_money_asks_for_nothing_without_the_right(actor, line):
    assert money_of(actor("vendor_foreman"), line, []) == {}

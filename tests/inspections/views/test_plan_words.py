from duban.inspections.selectors.plans import plan_get, plan_page
from duban.inspections.views.plan_words import curve_chart, curve_sentences, often_words, plan_facts, sampling_words
from tests.factories.inspections import make_plan


def test_plans_in_words(actor, world):
    plan = make_plan(world.ours)
    assert (often_words(plan), sampling_words(plan)) == ("1 time a week", "All places")
    plan.sampling = "aql"
    plan.aql_major, plan.aql_minor = 2, 4
    plan.refresh_from_db(fields=["aql_major", "aql_minor"])
    assert sampling_words(plan) == "GB/T 2828.1, level II, AQL major 2.5, minor 6.5"


def test_a_plan_without_a_drawn_lot_has_no_curve(actor, world):
    manager = actor("quality_manager")
    page = plan_page(manager, plan_get(manager, make_plan(world.ours).code))
    assert curve_chart(page) is None
    assert curve_sentences(page) == []
    assert "All of the office" in [fact.value for fact in plan_facts(page)]

import pytest

from duban.kernel.errors import Invalid, NotFound
from duban.settlement.domain.templates import open_choices, template_definitions, terms_from_template
from duban.settlement.domain.terms import PaymentTerms

CHOICES = {
    "T1": {"score.rule.tiers[1].per_point.percent": "1"},
    "T2": {"score.rule.tiers[3].per_point.base_for_penalty": "100"},
}
CODES = ["T1", "T13", "T16", "T16-HIGH", "T17", "T18", "T2", "T3", "T4", "T5", "T6", "T7", "T9"]


def test_the_shipped_templates():
    assert list(template_definitions()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_every_template_reads_back(code):
    terms = terms_from_template(code, CHOICES.get(code, {}))
    assert PaymentTerms.from_json(terms.to_json()) == terms
    assert terms.source
    assert terms.confidence in {"A", "B", "C", "G"}
    assert terms.name["zh"]


@pytest.mark.parametrize("code", ["T1", "T2"])
def test_a_number_the_source_leaves_open_must_be_chosen(code):
    places = open_choices(template_definitions()[code])
    assert places == tuple(CHOICES[code])
    with pytest.raises(Invalid) as refusal:
        terms_from_template(code, {})
    assert [error.field for error in refusal.value.errors] == list(places)


def test_unknown_template():
    with pytest.raises(NotFound):
        terms_from_template("T99", {})


def test_the_base_for_penalty_has_no_default():
    with pytest.raises(Invalid) as refusal:
        PaymentTerms.from_json(template_definitions()["T2"])
    assert [error.field for error in refusal.value.errors] == ["score.rule.tiers[3].per_point.base_for_penalty"]


def definition(**changes):
    return {"code": "X", "name": {"en": "x", "zh": "x"}, **changes}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scores": {}}, "scores"),
        ({"cap": {"rate": "1.2"}}, "cap.rate"),
        ({"cap": {"rate": "x"}}, "cap.rate"),
        ({"cap": []}, "cap"),
        ({"vat": {"included": "yes"}}, "vat.included"),
        ({"bonus": {}}, "bonus"),
        ({"bonus": [{"from_score": True, "rate": "0.1"}]}, "bonus[0].from_score"),
        ({"appeal": {"working_days": "1.5"}}, "appeal.working_days"),
        ({"double_charge": {"mode": "both"}}, "double_charge.mode"),
        ({"score": {"rule": {"kind": "tier_rate", "tiers": []}}}, "score.rule.tiers"),
        ({"score": {"rule": {"kind": "tier_rate", "tiers": [{"from_score": "50", "rate": "1"}]}}}, "score.rule.tiers"),
        ({"score": {"rule": {"kind": "tier_rate", "tiers": [{"from_score": "0"}]}}}, "score.rule.tiers[0].rate"),
        (
            {
                "score": {
                    "rule": {
                        "kind": "holdback_pool",
                        "pool_rate": "0.1",
                        "inner": {"kind": "holdback_pool", "pool_rate": "0.1"},
                    }
                }
            },
            "score.rule.inner",
        ),
        (
            {"charges": [{"kind": "vacancy", "code": "v", "label": {"en": "v", "zh": "v"}, "factor": "1"}]},
            "charges[0].match",
        ),
        (
            {"charges": [{"kind": "escalating", "code": "v", "label": {"en": "v", "zh": "v"}, "match": {"kinds": ["a"]}}]},
            "charges[0].rates",
        ),
        (
            {"charges": [{"kind": "fixed_list", "code": "v", "label": {"en": "v", "zh": "v"}, "match": {"kinds": ["a"]}}]},
            "charges[0].items",
        ),
        (
            {"charges": [{"kind": "lateness", "code": "v", "label": {"en": "v", "zh": "v"}, "match": {"kinds": ["a"]}}]},
            "charges[0].bands",
        ),
        (
            {
                "charges": [
                    {
                        "kind": "daily_pool",
                        "code": "v",
                        "label": {"en": "v", "zh": "v"},
                        "match": {"kinds": ["a"]},
                        "pool_rate": "0.1",
                    }
                ]
            },
            "charges[0].areas",
        ),
        (
            {
                "charges": [
                    {"kind": "vacancy", "code": "v", "label": {"en": "v", "zh": "v"}, "match": {"kinds": [1]}, "factor": "1"}
                ]
            },
            "charges[0].match.kinds",
        ),
        ({"name": {"en": 1, "zh": "x"}}, "name.en"),
    ],
)
def test_faults_are_named_with_their_place(changes, field):
    with pytest.raises(Invalid) as refusal:
        PaymentTerms.from_json(definition(**changes))
    assert field in [error.field for error in refusal.value.errors]


def test_rules_need_their_own_codes():
    rule = {"kind": "vacancy", "code": "v", "label": {"en": "v", "zh": "v"}, "match": {"kinds": ["a"]}, "factor": "1"}
    with pytest.raises(Invalid):
        PaymentTerms.from_json(definition(charges=[rule, rule]))


def test_a_document_that_is_no_object():
    with pytest.raises(Invalid):
        PaymentTerms.from_json([])

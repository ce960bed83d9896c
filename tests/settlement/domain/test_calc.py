from decimal import Decimal

import pytest

from duban.kernel.errors import Invalid
from duban.kernel.period import Period
from duban.settlement.domain.calc import calculate_clock, calculate_staffing, calculate_statement, read_inputs, write_inputs
from duban.settlement.domain.calc_schemas import STAFFING_OUT, STATEMENT_IN
from duban.settlement.domain.definition import Node, plain
from duban.settlement.domain.statement import compute_statement
from tests.settlement.domain.test_statement import mock_inputs, t2


def test_statement_recomputed_from_json():
    case = {"terms": t2().to_json(), "period": "2026-10", "inputs": write_inputs(mock_inputs())}
    answer = calculate_statement(case)
    assert answer["totals"]["payable_amount"] == "224820.87"
    assert answer == plain(compute_statement(t2(), Period.parse("2026-10"), mock_inputs()))
    assert set(case) == set(STATEMENT_IN["properties"])


def test_inputs_read_back():
    node = Node(write_inputs(mock_inputs(scores=(("2026-09", None), ("2026-10", Decimal(70))))))
    assert read_inputs(node) == mock_inputs(scores=(("2026-09", None), ("2026-10", Decimal(70))))
    assert node.faults == []


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({"terms": {}, "period": "October", "inputs": {}}, "period"),
        (
            {"terms": {}, "period": "2026-10", "inputs": {"lines": [{"line": "a", "spans": [{"basis": "x"}]}]}},
            "inputs.lines[0].spans[0].basis",
        ),
        (
            {"terms": {}, "period": "2026-10", "inputs": {"lines": [{"line": "a", "facts": [{"ref": "a", "kind": "b"}]}]}},
            "inputs.lines[0].facts[0].on",
        ),
        ({"terms": {}, "period": "2026-10", "inputs": {"term_start": "x"}}, "inputs.term_start"),
    ],
)
def test_faulty_cases_are_refused_with_the_place(case, field):
    with pytest.raises(Invalid) as refusal:
        calculate_statement(case)
    assert [error.field for error in refusal.value.errors] == [field]


def test_clock_and_staffing():
    clock = calculate_clock({"payer": "large", "payee": "small", "confirmed_on": "2026-11-05"})
    assert (clock["due_on"], clock["daily_rate"]) == ("2027-01-04", "0.0005")
    staffing = calculate_staffing({"heads": 3})
    assert (staffing["level"], staffing["overtime_hours"], staffing["coefficient"]) == ("unlawful", "78.0", "4.42")
    assert set(staffing) == set(STAFFING_OUT["properties"])
    assert [step["result"] for step in staffing["trace"]] == ["3.63", "4.20", "4.42", "243.3", "unlawful"]
    with pytest.raises(Invalid):
        calculate_staffing({"heads": 0})

import io
import json
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from duban.settlement.domain.calc import calculate_statement
from duban.settlement.models import Statement
from duban.settlement.selectors.papers import FontMissing, _font_folder
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(world):
    return make_statement(world.ours)


def get(client, name, statement, *args):
    return client.get(reverse(f"settlement:{name}", args=[statement.code, *args]))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pdf_holds_the_amounts(statement, client_as, language):
    finance = client_as("finance")
    finance.cookies["django_language"] = language
    answer = get(finance, "pdf", statement)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert len(answer.content) > 10_000


def test_the_paper_says_every_amount(statement, client_as, monkeypatch):
    said = {}

    def compile_paper(*_, sys_inputs, **__):
        said.update(sys_inputs)
        return b"%PDF-"

    monkeypatch.setattr("duban.settlement.selectors.papers.typst.compile", compile_paper)
    get(client_as("finance"), "pdf", statement)
    content = json.loads(said["content"])
    assert [row[3] for row in content["lines"]] == [
        "124,800.00", "118,600.00", "6,193.55", "0.00", "−11,860.00", "−11,886.68",
    ]  # fmt: skip
    assert content["payable"] == ["Payable", "¥225,846.87"]


def test_without_fonts_the_refusal_says_how_to_mend_it(statement, client_as, monkeypatch):
    _font_folder.cache_clear()
    monkeypatch.setattr("duban.settlement.selectors.papers.REGULAR_FONT", "missing.ttf")
    answer = get(client_as("finance"), "pdf", statement)
    _font_folder.cache_clear()
    assert answer.status_code == FontMissing.status
    assert "make setup" in answer.content.decode()


def test_the_workbook_adds_up(statement, client_as):
    answer = get(client_as("finance"), "excel", statement)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("Statement").to_python()
    amounts = [row[3] for row in rows[4:-1]]
    assert sum(Decimal(str(amount)) for amount in amounts) == statement.payable_amount


def test_anybody_recomputes_the_case(statement, client_as):
    case = json.loads(get(client_as("finance"), "case", statement).content)
    assert calculate_statement(case)["totals"]["payable_amount"] == "225846.87"


def test_the_trace_ends_in_the_payable(statement, client_as):
    text = get(client_as("finance"), "trace", statement).content.decode()
    for shown in ("Deductions", "Payable", "225,846.87", "duban calc statement"):
        assert shown in text


def test_the_evidence_of_a_score_line_leads_to_its_card(statement, client_as):
    line = statement.lines.get(kind="score", contract_line__number=2)
    text = get(client_as("finance"), "evidence", statement, line.position).content.decode()
    assert line.card_code in text
    assert get(client_as("their finance"), "evidence", statement, line.position).status_code == 404
    assert get(client_as("finance"), "evidence", statement, 99).status_code == 404


def test_the_evidence_of_a_charge_lists_its_facts(statement, client_as):
    line = statement.lines.get(kind="score", contract_line__number=2)
    fact = {
        "ref": "attendance/SL-1", "kind": "absent_slot", "key": "night", "on": "2026-10-04", "quantity": "8", "points": "0.5",
        "penalty_points": "8", "severity": "minor", "subject": "gate", "label": "缺岗", "is_repeat": False,
    }  # fmt: skip
    statement.inputs["lines"][1]["facts"] = [fact]
    Statement.objects.filter(pk=statement.pk).update(inputs=statement.inputs)
    text = get(client_as("finance"), "evidence", statement, line.position).content.decode()
    for shown in ("SL-1", "缺岗", "gate", "2026-10-04"):
        assert shown in text

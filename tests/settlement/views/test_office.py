from decimal import Decimal

import pytest
from django.urls import reverse

from duban.settlement.models import Payment, Statement
from duban.settlement.services.answering import line_appeal, statement_send
from tests.factories.settlement import make_contract, make_statement

pytestmark = pytest.mark.django_db


def detail(statement):
    return reverse("settlement:detail", args=[statement.code])


@pytest.fixture
def statement(world):
    make_statement(world.theirs)
    return make_statement(world.ours)


def test_the_list_shows_only_ours(statement, client_as):
    answer = client_as("finance").get(reverse("settlement:list"))
    assert answer.status_code == 200
    assert answer.content.decode().count('href="/settlement/ST-') >= 1
    codes = {row.code for row in Statement.objects.exclude(pk=statement.pk)}
    assert statement.code in answer.content.decode()
    assert not any(code in answer.content.decode() for code in codes)


def test_the_page_of_a_statement(statement, client_as):
    text = client_as("finance").get(detail(statement)).content.decode()
    for shown in ("225,846.87", "−11,860.00", "6,193.55", "4.8%", "T2 v1", statement.contract.code):
        assert shown in text


@pytest.mark.parametrize("role", ["their finance", "rival_manager", "their vendor_manager"])
@pytest.mark.parametrize("name", ["detail", "trace", "pdf", "excel", "case"])
def test_strangers_find_nothing(statement, client_as, role, name):
    assert client_as(role).get(reverse(f"settlement:{name}", args=[statement.code])).status_code == 404


def test_the_vendor_sees_nothing_before_it_was_sent(statement, client_as):
    vendor = client_as("vendor_manager")
    assert vendor.get(detail(statement)).status_code == 404
    client_as("finance").post(reverse("settlement:move", args=[statement.code, "send"]))
    assert vendor.get(detail(statement)).status_code == 200


def test_moves_by_buttons(statement, client_as):
    url = reverse("settlement:move", args=[statement.code, "confirm"])
    assert client_as("finance").post(url).status_code == 403
    assert client_as("finance").post(reverse("settlement:move", args=[statement.code, "send"])).status_code == 302
    assert client_as("vendor_manager").post(url).status_code == 302
    assert client_as("finance").post(reverse("settlement:move", args=[statement.code, "finalise"])).status_code == 302
    assert Statement.objects.get(pk=statement.pk).state == "final"
    assert client_as("finance").post(reverse("settlement:move", args=[statement.code, "explode"])).status_code == 404


def test_paying(statement, client_as):
    Statement.objects.filter(pk=statement.pk).update(state="final")
    url = reverse("settlement:pay", args=[statement.code])
    finance = client_as("finance")
    assert finance.get(url).status_code == 200
    assert finance.post(url, {"amount": "1", "paid_on": "2026-12-24"}).status_code == 422
    assert not Payment.objects.exists()
    assert finance.post(url, {"amount": "225846.87", "paid_on": "2026-11-20"}).status_code == 302
    assert Statement.objects.get(pk=statement.pk).state == "paid"
    assert client_as("quality_manager").get(url).status_code == 403


def test_computing_a_month(world, client_as):
    make_contract(world.ours)
    finance = client_as("finance")
    url = reverse("settlement:build")
    assert "2026-10" in finance.get(url).content.decode()
    assert finance.post(url, {"period": "October"}).status_code == 422
    assert finance.post(url, {"period": "2026-10"}).status_code == 200
    assert Statement.objects.get().fee_amount == Decimal("243400.00")
    assert client_as("quality_manager").get(url).status_code == 403


def test_sending_several(statement, client_as):
    answer = client_as("finance").post(reverse("settlement:bulk_send"), {"selected": [statement.code]})
    assert answer.status_code == 302
    assert Statement.objects.get(pk=statement.pk).state == "sent"


def test_terms(statement, client_as):
    finance = client_as("finance")
    assert "T2 v1" in finance.get(reverse("settlement:terms")).content.decode()
    text = finance.get(reverse("settlement:terms_detail", args=[statement.terms_version.code])).content.decode()
    for shown in ("[80, 90)", "90%", "1% less for each point below 100", statement.contract.code):
        assert shown in text
    theirs = client_as("their finance")
    assert theirs.get(reverse("settlement:terms_detail", args=[statement.terms_version.code])).status_code == 404


def test_flat_queries_on_the_list(world, client_as, flat_queries):
    finance = client_as("finance")
    numbers = iter(range(100))
    flat_queries.check(
        "settlement.list",
        visit=lambda: finance.get(reverse("settlement:list")),
        add_row=lambda: make_statement(world.ours, f"F-{next(numbers)}"),
    )


def test_flat_queries_on_a_statement(world, client_as, actor, flat_queries):
    sent = statement_send(actor=actor("finance"), statement=make_statement(world.ours))
    finance, lines = client_as("finance"), iter(sent.lines.exclude(kind="retention"))
    flat_queries.check(
        "settlement.detail",
        visit=lambda: finance.get(detail(sent)),
        add_row=lambda: line_appeal(actor=actor("vendor_manager"), line=next(lines), reason="no"),
    )

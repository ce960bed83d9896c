import pytest
from django.urls import reverse

from duban.settlement.models import Statement
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("period=2026-10", 1),
        ("period=2026-09", 0),
        ("state=draft", 1),
        ("state=paid", 0),
        ("capped=yes", 0),
        ("unpaid=yes", 0),
        ("unpaid=no", 1),
        ("q=保洁合同", 1),
    ],
)
def test_filters(world, client_as, query, count):
    statement = make_statement(world.ours)
    text = client_as("finance").get(f"{reverse('settlement:list')}?{query}").content.decode()
    assert (statement.code in text) is bool(count)


def test_what_is_agreed_and_unpaid(world, client_as):
    statement = make_statement(world.ours)
    Statement.objects.update(due_on="2027-01-22", is_cap_reached=True)
    text = client_as("finance").get(f"{reverse('settlement:list')}?unpaid=yes&capped=yes").content.decode()
    assert statement.code in text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_exports(world, client_as, kind):
    make_statement(world.ours)
    answer = client_as("finance").get(f"{reverse('settlement:list')}?export={kind}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content)
    answer.close()

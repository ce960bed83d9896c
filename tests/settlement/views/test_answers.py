import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from duban.platform.files.models import Attachment
from duban.settlement.models import Statement, StatementAppeal
from duban.settlement.services.answering import statement_send
from tests.factories.settlement import make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(world, actor):
    statement = statement_send(actor=actor("finance"), statement=make_statement(world.ours))
    Statement.objects.update(built_by=world.person("finance"))
    return statement


@pytest.fixture
def line(sent):
    return sent.lines.get(kind="score", contract_line__number=2)


def url(name, line):
    return reverse(f"settlement:{name}", args=[line.statement.code, line.position])


def appeal(client_as, line):
    proof = SimpleUploadedFile("roster.pdf", b"%PDF-1.4\n%%EOF\n")
    return client_as("vendor_manager").post(url("line_appeal", line), {"reason": "The slot was manned.", "proofs": [proof]})


def test_the_vendor_confirms_a_line(client_as, line):
    assert client_as("vendor_manager").post(url("line_confirm", line)).status_code == 302
    line.refresh_from_db()
    assert line.vendor_state == "confirmed"


def test_the_vendor_appeals_with_a_file(client_as, line):
    vendor = client_as("vendor_manager")
    assert "The rest of the statement is not held up" in vendor.get(url("line_appeal", line)).content.decode()
    assert vendor.post(url("line_appeal", line), {"reason": ""}).status_code == 422
    assert appeal(client_as, line).status_code == 302
    assert (StatementAppeal.objects.count(), Attachment.objects.count()) == (1, 1)
    page = vendor.get(reverse("settlement:detail", args=[line.statement.code])).content.decode()
    for shown in ("Partly disputed", "roster.pdf", "¥11,860.00 under appeal", "The slot was manned."):
        assert shown in page


def test_the_vendor_confirms_the_rest_during_an_appeal(client_as, line):
    appeal(client_as, line)
    vendor = client_as("vendor_manager")
    page = vendor.get(reverse("settlement:detail", args=[line.statement.code])).content.decode()
    assert "Confirm the other lines" in page
    assert vendor.post(reverse("settlement:move", args=[line.statement.code, "confirm"])).status_code == 302
    answers = set(line.statement.lines.exclude(pk=line.pk).values_list("vendor_state", flat=True))
    assert (answers, Statement.objects.get().state) == ({"confirmed"}, "disputed")


def test_others_cannot_answer(client_as, line):
    assert client_as("finance").post(url("line_confirm", line)).status_code == 403
    assert client_as("finance").get(url("line_appeal", line)).status_code == 403
    assert client_as("rival_manager").post(url("line_confirm", line)).status_code == 404
    assert client_as("their vendor_manager").get(url("line_appeal", line)).status_code == 404
    assert not StatementAppeal.objects.exists()


def test_quality_upholds_and_a_revision_appears(client_as, line):
    appeal(client_as, line)
    decide = reverse("settlement:decide", args=[StatementAppeal.objects.get().code])
    assert client_as("finance").get(decide).status_code == 403
    assert client_as("their quality_manager").get(decide).status_code == 404
    quality = client_as("quality_manager")
    assert quality.get(decide).status_code == 200
    assert quality.post(decide, {"decision": "uphold"}).status_code == 422
    answer = quality.post(decide, {"decision": "uphold", "note": "The roster proves it."}, follow=True)
    revision = Statement.objects.current().get()
    assert answer.redirect_chain[-1][0] == reverse("settlement:detail", args=[revision.code])
    for shown in ("revision 2", "Withdrawn after an appeal: 11860.00", "The roster proves it.", "Appeal upheld"):
        assert shown in answer.content.decode()


def test_finance_pays_the_undisputed_part(client_as, line):
    appeal(client_as, line)
    page = client_as("finance").get(reverse("settlement:detail", args=[line.statement.code])).content.decode()
    assert "Pay the undisputed part ¥225,846.87" in page

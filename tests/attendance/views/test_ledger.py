from datetime import date

import pytest

from duban.attendance.models import LedgerFinding
from duban.attendance.services.ledger import ledger_examine, payroll_record
from duban.kernel.actor import system_actor
from duban.kernel.period import Period
from duban.platform.parameters.services import load_shipped_values
from tests.factories.attendance import make_assignment, make_post, make_punch, make_roster, make_slot, moment
from tests.factories.inspections import make_line
from tests.factories.vendors import make_proof, make_worker

OCTOBER = Period.parse("2026-10")
MONDAY = date(2026, 10, 5)


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


@pytest.fixture
def post(world, line):
    return make_post(world.ours.estate)


@pytest.fixture
def guard(world, line, post):
    """One insured guard on Monday, one on the roster who never comes."""
    worker = make_worker(world.ours.vendor, service_line="security")
    roster = make_roster(line)
    make_assignment(roster, post, MONDAY, worker)
    make_assignment(roster, post, date(2026, 10, 6), make_worker(world.ours.vendor, "鬼影"))
    make_punch(line, post, worker, moment(MONDAY, 8))
    make_proof(worker)
    make_slot(line, post, MONDAY)
    return worker


@pytest.fixture
def finding(line, guard):
    ledger_examine(actor=system_actor("/"), line=line, month=OCTOBER)
    return LedgerFinding.objects.get()


def page(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_month_shows_counts_exceptions_and_turnover(client_as, line, post, finding):
    load_shipped_values()
    shown = page(client_as("quality_manager"), "/attendance/ledger/?month=2026-10")
    for text in (f"/attendance/ledger/posts/{post.code}/2026-10-05/", "Ghost staff", "Insufficient data", "Examine the month"):
        assert text in shown
    vendor = page(client_as("vendor_manager"), "/attendance/ledger/?month=2026-10")
    assert "Bring in a payroll" in vendor
    assert "Examine the month" not in vendor
    assert "No post to show" in page(client_as("their auditor"), "/attendance/ledger/")
    assert "No post to show" in page(client_as("auditor"), "/attendance/ledger/?month=2027-03")


def test_a_bill_stands_beside_what_was_manned(client_as, world, line, guard):
    manager = world.actor("vendor_manager")
    payroll_record(actor=manager, line=line, month=OCTOBER, hours={guard.pk: 8}, billed_shifts=31)
    assert "31 shifts are billed" in page(client_as("auditor"), "/attendance/ledger/")
    payroll_record(actor=manager, line=line, month=OCTOBER, hours={guard.pk: 8})
    assert "no bill stated" in page(client_as("auditor"), "/attendance/ledger/")


def test_a_month_is_examined_from_its_page(client_as, line, guard):
    url = f"/attendance/ledger/examine/?line={line.pk}&month=2026-10"
    assert client_as("vendor_manager").post(url).status_code == 403
    assert client_as("their quality_manager").post(url).status_code == 404
    answer = client_as("quality_manager").post(url)
    assert (answer.status_code, answer["Location"]) == (302, f"/attendance/ledger/?line={line.pk}&month=2026-10")
    assert LedgerFinding.objects.count() == 1


def test_a_day_shows_its_records_with_masked_names(client_as, world, line, post, guard):
    url = f"/attendance/ledger/posts/{post.code}/2026-10-05/"
    shown = page(client_as("auditor"), url)
    assert "王**" in shown
    assert "王小明" not in shown
    assert "Payroll not in yet" in shown
    payroll_record(actor=world.actor("vendor_manager"), line=line, month=OCTOBER, hours={})
    assert "Not on the payroll" in page(client_as("auditor"), url)
    assert "Not manned" in page(client_as("auditor"), f"/attendance/ledger/posts/{post.code}/2026-10-08/")
    for wrong in (f"/attendance/ledger/posts/{post.code}/x/", "/attendance/ledger/posts/PO-1/2026-10-05/"):
        assert client_as("auditor").get(wrong).status_code == 404


def test_an_exception_is_decided_with_a_reason(client_as, finding):
    url = f"/attendance/ledger/exceptions/{finding.code}/"
    assert "never checked in" in page(client_as("vendor_manager"), url)
    assert client_as("vendor_manager").post(f"{url}uphold/", {"note": "查实"}).status_code == 403
    assert client_as("their auditor").get(url).status_code == 404
    assert client_as("quality_manager").post(f"{url}uphold/", {"note": ""}).status_code == 422
    assert client_as("quality_manager").post(f"{url}uphold/", {"note": "查实"}).status_code == 302
    finding.refresh_from_db()
    assert finding.state == "upheld"


def test_the_list_of_exceptions_is_flat(client_as, line, flat_queries):
    client, days = client_as("auditor"), iter(range(1, 28))

    def add():
        day = date(2026, 10, next(days))
        LedgerFinding.objects.create(
            line=line, month=OCTOBER.start, key=str(day), flaw="two_posts", day=day, quantity=1, inputs={"other": "西门"}
        )

    flat_queries.check("attendance.ledger_findings", visit=lambda: client.get("/attendance/ledger/exceptions/"), add_row=add)


def test_an_exception_and_its_day_lead_to_each_other(client_as, line, post):
    found = LedgerFinding.objects.create(
        line=line,
        month=OCTOBER.start,
        key="double",
        flaw="double_shift",
        day=MONDAY,
        post=post,
        quantity=1,
        inputs={"hours": 24},
    )
    day = f"/attendance/ledger/posts/{post.code}/2026-10-05/"
    exception = page(client_as("auditor"), f"/attendance/ledger/exceptions/{found.code}/")
    assert f'href="{day}"' in exception
    assert f"/attendance/ledger/?line={line.pk}&amp;month=2026-10" in exception
    assert f"/attendance/ledger/exceptions/{found.code}/" in page(client_as("auditor"), day)
    assert "No exception of this post" in page(client_as("auditor"), f"/attendance/ledger/posts/{post.code}/2026-10-06/")

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duban.attendance.domain.ledger import Counts
from duban.attendance.models import LedgerFinding
from duban.attendance.selectors.ledger import (
    finding_get,
    findings_of,
    ledger_day,
    ledger_occurrences,
    ledger_of,
    lines_to_examine,
    lines_with_posts,
)
from duban.attendance.services.ledger import payroll_record
from duban.kernel.errors import NotAllowed, NotFound
from duban.kernel.period import Period
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
    worker = make_worker(world.ours.vendor)
    make_assignment(make_roster(line), post, MONDAY, worker)
    make_punch(line, post, worker, moment(MONDAY, 8))
    make_proof(worker)
    make_slot(line, post, MONDAY)
    return worker


def make_finding(line, **more):
    values = {"key": f"{LedgerFinding.objects.count()}", "flaw": "two_posts", "day": MONDAY, "quantity": 1, **more}
    return LedgerFinding.objects.create(line=line, month=OCTOBER.start, **values)


def test_the_books_of_a_month(world, line, post, guard):
    make_slot(line, post, date(2026, 10, 6), "off", ground="given")
    make_slot(line, post, date(2026, 10, 7), "off", ground="not_rostered")
    payroll_record(actor=world.actor("vendor_manager"), line=line, month=OCTOBER, hours={guard.pk: Decimal(8)})
    other = make_post(world.ours.estate_two, "别处")
    make_punch(line, other, guard, moment(MONDAY, 8), shift="night")
    with CaptureQueriesContext(connection) as queries:
        ledger = ledger_of(line, OCTOBER)
    assert len(queries) <= 10
    assert ledger.days[post.pk, MONDAY] == Counts(1, 1, 1, 1, 1, 0)
    assert (post.pk, date(2026, 10, 6)) not in ledger.days
    assert ledger.days[post.pk, date(2026, 10, 7)] == Counts(contracted=1)
    assert len(ledger.days) == 30
    assert ledger.names == {guard.pk: f"王** {guard.code}"}
    assert [stay.cell for stay in ledger.books.stays] == [(post.pk, MONDAY, "day")]


def test_a_month_that_goes_on_ends_yesterday_and_one_to_come_is_empty(world, line, post):
    assert ledger_of(line, Period.parse("2026-11")).books.until == date(2026, 11, 22)
    assert ledger_of(line, Period.parse("2026-12")).days == {}


def test_one_day_with_its_records(world, line, post, guard):
    ledger, found, (shift,) = ledger_day(world.actor("auditor"), post.code, MONDAY)
    assert (found, ledger.line) == (post, line)
    name = f"王** {guard.code}"
    assert (shift.rostered, shift.present, shift.people) == (name, True, ((guard.pk, name),))
    _ledger, _post, (empty,) = ledger_day(world.actor("auditor"), post.code, date(2026, 10, 8))
    assert (empty.rostered, empty.slot, empty.people) == ("", None, ())
    for role, code in (("their auditor", post.code), ("auditor", "PO-2026-9999")):
        with pytest.raises(NotFound):
            ledger_day(world.actor(role), code, MONDAY)


def test_lines_for_choosing_and_for_the_clock(world, line, post, guard):
    cleaning = make_line(world.ours)
    assert lines_with_posts(world.actor("auditor")) == [line]
    assert lines_with_posts(world.actor("their auditor")) == []
    assert lines_to_examine(OCTOBER) == [line]
    payroll_record(actor=world.actor("vendor_manager"), line=cleaning, month=OCTOBER, hours={})
    assert lines_to_examine(OCTOBER) == [line, cleaning]
    with pytest.raises(NotAllowed):
        lines_with_posts(world.actor("vendor_worker"))


def test_exceptions_stay_inside_the_company(world, line):
    finding = make_finding(line)
    assert list(findings_of(world.actor("vendor_manager"))) == [finding]
    assert finding_get(world.actor("finance"), finding.code) == finding
    with pytest.raises(NotFound):
        finding_get(world.actor("their finance"), finding.code)
    assert str(finding) == finding.code


def test_occurrences_of_what_was_upheld(world, line, post):
    cleaning = make_line(world.ours)
    make_finding(line)
    upheld = make_finding(line, state="upheld", post=post, shift="day", measure=8)
    whole = make_finding(cleaning, state="upheld", flaw="short_supply", quantity=3)
    found = list(ledger_occurrences(None, OCTOBER.start, OCTOBER.end))
    assert [(one.code, one.kind, one.severity, one.label, one.measure) for one in found] == [
        (upheld.code, "two_posts", "major", "东门岗", 8),
        (whole.code, "short_supply", "critical", "Short supply billed in full", None),
    ]
    assert [one.code for one in ledger_occurrences([line.pk], OCTOBER.start, OCTOBER.end)] == [upheld.code]

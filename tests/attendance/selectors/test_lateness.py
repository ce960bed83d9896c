from datetime import UTC, date, datetime
from decimal import Decimal

from duban.attendance.selectors import occurrences
from duban.kernel.actor import system_actor
from duban.kernel.period import Period
from duban.settlement.domain.figures import LineKind
from duban.settlement.domain.templates import terms_from_template
from duban.settlement.models import TermsVersion
from duban.settlement.selectors.inputs import gather_cases
from duban.settlement.services.storing import compute_case
from duban.settlement.services.terms import terms_bind, terms_store
from tests.factories.attendance import make_post, make_slot
from tests.factories.inspections import make_line

OCTOBER = Period.parse("2026-10")
CAME = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)


def make_lapses(line):
    """Four missed punches, three lapses of lateness (20, 45, 90 minutes) and a vacant slot that is also late."""
    post = make_post(line.estate)
    for day in range(1, 5):
        make_slot(line, post, date(2026, 10, day), checkin_at=CAME)
    for day, minutes in ((6, 20), (7, 45), (8, 90)):
        make_slot(line, post, date(2026, 10, day), late_minutes=minutes, checkin_at=CAME, checkout_at=CAME)
    return make_slot(line, post, date(2026, 10, 9), "vacant", late_minutes=30, checkin_at=CAME)


def test_manned_slots_tell_lateness_and_missed_punches(world):
    line = make_line(world.ours, service_line="security")
    vacant = make_lapses(line)
    found = [(item.kind, item.on.day, item.measure) for item in occurrences([line.pk], OCTOBER.start, OCTOBER.end)]
    assert found == [
        ("absent_slot", 9, vacant.planned_hours),
        *(("missed_punch", day, Decimal(1)) for day in range(1, 5)),
        ("late", 6, Decimal(20)),
        ("late", 7, Decimal(45)),
        ("late", 8, Decimal(90)),
    ]
    codes = [item.code for item in occurrences([line.pk], OCTOBER.start, OCTOBER.end)]
    assert len(set(codes)) == len(codes)
    assert codes[1].endswith("-M")
    assert codes[-1].endswith("-L")


def test_the_t17_terms_charge_them(world):
    line = make_line(world.ours, service_line="security")
    make_lapses(line)
    actor = system_actor(world.ours.root.path)
    version = terms_store(actor=actor, tenant=world.ours.root, terms=terms_from_template("T17", {}))
    assert isinstance(version, TermsVersion)
    terms_bind(actor=actor, contract=line.contract, version=version, from_on=line.contract.starts_on)
    (case,), _without = gather_cases([line.contract], OCTOBER)
    result = compute_case(case, OCTOBER).result
    charged = {row.line_id.rsplit(":", 1)[1]: row.amount for row in result.lines if row.kind == LineKind.CHARGE}
    hourly = case.inputs.lines[0].hourly_price
    assert charged["missed_punch"] == Decimal("-50.00")
    assert charged["late"] == -(20 + 50 + min(Decimal(400), 8 * hourly * Decimal("1.5")))
    assert charged["vacancy"] == -8 * hourly * Decimal("1.5")

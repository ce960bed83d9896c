from datetime import date
from decimal import Decimal

from duban.attendance.selectors.turnover import line_turnover
from duban.kernel.period import Period
from duban.platform.parameters.services import load_shipped_values
from tests.factories.inspections import make_line
from tests.factories.vendors import make_worker


def test_turnover_of_a_line_against_the_shipped_caps(world):
    line = make_line(world.ours, service_line="security")
    assert line_turnover(line, Period.parse("2026-10")) == {}
    for number in range(8):
        make_worker(world.ours.vendor, f"王{number}", service_line="security", category="image", entered_on=date(2025, 1, 1))
    assert line_turnover(line, Period.parse("2026-10")) == {}
    load_shipped_values()
    make_worker(world.ours.vendor, service_line="security", category="image", left_on=date(2026, 9, 30))
    make_worker(world.ours.vendor, service_line="cleaning", category="image", left_on=date(2026, 9, 30))
    found = line_turnover(line, Period.parse("2026-10"))
    assert set(found) == {"image"}
    assert found["image"].cap.year == Decimal("0.10") * 2
    assert [row.month for row in found["image"].months] == [f"2026-{number:02d}" for number in range(1, 11)]
    assert sum(row.leavers for row in found["image"].months) == 1
    assert len(line_turnover(line, Period.parse("2027-06"))["image"].months) == 12

from datetime import date
from decimal import Decimal

from duban.attendance.importers import PAYROLLS
from duban.attendance.models import PayrollEntry, PayrollProof
from duban.attendance.services.payrolls import payrolls_save
from duban.platform.imports import ImportRow
from tests.factories.inspections import make_line
from tests.factories.vendors import make_worker


def test_rows_become_one_payroll_for_each_line_and_month(world):
    line = make_line(world.ours, service_line="security")
    people = [make_worker(world.ours.vendor, name) for name in ("王小明", "李四光")]
    september, october = date(2026, 9, 1), date(2026, 10, 9)
    wanted = [(people[0], september, None), (people[0], october, 30), (people[1], october, None)]
    same = {"line": line.pk, "hours": Decimal(8)}
    rows = [
        ImportRow(number, {**same, "month": month, "worker": who.pk, "billed_shifts": bill})
        for number, (who, month, bill) in enumerate(wanted, 2)
    ]
    told = []
    counts = payrolls_save(rows, actor=world.actor("vendor_manager"), progress=told.append)
    assert counts.created == 3
    assert told == [1, 3]
    assert list(PayrollProof.objects.order_by("month").values_list("billed_shifts", flat=True)) == [None, 30]
    assert PayrollEntry.objects.count() == 3
    assert PAYROLLS.permission == "attendance.roster"

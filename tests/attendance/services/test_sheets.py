from datetime import date

from duban.attendance.models import Assignment
from duban.attendance.services.sheets import rosters_save
from duban.platform.imports import ImportCounts, ImportRow
from tests.factories.attendance import make_post, make_worker
from tests.factories.inspections import make_line


def test_rows_are_saved_roster_by_roster(world):
    line, post, worker = (
        make_line(world.ours, service_line="security"),
        make_post(world.ours.estate),
        make_worker(world.ours.vendor),
    )
    same = {"line": line.pk, "post": post.pk, "shift": "day"}
    rows = [
        ImportRow(2, {**same, "week": date(2026, 10, 8), "mon": "王小明", "sun": "休"}),
        ImportRow(3, {**same, "week": date(2026, 12, 28), "mon": worker.code, "sat": "王小明"}),
    ]
    done = []
    counts = rosters_save(rows, actor=world.actor("vendor_foreman"), progress=done.append)
    assert (counts, done) == (ImportCounts(2, 0, 0), [1, 2])
    assert list(Assignment.objects.order_by("day").values_list("day", "planned")) == [
        (date(2026, 10, 5), "work"),
        (date(2026, 10, 11), "rest"),
        (date(2026, 12, 28), "work"),
    ]

from duban.inspections.models import Reinspection
from duban.inspections.selectors.calibration_evidence import Stratum
from duban.inspections.views.calibration_person import month_rows, person_tiles, stratum_rows, twice_lines, vendor_rows
from tests.factories.inspections import make_line
from tests.inspections.views.test_calibration_words import EFFECT, ONE, SAME, STILL, page_of


def figures(**more):
    own = {**ONE, "effect": EFFECT, "mark": "", "reason": ""}
    return {"inspectors": own, "favours": [], "sameness": SAME, "drifts": STILL, "agreements": None, **more}


def test_tiles_say_what_is_known_and_open_to_it():
    tiles = person_tiles("1", figures())
    assert [one.value for one in tiles] == ["900", "+3.10", "1.00 ×", "–"]
    assert tiles[0].url.endswith("/calibration/1/checks/")
    assert tiles[2].url.endswith("/calibration/1/visits/")
    kappa = {"pairs": 44, "kappa": {**EFFECT, "value": 0.7}, "reason": ""}
    assert person_tiles("1", figures(agreements=kappa))[3].note == "44 checks made twice"
    unknown = {"inspectors": {**ONE, "effect": None, "mark": "", "reason": "few"}, "sameness": None}
    assert [one.value for one in person_tiles("1", figures(**unknown))] == ["900", "–", "–", "–"]
    assert person_tiles("1", figures(agreements={**kappa, "kappa": None, "reason": "few"}))[3].note.startswith(
        "not enough data: 44"
    )


def test_the_largest_differences_come_first_and_the_incomparable_last(world):
    line = make_line(world.ours)
    strata = [
        Stratum(line, "2026Q1", 9, 10, 0, 0),
        Stratum(line, "2026Q2", 9, 10, 8, 10),
        Stratum(line, "2026Q4", 5, 10, 9, 10),
    ]
    rows = stratum_rows("1", strata)
    assert [(one.quarter, one.rate, one.others_rate, one.difference) for one in rows] == [
        ("2026Q4", "50.0%", "90.0%", "−40.00"),
        ("2026Q2", "90.0%", "80.0%", "+10.00"),
        ("2026Q1", "90.0%", "", ""),
    ]
    assert rows[0].url.endswith(f"?line={line.pk}&day_from=2026-10-01&day_to=2026-12-31")


def test_months_and_vendors_open_to_their_checks():
    point = {"month": "2026-02", "checks": 50, "effect": EFFECT}
    [month] = month_rows("1", figures(drifts={**STILL, "points": [point]}))
    assert month.url.endswith("?day_from=2026-02-01&day_to=2026-02-28")
    assert month_rows("1", figures(drifts=None)) == []
    favours = [
        {"inspector": "1", "vendor": "7", "checks": 99, "effect": EFFECT, "is_marked": True},
        {"inspector": "1", "vendor": "8", "checks": 9, "effect": None, "is_marked": False},
    ]
    rows = vendor_rows(page_of(), "1", figures(favours=favours))
    assert [(one.name, one.effect, one.badge and one.badge.label) for one in rows] == [
        ("Lvye", "+3.10 (+2.00 … +4.20)", "Stands out"),
        ("8", "", None),
    ]
    assert rows[0].url.endswith("?vendor=7")


def test_visits_checked_again(world):
    line, person = make_line(world.ours), world.person("quality_inspector")
    visit = line.visits.create(day="2026-10-05", inspector=world.person("estate_manager"))
    task = Reinspection.objects.create(visit=visit, inspector=person, seed="1", due_on="2026-11-30")
    [row] = twice_lines([task])
    assert (row.code, row.second, row.checks, row.agreed) == (task.code, person.name, 0, 0)

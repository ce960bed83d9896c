"""Whether the demo's inspectors measure alike: visits checked again by somebody else, and the comparison of the year."""

from datetime import date
from random import Random

from duban.inspections.domain.calibration.drawing import Opinion
from duban.inspections.domain.verdicts import Grade, Verdict
from duban.inspections.models import Reinspection
from duban.inspections.services.calibration import calibration_compute
from duban.inspections.services.reinspections import reinspection_answer, reinspections_draw
from duban.kernel.actor import system_actor
from duban.orgs.selectors import actor_for_person
from duban.project.demo.clock import at
from duban.project.demo.company import FIRST_DAY, LAST_DAY
from duban.project.demo.registers import World
from duban.project.demo.story import FAVOURED_VENDOR, FAVOURING_INSPECTOR

DRAWN, OPEN = 20, 4
DRAWN_ON, DUE_ON = date(2026, 10, 19), date(2026, 11, 13)
SEED = "2026-10-19"
MISSED, OVERSEEN, FAVOURED = 0.25, 0.012, 0.05
"""Shares: failures the second does not see, passes the second fails, and the same where the first was kind to a friend."""


def compare_inspectors(world: World) -> int:
    """Draw visits of September and October, check most of them again, and compare all inspectors; how many were drawn."""
    quality = actor_for_person(world.people["quality"])
    start = date(2026, 9, 1)
    with at(DRAWN_ON):
        drawn = reinspections_draw(actor=quality, start=start, end=date(2026, 10, 18), count=DRAWN, due_on=DUE_ON, seed=SEED)
    random = Random(SEED)
    with at(LAST_DAY):
        for task in drawn[:-OPEN]:
            opinions = _opinions(random, task)
            reinspection_answer(actor=actor_for_person(task.inspector), reinspection=task, opinions=opinions)
        calibration_compute(actor=system_actor(world.tenant.path), tenant=world.tenant, start=FIRST_DAY, end=LAST_DAY)
    return len(drawn)


def _opinions(random: Random, task: Reinspection) -> dict[int, Opinion]:
    vendor, first = task.visit.line.contract.vendor.short_name, task.visit.inspector
    is_kind = first is not None and (vendor, first.username) == (FAVOURED_VENDOR, FAVOURING_INSPECTOR)
    found: dict[int, Opinion] = {}
    for result in task.visit.results.select_related("item").order_by("pk"):
        verdict, severity = Verdict(result.verdict), Grade(result.severity)
        if verdict == Verdict.FAIL and random.random() < MISSED:
            verdict = Verdict.PASS
        elif verdict == Verdict.PASS and random.random() < (FAVOURED if is_kind else OVERSEEN):
            verdict, severity = Verdict.FAIL, Grade.of(result.item.severity)
        found[result.pk] = Opinion(verdict, severity)
    return found

"""What stands in the database of an installation, asked and prepared from outside while it is served."""

import json
import subprocess
import sys
from typing import Any

from tests.journeys.installation import ROOT, Installation

TASK = """
import json
from django.utils import timezone
from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.inspections.models import InspectionTask
from duban.orgs.models import Person
from duban.standards.models import Checklist
today = timezone.localdate()
line = ContractLine.objects.filter(service_line="cleaning", starts_on__lte=today, ends_on__gte=today).order_by("pk")[0]
checklist = Checklist.objects.create(standard=line.standard, name="Rehearsal")
checklist.items.set(line.standard.items.order_by("pk")[:{items}])
task = InspectionTask(line=line, checklist=checklist, planned_on=today, due_on=today, kind="extra", state="planned", {more})
task.save()
task.places.set(Place.objects.filter(estate=line.estate, latitude__isnull=False).order_by("pk")[:{places}])
task.inspectors.set(Person.objects.filter(username__in={people}))
tags = [place.tag for place in task.places.order_by("pk")]
keys = [item.key for item in checklist.items.order_by("pk")]
print("ANSWER", json.dumps({{"task": task.code, "places": tags, "items": keys}}))
"""
KEPT = """
import json
from duban.inspections.models import CheckPhoto, CheckResult, Finding, InspectionTask, OtherAnswer
from duban.platform.sync.models import Envelope
task = InspectionTask.objects.get(code="{task}")
sent = Envelope.objects.filter(payload__contains=task.code)
results = CheckResult.objects.filter(visit__task=task)
spots = list(results.order_by("pk").values_list("place__tag", "item__key"))
print("ANSWER", json.dumps({{
    "state": task.state,
    "signed": task.signature_id is not None,
    "results": len(spots),
    "spots": len(set(spots)),
    "failed": results.filter(verdict=0).count(),
    "verdicts": list(results.order_by("pk").values_list("verdict", flat=True)),
    "findings": Finding.objects.filter(check_result__in=results).count(),
    "photos": CheckPhoto.objects.filter(check_result__in=results).count(),
    "files": CheckPhoto.objects.filter(check_result__in=results).values("file").distinct().count(),
    "others": list(OtherAnswer.objects.filter(result__in=results).values_list("inspector__username", "verdict")),
    "unsettled": sent.exclude(stage="applied").count(),
    "envelopes": sent.count(),
}}))
"""
COUNTED = """
import json
from duban.inspections.models import CheckResult
from duban.inspections.selectors.facts import occurrences
from duban.platform.trust.services import photos_look
photos_look()
wanted = {results}
rows = CheckResult.objects.filter(pk__in=[int(code.removeprefix("CR-")) for code in wanted])
lines, days = set(rows.values_list("line_id", flat=True)), sorted(rows.values_list("day", flat=True))
found = {{one.code: [one.for_points, one.for_money] for one in occurrences(lines, days[0], days[-1])}}
print("ANSWER", json.dumps({{"counts": [found.get(code) for code in wanted]}}))
"""


def made_task(installation: Installation, people: list[str], *, items: int, places: int, more: str = "") -> dict[str, Any]:
    """A task of today for these people; its code, the tags of its places and the keys of its items."""
    return _asked(installation, TASK.format(items=items, places=places, people=people, more=more))


def kept(installation: Installation, task: str) -> dict[str, Any]:
    """What the database holds of a task, counted."""
    return _asked(installation, KEPT.format(task=task))


def _asked(installation: Installation, script: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "duban", "django", "shell", "-v0", "-c", script]
    run = subprocess.run(command, cwd=ROOT, env=installation.environment, capture_output=True, text=True, check=False)
    answers = [line for line in run.stdout.splitlines() if line.startswith("ANSWER ")]
    if not answers:
        raise RuntimeError(f"no answer:\n{run.stdout}\n{run.stderr}")
    found: dict[str, Any] = json.loads(answers[-1].removeprefix("ANSWER "))
    return found


def counted(installation: Installation, *results: str) -> list[Any]:
    """For what each failed result counts, once the photos are looked at: [points, money], or nothing for nothing."""
    return list(_asked(installation, COUNTED.format(results=list(results)))["counts"])

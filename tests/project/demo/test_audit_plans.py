import json
from importlib.resources import files

from duban.inspections.domain.audits import NONCONFORMITIES, AuditGrade
from duban.project.demo.audit_plans import AUDITS

KEYS = {
    item["key"]
    for name in ("cleaning", "security")
    for item in json.loads((files("duban.standards") / "data" / f"{name}.json").read_text(encoding="utf-8"))["items"]
}


def test_what_is_told_could_have_happened():
    for plan in AUDITS:
        assert plan.planned <= plan.starts <= plan.ends
        if plan.issued is not None:
            assert plan.ends < plan.issued
        for note in plan.notes:
            steps = [note.answered, note.accepted, note.done and note.done[0], note.verified and note.verified[0]]
            days = [day for day in steps if day is not None]
            assert days == sorted(days)
            assert bool(note.due) == (AuditGrade(note.grade) in NONCONFORMITIES)


def test_findings_name_items_of_the_standards():
    named = {note.item for plan in AUDITS for note in plan.notes if note.item}
    assert named <= KEYS

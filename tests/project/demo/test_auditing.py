from dataclasses import replace
from datetime import date
from random import Random

import pytest

from duban.inspections.models import Audit, AuditFinding
from duban.project.demo import auditing
from duban.project.demo.audit_plans import AUDITS
from duban.project.demo.auditing import play_audits
from duban.project.demo.registers import World
from duban.standards.models import StandardItem
from tests.factories.inspections import make_line

ROLES = {
    "quality": "quality_manager",
    "director": "group_admin",
    "review": "group_admin",
    "inspector": "auditor",
    "inspector3": "auditor",
    "inspector4": "auditor",
    "auditor": "auditor",
    "jieda": "vendor_manager",
    "andun": "vendor_manager",
    "estate": "estate_manager",
}


@pytest.fixture
def demo(world, monkeypatch):
    """A small company that has the vendor and the estate of every audit; all of them are led by the quality manager."""
    tenant = world.ours
    standard = make_line(tenant).standard
    keys = {note.item for plan in AUDITS for note in plan.notes} - {""} - set(standard.items.values_list("key", flat=True))
    StandardItem.objects.bulk_create(
        [StandardItem(standard=standard, key=key, block=key.split(".")[0], number="9", name=key) for key in sorted(keys)]
    )
    tenant.vendor.short_name, tenant.estate.short_name = "洁达环境", "翠湖"
    tenant.vendor.save()
    tenant.estate.save()
    monkeypatch.setattr(auditing, "AUDITS", tuple(_moved(plan) for plan in AUDITS))
    people = {name: world.person(role) for name, role in ROLES.items()}
    return World(random=Random(1), units={"华东区域": tenant.root}, people=people)


def _moved(plan):
    answers = plan.answers and "jieda"
    return replace(plan, vendor="洁达环境", estate="翠湖", lead="quality", answers=answers)


def test_one_is_closed_one_followed_up_one_to_come(demo):
    assert play_audits(demo) == len(AUDITS)
    states = dict(Audit.objects.order_by("starts_on").values_list("starts_on", "state"))
    assert states == {date(2026, 4, 13): "closed", date(2026, 10, 19): "issued", date(2026, 12, 8): "planned"}
    found = list(AuditFinding.objects.order_by("pk").values_list("state", flat=True))
    assert found == ["effective", "effective", "noted", "done", "accepted", "noted", "noted", "noted"]
    closed = Audit.objects.get(state="closed")
    assert (closed.closed_on, closed.issued_at.date()) == (date(2026, 6, 17), date(2026, 4, 17))
    assert play_audits(demo) == len(AUDITS)


def test_an_audit_may_stop_before_its_report(demo, monkeypatch):
    monkeypatch.setattr(auditing, "AUDITS", (replace(auditing.AUDITS[0], issued=None),))
    assert play_audits(demo) == 1
    assert Audit.objects.get().state == "reporting"

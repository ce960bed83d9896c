"""What phones sent."""

from uuid import uuid4

from django.utils import timezone

from duban.platform.sync.canonical import canonical, digest
from duban.platform.sync.models import Envelope
from duban.platform.sync.reasons import reason
from tests.cast import Tenant

SAID = {
    "task": "TK-2026-0001",
    "note": "积水",
    "photos": [],
    "edits": ["a", "b"],
    "position": {"lat": "31.23", "lon": "121.47"},
}


def make_envelope(tenant: Tenant, role: str = "quality_inspector", **more: object) -> Envelope:
    """Something that was refused, sent by somebody of the tenant."""
    text = canonical(SAID) or ""
    values = {
        "id": uuid4(),
        "person": tenant.people[role],
        "scope": tenant.root.path,
        "home": tenant.project.path,
        "device": "018f4a2e-1111",
        "delivery": uuid4(),
        "kind": "inspections.answer",
        "version": 1,
        "captured_at": timezone.now(),
        "sent_at": timezone.now(),
        "received_at": timezone.now(),
        "sha256": digest(text),
        "payload": text,
        "stage": "rejected",
        "reason": reason("invalid", errors=[("item", "No such item.")]),
        **more,
    }
    return Envelope.objects.create(**values)

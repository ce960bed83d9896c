"""Graded records and doubtful ones."""

from uuid import uuid4

from django.utils import timezone

from duban.platform.trust.models import TrustMark, TrustReview
from tests.cast import Tenant

TEMPO = ({"code": "tempo", "weight": 40, "figures": {"items": "25", "seconds": "15"}},)


def make_mark(tenant: Tenant, role: str = "quality_inspector", **more: object) -> TrustMark:
    """A record of low trust because of its tempo, by somebody of the tenant."""
    values = {
        "id": uuid4(),
        "person": tenant.people[role],
        "scope": tenant.root.path,
        "kind": "inspections.answer",
        "record": "CR-1",
        "device": "018f4a2e-1111",
        "captured_at": timezone.now(),
        "grade": "C",
        "weight": 40,
        "reasons": list(TEMPO),
        "looked_at": timezone.now(),
        **more,
    }
    return TrustMark.objects.create(**values)


def make_review(tenant: Tenant, mark: TrustMark | None = None, **more: object) -> TrustReview:
    """A doubtful record of the tenant's estate that counts for the score and waits to count for money."""
    found = mark or make_mark(tenant)
    values = {
        "scope": tenant.root.path,
        "office": tenant.project.path,
        "keeper": tenant.city.path,
        "kind": found.kind,
        "record": found.record,
        "page": "inspections:result",
        "title": "大堂地面",
        "about": "甲花园 · 大堂",
        "person": found.person,
        "captured_at": found.captured_at,
        "grade": found.grade,
        "weight": found.weight,
        "first_reason": found.reasons[0]["code"] if found.reasons else "",
        "money_floor": "B",
        "counts_money": False,
        **more,
    }
    return TrustReview.objects.create(mark=found, **values)

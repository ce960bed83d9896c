"""Posts and their slots."""

from datetime import date

from duban.attendance.models import Slot
from duban.contracts.models import ContractLine
from duban.estates.models import Estate, Post


def make_post(estate: Estate, name: str = "东门岗", **more: object) -> Post:
    """A post of the security service."""
    return Post.objects.create(estate=estate, service_line="security", name=name, hours_per_week=56, **more)


def make_slot(line: ContractLine, post: Post, day: date = date(2026, 10, 5), state: str = "present", **more: object) -> Slot:
    """One slot as it was handed in."""
    return Slot.objects.create(line=line, post=post, day=day, state=state, **{"ground": "given", **more})

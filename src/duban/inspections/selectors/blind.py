"""What a second inspector must not see while the re-inspection is open: the first one's visit, results and findings."""

from django.db.models import QuerySet

from duban.inspections.models import Reinspection
from duban.kernel.actor import Actor


def blind_visits(actor: Actor) -> "QuerySet[Reinspection, int]":
    """Keys of the visits whose results are kept from this actor, as a subquery."""
    return Reinspection.objects.filter(inspector_id=actor.person_id or 0, state="open").values_list("visit_id", flat=True)

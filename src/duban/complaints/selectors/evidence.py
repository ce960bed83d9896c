"""What lies behind a figure about complaints: counts, categories, places, a sample."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from duban.complaints.domain.categories import categories
from duban.complaints.models import Complaint, Validity
from duban.complaints.permissions import Code
from duban.complaints.selectors.facts import ON_TIME, late_condition
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.evidence import Cluster, EvidencePanel, EvidenceRow
from duban.kernel.text import mark

CLUSTERS = 5
TEXT_LIMIT = 60


def evidence_panel(actor: Actor, line_id: int, metric: str, start: date, end: date, *, limit: int = 8) -> EvidencePanel:
    """The valid complaints of one line by day of receipt, both ends included; three statements.

    For `complaints.replied_on_time` the misses are the late replies, for anything else every valid complaint. Raises
    `NotAllowed` without `complaints.view`, `NotFound` for a line outside the actor's scope.
    """
    actor.require(Code.VIEW)
    if not ContractLine.objects.for_actor(actor).filter(pk=line_id).exists():
        raise NotFound
    valid = Complaint.objects.filter(line_id=line_id, validity=Validity.VALID, day__range=(start, end))
    is_late = metric == ON_TIME
    misses = list(_misses(valid, is_late=is_late))
    names = {key: category.names["zh"] for key, category in categories().items()}
    return EvidencePanel(
        app="complaints",
        metric=metric,
        counted=valid.count(),
        missed=len(misses),
        places=_clusters((complaint.place_name, "") for complaint in misses if complaint.place_name),
        subjects=_clusters((names.get(complaint.category, complaint.category), complaint.category) for complaint in misses),
        rows=tuple(_row(complaint, is_late=is_late) for complaint in misses[:limit]),
        url_name="complaints:list",
        query=_query(line_id, start, end, is_late=is_late),
    )


def _misses(valid: "QuerySet[Complaint]", *, is_late: bool) -> "QuerySet[Complaint]":
    rows = valid.filter(late_condition()) if is_late else valid
    return rows.order_by("-received_at", "-id")


def _row(complaint: Complaint, *, is_late: bool) -> EvidenceRow:
    return EvidenceRow(
        app="complaints",
        code=complaint.code,
        on=complaint.day,
        label=complaint.text[:TEXT_LIMIT],
        place=complaint.place_name,
        verdict=mark("Late reply") if is_late else mark("Founded"),
        severity="",
        url_name="complaints:detail",
        url_args=(complaint.code,),
    )


def _query(line_id: int, start: date, end: date, *, is_late: bool) -> dict[str, str]:
    query = {"line": str(line_id), "validity": "valid", "day_from": start.isoformat(), "day_to": end.isoformat()}
    return {**query, "late": "yes"} if is_late else query


def _clusters(labels: Iterable[tuple[str, str]]) -> tuple[Cluster, ...]:
    return tuple(Cluster(label, count, key) for (label, key), count in Counter(labels).most_common(CLUSTERS))

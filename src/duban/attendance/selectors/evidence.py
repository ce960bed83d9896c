"""What lies behind a presence figure: counts, the worst posts and shifts, a sample."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from duban.attendance.domain.slots import Shift, SlotState
from duban.attendance.domain.states import SLOT_STATES
from duban.attendance.models import Slot
from duban.attendance.permissions import Code
from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.evidence import Cluster, EvidencePanel, EvidenceRow

CLUSTERS = 5
REPEAT_DAYS = 90


def evidence_panel(actor: Actor, line_id: int, metric: str, start: date, end: date, *, limit: int = 8) -> EvidencePanel:
    """The evidence of `attendance.presence` (or `attendance.presence:<shift>`) of one line, both ends included.

    Three statements. A repeat is a vacancy of a post and shift that had been vacant within 90 days before. Raises
    `NotAllowed` without `attendance.view`, `NotFound` for a line outside the actor's scope.
    """
    actor.require(Code.VIEW)
    if not ContractLine.objects.for_actor(actor).filter(pk=line_id).exists():
        raise NotFound
    shift = metric.partition(":")[2]
    slots = Slot.objects.filter(line_id=line_id, **({"shift": shift} if shift else {}))
    counted = slots.filter(day__range=(start, end), state__in=(SlotState.PRESENT, SlotState.VACANT)).count()
    known = slots.filter(state=SlotState.VACANT, day__range=(start - timedelta(days=REPEAT_DAYS), end))
    vacant = list(known.select_related("post").order_by("-day", "-id"))
    misses = [slot for slot in vacant if slot.day >= start]
    return EvidencePanel(
        app="attendance",
        metric=metric,
        counted=counted,
        missed=len(misses),
        repeats=_repeats(vacant, start),
        repeat_days=REPEAT_DAYS,
        places=_clusters((slot.post.name, slot.post.code) for slot in misses),
        subjects=_clusters((Shift(slot.shift).label, slot.shift) for slot in misses),
        rows=tuple(_row(slot) for slot in misses[:limit]),
        url_name="attendance:slots",
        query={
            "line": str(line_id),
            "state": "vacant",
            "shift": shift,
            "day_from": start.isoformat(),
            "day_to": end.isoformat(),
        },
    )


def _repeats(vacant: list[Slot], start: date) -> int:
    last: dict[tuple[int, str], date] = {}
    count = 0
    for slot in reversed(vacant):
        before = last.get((slot.post_id, slot.shift))
        count += slot.day >= start and before is not None and 0 < (slot.day - before).days <= REPEAT_DAYS
        last[slot.post_id, slot.shift] = slot.day
    return count


def _row(slot: Slot) -> EvidenceRow:
    return EvidenceRow(
        app="attendance",
        code=slot.code,
        on=slot.day,
        label=Shift(slot.shift).label,
        place=slot.post.name,
        verdict=SLOT_STATES.labels[slot.state],
        severity="",
        url_name="attendance:slot",
        url_args=(slot.code,),
    )


def _clusters(labels: Iterable[tuple[str, str]]) -> tuple[Cluster, ...]:
    return tuple(Cluster(label, count, key) for (label, key), count in Counter(labels).most_common(CLUSTERS))

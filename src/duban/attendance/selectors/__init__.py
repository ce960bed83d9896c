"""Every read of attendance. `metric_facts`, `occurrences` and `evidence_panel` stand here for those above."""

from duban.attendance.selectors.evidence import evidence_panel
from duban.attendance.selectors.facts import metric_facts, occurrences
from duban.attendance.selectors.slots import (
    CoverageRow,
    coverage,
    line_choices,
    review_count,
    slot_get,
    slot_list,
    slot_page,
    slots_after,
)

__all__ = [
    "CoverageRow",
    "coverage",
    "evidence_panel",
    "line_choices",
    "metric_facts",
    "occurrences",
    "review_count",
    "slot_get",
    "slot_list",
    "slot_page",
    "slots_after",
]

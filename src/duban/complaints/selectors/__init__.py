"""Every read of complaints. `metric_facts`, `occurrences` and `evidence_panel` stand here for those above."""

from duban.complaints.selectors.complaints import (
    ComplaintPage,
    complaint_get,
    complaint_list,
    complaint_page,
    estates_to_choose,
    line_by_name,
    line_get,
    lines_for,
)
from duban.complaints.selectors.evidence import evidence_panel
from duban.complaints.selectors.facts import metric_facts, occurrences

__all__ = [
    "ComplaintPage",
    "complaint_get",
    "complaint_list",
    "complaint_page",
    "estates_to_choose",
    "evidence_panel",
    "line_by_name",
    "line_get",
    "lines_for",
    "metric_facts",
    "occurrences",
]

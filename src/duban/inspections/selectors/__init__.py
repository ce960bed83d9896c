"""Every read of inspections. `metric_facts`, `occurrences` and `evidence_panel` stand here for those above."""

from duban.inspections.selectors.evidence import evidence_panel
from duban.inspections.selectors.facts import metric_facts, occurrences
from duban.inspections.selectors.findings import (
    finding_board,
    finding_counts,
    finding_get,
    finding_list,
    finding_page,
    findings_chosen,
    owner_options,
)
from duban.inspections.selectors.results import result_get, result_list, result_page, results_after
from duban.inspections.selectors.visits import (
    checklist_options,
    items_to_check,
    line_to_inspect,
    lines_to_inspect,
    places_to_check,
    visit_get,
    visit_list,
    visit_page,
)

__all__ = [
    "checklist_options",
    "evidence_panel",
    "finding_board",
    "finding_counts",
    "finding_get",
    "finding_list",
    "finding_page",
    "findings_chosen",
    "items_to_check",
    "line_to_inspect",
    "lines_to_inspect",
    "metric_facts",
    "occurrences",
    "owner_options",
    "places_to_check",
    "result_get",
    "result_list",
    "result_page",
    "results_after",
    "visit_get",
    "visit_list",
    "visit_page",
]

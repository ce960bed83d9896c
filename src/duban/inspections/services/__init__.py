"""Writes of inspections, by aggregate."""

from duban.inspections.services.correcting import correct_result
from duban.inspections.services.findings import findings_announce_overdue, move_finding, open_findings
from duban.inspections.services.photos import add_finding_photos, add_photos
from duban.inspections.services.receiving import receive_results
from duban.inspections.services.recording import record_results
from duban.inspections.services.visits import record_visit

__all__ = [
    "add_finding_photos",
    "add_photos",
    "correct_result",
    "findings_announce_overdue",
    "move_finding",
    "open_findings",
    "receive_results",
    "record_results",
    "record_visit",
]

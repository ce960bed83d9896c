"""What was seen on site: visits, check results with their photos, and the findings that failed checks open."""

from duban.inspections.models.findings import Finding
from duban.inspections.models.paths import line_paths
from duban.inspections.models.results import CheckPhoto, CheckResult
from duban.inspections.models.visits import Visit

__all__ = ["CheckPhoto", "CheckResult", "Finding", "Visit", "line_paths"]

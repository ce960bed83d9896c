"""What is to be seen on site and what was: plans, tasks, visits, results with photos, findings, notices, and praise."""

from duban.inspections.models.calibration import Calibration, Reinspection, ReinspectionDraw, SecondOpinion
from duban.inspections.models.findings import Finding, FindingReply
from duban.inspections.models.paths import line_paths
from duban.inspections.models.plans import InspectionPlan
from duban.inspections.models.praises import Praise
from duban.inspections.models.rectification import NoticeFinding, NoticeLink, RectificationNotice, TimeLimit
from duban.inspections.models.results import CheckPhoto, CheckResult
from duban.inspections.models.tasks import InspectionTask
from duban.inspections.models.visits import Visit

__all__ = [
    "Calibration",
    "CheckPhoto",
    "CheckResult",
    "Finding",
    "FindingReply",
    "InspectionPlan",
    "InspectionTask",
    "NoticeFinding",
    "NoticeLink",
    "Praise",
    "RectificationNotice",
    "Reinspection",
    "ReinspectionDraw",
    "SecondOpinion",
    "TimeLimit",
    "Visit",
    "line_paths",
]

"""What is to be seen on site and what was: plans, tasks, visits, results with photos, findings, notices, praise, audits."""

from duban.inspections.models.answers import AnswerChange, OtherAnswer
from duban.inspections.models.audits import Audit, AuditFinding, AuditMeeting, AuditMember, AuditProgramme
from duban.inspections.models.calibration import Calibration, Reinspection, ReinspectionDraw, SecondOpinion
from duban.inspections.models.findings import Finding, FindingReply
from duban.inspections.models.form_answers import FormAnswer
from duban.inspections.models.lots import LotVerdict, RiskRating
from duban.inspections.models.paths import line_paths
from duban.inspections.models.plans import InspectionPlan
from duban.inspections.models.praises import Praise
from duban.inspections.models.rectification import NoticeFinding, NoticeLink, RectificationNotice, TimeLimit
from duban.inspections.models.results import CheckPhoto, CheckResult, UncountedResult
from duban.inspections.models.tasks import InspectionTask
from duban.inspections.models.visits import Visit

__all__ = [
    "AnswerChange",
    "Audit",
    "AuditFinding",
    "AuditMeeting",
    "AuditMember",
    "AuditProgramme",
    "Calibration",
    "CheckPhoto",
    "CheckResult",
    "Finding",
    "FindingReply",
    "FormAnswer",
    "InspectionPlan",
    "InspectionTask",
    "LotVerdict",
    "NoticeFinding",
    "NoticeLink",
    "OtherAnswer",
    "Praise",
    "RectificationNotice",
    "Reinspection",
    "ReinspectionDraw",
    "RiskRating",
    "SecondOpinion",
    "TimeLimit",
    "UncountedResult",
    "Visit",
    "line_paths",
]

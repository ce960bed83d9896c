"""Writes of inspections, by aggregate."""

from duban.inspections.services.audit_findings import audit_finding_change, audit_finding_note, audit_finding_rectify
from duban.inspections.services.audit_following import audit_actions_remind, audit_finding_answer, audit_finding_move
from duban.inspections.services.audit_meetings import audit_meeting_record
from duban.inspections.services.audits import (
    audit_change,
    audit_close,
    audit_issue,
    audit_move,
    audit_plan,
    programme_set,
)
from duban.inspections.services.correcting import correct_result
from duban.inspections.services.escalating import findings_escalate
from duban.inspections.services.findings import (
    findings_announce_overdue,
    findings_assign,
    findings_extend,
    move_finding,
)
from duban.inspections.services.issuing import notice_move, notices_issue
from duban.inspections.services.judging import lots_judge
from duban.inspections.services.limits import limit_drop, limit_set
from duban.inspections.services.links import TooMany, link_find, link_make, link_open, link_reply, link_revoke
from duban.inspections.services.opening import open_findings
from duban.inspections.services.photos import add_finding_photos, add_photos
from duban.inspections.services.planning import tasks_make, tasks_miss
from duban.inspections.services.plans import plan_change, plan_create, plan_move, plan_tasks_make
from duban.inspections.services.praising import praise_give, praise_take_back
from duban.inspections.services.receiving import receive_results
from duban.inspections.services.rechecking import finding_recheck, findings_close
from duban.inspections.services.recording import record_results
from duban.inspections.services.replying import finding_reply
from duban.inspections.services.rounds import task_cancel, task_finish, task_move, task_start, tasks_assign
from duban.inspections.services.task_entry import task_record
from duban.inspections.services.visits import record_visit

__all__ = [
    "TooMany",
    "add_finding_photos",
    "add_photos",
    "audit_actions_remind",
    "audit_change",
    "audit_close",
    "audit_finding_answer",
    "audit_finding_change",
    "audit_finding_move",
    "audit_finding_note",
    "audit_finding_rectify",
    "audit_issue",
    "audit_meeting_record",
    "audit_move",
    "audit_plan",
    "correct_result",
    "finding_recheck",
    "finding_reply",
    "findings_announce_overdue",
    "findings_assign",
    "findings_close",
    "findings_escalate",
    "findings_extend",
    "limit_drop",
    "limit_set",
    "link_find",
    "link_make",
    "link_open",
    "link_reply",
    "link_revoke",
    "lots_judge",
    "move_finding",
    "notice_move",
    "notices_issue",
    "open_findings",
    "plan_change",
    "plan_create",
    "plan_move",
    "plan_tasks_make",
    "praise_give",
    "praise_take_back",
    "programme_set",
    "receive_results",
    "record_results",
    "record_visit",
    "task_cancel",
    "task_finish",
    "task_move",
    "task_record",
    "task_start",
    "tasks_assign",
    "tasks_make",
    "tasks_miss",
]

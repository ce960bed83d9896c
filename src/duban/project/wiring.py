"""Who listens to whom, and the other tables only this package can fill because only it knows everybody.

Lower packages reach these tables by the settings that name them (`DUBAN_LISTENERS`, …), never by import.
"""

from collections.abc import Mapping
from datetime import timedelta

from duban.attendance.domain.events import SlotDecided
from duban.complaints.domain.events import ComplaintReceived, ComplaintReopened, ComplaintRouted
from duban.contracts.domain.events import ContractActivated, ContractEnded
from duban.inspections.domain.events import (
    AuditActionsDue,
    AuditFindingMoved,
    AuditIssued,
    AuditPlanned,
    FindingReopened,
    FindingsEscalated,
    FindingsOpened,
    LotJudged,
    NoticeAnswered,
    NoticeSent,
    PraiseGiven,
    ResultCorrected,
    VisitsDrawn,
)
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.platform.events import Listener, When
from duban.platform.jobs import PeriodicJob
from duban.platform.sync.kinds import SyncKind
from duban.platform.trust.domain.events import TrustSettled
from duban.scorecards.domain.events import CardAppealed, CardPublished, CardRevised, CardSettled, GradeConfirmed, PeriodClosed
from duban.settlement.domain.events import (
    AppealDecided,
    LineAppealed,
    StatementConfirmed,
    StatementSent,
    WorkCountDisputed,
    WorkCountEntered,
)
from duban.vendors.domain.events import CertificateChanged, WorkerCredentialChanged

LISTENERS: Mapping[type, tuple[Listener, ...]] = {
    EvidenceChanged: (Listener("duban.scorecards.services.facts.mark_dirty", When.WITHIN),),
    CertificateChanged: (Listener("duban.contracts.services.evidence.announce_certificate_change", When.WITHIN),),
    WorkerCredentialChanged: (),
    ContractActivated: (),
    ContractEnded: (),
    FindingsOpened: (Listener("duban.inspections.services.notices.tell_opened"),),
    FindingReopened: (Listener("duban.inspections.services.notices.tell_reopened"),),
    FindingsEscalated: (Listener("duban.inspections.services.notices.tell_escalated"),),
    NoticeSent: (Listener("duban.inspections.services.notices.tell_sent"),),
    NoticeAnswered: (Listener("duban.inspections.services.notices.tell_answered"),),
    VisitsDrawn: (Listener("duban.inspections.services.notices.tell_drawn"),),
    AuditPlanned: (Listener("duban.inspections.services.audit_notices.tell_planned"),),
    AuditIssued: (Listener("duban.inspections.services.audit_notices.tell_issued"),),
    AuditFindingMoved: (Listener("duban.inspections.services.audit_notices.tell_moved"),),
    AuditActionsDue: (Listener("duban.inspections.services.audit_notices.tell_due"),),
    PraiseGiven: (Listener("duban.inspections.services.notices.tell_praised"),),
    LotJudged: (),
    ResultCorrected: (),
    TrustSettled: (
        Listener("duban.inspections.services.trust.follow_trust", When.WITHIN),
        Listener("duban.attendance.services.trust.follow_trust", When.WITHIN),
    ),
    SlotDecided: (),
    ComplaintReceived: (),
    ComplaintRouted: (Listener("duban.complaints.services.notices.tell_routed"),),
    ComplaintReopened: (Listener("duban.complaints.services.notices.tell_reopened"),),
    PeriodClosed: (Listener("duban.scorecards.services.grades.grades_propose_after"),),
    CardPublished: (Listener("duban.scorecards.services.notices.tell_published"),),
    CardAppealed: (Listener("duban.scorecards.services.notices.tell_appealed"),),
    CardRevised: (
        Listener("duban.settlement.services.building.statements_rebuild_for_card"),
        Listener("duban.scorecards.services.notices.tell_revised"),
    ),
    CardSettled: (Listener("duban.scorecards.services.notices.tell_settled"),),
    GradeConfirmed: (),
    StatementSent: (Listener("duban.settlement.services.notifying.tell_sent"),),
    StatementConfirmed: (),
    LineAppealed: (Listener("duban.settlement.services.notifying.tell_appealed"),),
    AppealDecided: (Listener("duban.settlement.services.notifying.tell_decided"),),
    WorkCountEntered: (Listener("duban.settlement.services.notifying.tell_counted"),),
    WorkCountDisputed: (Listener("duban.settlement.services.notifying.tell_disputed"),),
}
"""Event type → those who hear it. Every event type of the project stands here, with `()` if nobody listens."""

PERIODIC_JOBS: tuple[PeriodicJob, ...] = (
    PeriodicJob("contracts.calendar", "duban.contracts.tasks.follow_the_calendar", timedelta(hours=6)),
    PeriodicJob("vendors.certificates", "duban.vendors.tasks.remind_of_certificates", timedelta(hours=6)),
    PeriodicJob("vendors.anonymise", "duban.vendors.tasks.anonymise_workers", timedelta(days=1)),
    PeriodicJob("platform.daily_mail", "duban.platform.notices.tasks.mail_digests", timedelta(days=1)),
    PeriodicJob("scorecards.open_periods", "duban.scorecards.tasks.open_periods", timedelta(hours=6)),
    PeriodicJob("scorecards.lapse", "duban.scorecards.tasks.lapse_windows", timedelta(hours=6)),
    PeriodicJob("settlement.lapse", "duban.settlement.tasks.lapse_statements", timedelta(hours=6)),
    PeriodicJob("inspections.overdue", "duban.inspections.tasks.announce_overdue", timedelta(days=1)),
    PeriodicJob("inspections.escalate", "duban.inspections.tasks.escalate", timedelta(minutes=30)),
    PeriodicJob("attendance.ledger", "duban.attendance.tasks.examine_ledgers", timedelta(days=1)),
    PeriodicJob("attendance.clock", "duban.attendance.tasks.follow_the_clock", timedelta(minutes=15)),
    PeriodicJob("inspections.calibration", "duban.inspections.tasks.calibrate_inspectors", timedelta(days=1)),
    PeriodicJob("inspections.audit_actions", "duban.inspections.tasks.remind_of_audit_actions", timedelta(days=1)),
    PeriodicJob("inspections.plans", "duban.inspections.tasks.follow_plans", timedelta(hours=1)),
    PeriodicJob("complaints.overdue", "duban.complaints.tasks.announce_overdue", timedelta(hours=1)),
    PeriodicJob("platform.import_files", "duban.platform.imports.tasks.forget_old_files", timedelta(days=1)),
    PeriodicJob("platform.waiting_envelopes", "duban.platform.sync.tasks.apply_waiting", timedelta(minutes=10)),
    PeriodicJob("platform.photos", "duban.platform.trust.tasks.look_at_photos", timedelta(minutes=1)),
    PeriodicJob("platform.uploads", "duban.platform.sync.tasks.forget_old_uploads", timedelta(hours=6)),
    PeriodicJob("platform.prune", "duban.platform.worker.tasks.prune_results", timedelta(days=1)),
)
"""Tasks that the worker starts again and again."""

NOTICES: Mapping[str, str] = {
    "conversations.mention": mark("Somebody mentions me"),
    "contracts.expiring": mark("A contract is about to end"),
    "vendors.certificate_expiring": mark("A certificate is about to expire"),
    "vendors.credential_expiring": mark("A personal credential is about to expire"),
    "inspections.finding": mark("A finding must be put right"),
    "inspections.notice": mark("A rectification notice was sent"),
    "inspections.answered": mark("A rectification notice was answered"),
    "inspections.escalated": mark("A finding stays open too long"),
    "inspections.reinspection": mark("A visit is mine to check again"),
    "inspections.audit": mark("A quality audit is planned, or its report is out"),
    "inspections.audit_action": mark("A finding of an audit waits for me"),
    "inspections.praise": mark("Our work was praised"),
    "complaints.assigned": mark("A complaint is waiting for my side"),
    "scorecards.published": mark("A score card was published"),
    "scorecards.appealed": mark("A score card was appealed"),
    "scorecards.decided": mark("An appeal against a score card was decided"),
    "settlement.sent": mark("A statement was sent"),
    "settlement.appealed": mark("A statement was appealed"),
    "settlement.decided": mark("An appeal against a statement was decided"),
    "settlement.counted": mark("Counted work waits for me"),
    "settlement.payable": mark("A payment is due"),
}
"""Every kind of notice and its name on the preferences page."""

EVIDENCE: tuple[str, ...] = (
    "duban.inspections.selectors.facts",
    "duban.attendance.selectors.facts",
    "duban.complaints.selectors.facts",
    "duban.surveys.selectors",
    "duban.contracts.selectors.evidence",
)
"""Dotted paths of the `selectors` modules of the evidence apps. Each offers two set-based functions:

`metric_facts(lines, start, end) -> list[QuerySet]`: querysets whose rows are exactly
`(metric, line_id, day, numerator, denominator)`, grouped in SQL; `lines` is a collection of contract line keys or
`None` for all;
`occurrences(lines, start, end) -> Iterator[kernel.occurrence.Occurrence]`: one statement, ordered by line and day.
"""

RISK_GROUNDS: Mapping[str, str] = {
    "grade": "duban.scorecards.selectors.grades.grades_of_lines",
    "complaints": "duban.complaints.selectors.facts.valid_by_line",
}
"""What decides how often a plan by risk looks at a line → dotted path of `function(lines, start, end) -> {line: value}`."""

OPTIONAL_METRICS: Mapping[str, str] = {"inspections.levelled_rate": "duban.inspections.selectors.levelling.levelled_facts"}
"""Metrics counted only for contract lines whose scheme asks for them → function like `metric_facts` above."""

PANELS: Mapping[str, tuple[str, ...]] = {
    "scorecards.card": (
        "duban.settlement.selectors.card_panel.card_panel",
        "duban.scorecards.selectors.leniency_panel.leniency_panel",
    ),
    "inspections.finding": ("duban.settlement.selectors.finding_panel.finding_panel",),
}
"""Place on a page (say `"scorecards.card"`) → dotted paths of functions that return a rendered panel's context."""

IMPORTS: tuple[str, ...] = (
    "duban.estates.importers.ESTATES",
    "duban.estates.importers.PLACES",
    "duban.estates.importers.POSTS",
    "duban.vendors.importers.VENDORS",
    "duban.vendors.importers.CERTIFICATES",
    "duban.vendors.importers.WORKERS",
    "duban.vendors.importers.WORKER_CREDENTIALS",
    "duban.vendors.importers.INSURANCE_PROOFS",
    "duban.contracts.importers.CONTRACTS",
    "duban.contracts.importers.CONTRACT_LINES",
    "duban.inspections.importers.CHECK_RESULTS",
    "duban.attendance.importers.PAYROLLS",
    "duban.attendance.importers.ROSTERS",
    "duban.attendance.importers.SLOTS",
    "duban.complaints.importers.COMPLAINTS",
    "duban.surveys.importers.SCORES",
    "duban.settlement.importers.COUNTS",
)
"""Dotted paths of importers (`platform.imports.Importer`), in the order in which a newcomer would use them."""

EXPORTS: tuple[str, ...] = (
    "duban.estates.importers.ESTATES_EXPORT",
    "duban.estates.importers.PLACES_EXPORT",
    "duban.estates.importers.POSTS_EXPORT",
    "duban.vendors.importers.VENDORS_EXPORT",
    "duban.vendors.importers.CERTIFICATES_EXPORT",
    "duban.vendors.importers.WORKERS_EXPORT",
    "duban.vendors.importers.WORKER_CREDENTIALS_EXPORT",
    "duban.vendors.importers.INSURANCE_PROOFS_EXPORT",
    "duban.contracts.importers.CONTRACTS_EXPORT",
    "duban.contracts.importers.CONTRACT_LINES_EXPORT",
    "duban.inspections.importers.CHECK_RESULTS_EXPORT",
    "duban.attendance.importers.ROSTERS_EXPORT",
    "duban.attendance.importers.SLOTS_EXPORT",
    "duban.complaints.importers.COMPLAINTS_EXPORT",
    "duban.surveys.importers.SCORES_EXPORT",
    "duban.settlement.importers.COUNTS_EXPORT",
)
"""Dotted paths of exporters, one for each kind."""

SEARCH: tuple[str, ...] = (
    "duban.contracts.selectors.search.search_contracts",
    "duban.vendors.selectors.search.search_vendors",
    "duban.estates.selectors.search.search_estates",
    "duban.standards.selectors.search.search_standards",
    "duban.orgs.selectors.search.search_people",
    "duban.orgs.selectors.search.search_units",
)
"""Dotted paths of `function(actor, text, limit) -> list[SearchHit]`."""

PHOTO_HASHES = "duban.platform.sync.payloads.photo_hashes"
SYNC_KINDS: Mapping[str, SyncKind] = {
    "inspections.checkin": SyncKind(
        "duban.inspections.services.phone_rounds.take_checkins",
        "duban.inspections.schemas.phones.PhoneCheckin",
        ground="duban.inspections.selectors.trust.grounds_of_rounds",
        label=mark("Check-in of a round"),
        about="task",
    ),
    "inspections.answer": SyncKind(
        "duban.inspections.services.phone_rounds.take_answers",
        "duban.inspections.schemas.phones.PhoneAnswer",
        PHOTO_HASHES,
        ground="duban.inspections.selectors.trust.grounds_of_rounds",
        label=mark("Answer of a round"),
        about="task",
    ),
    "inspections.form": SyncKind(
        "duban.inspections.services.phone_forms.take_forms",
        "duban.inspections.schemas.phones.PhoneForm",
        PHOTO_HASHES,
        ground="duban.inspections.selectors.trust.grounds_of_rounds",
        label=mark("Form of a round"),
        about="task",
    ),
    "inspections.finish": SyncKind(
        "duban.inspections.services.phone_rounds.take_finishes",
        "duban.inspections.schemas.phones.PhoneFinish",
        "duban.inspections.schemas.phones.signature_hashes",
        about="task",
        label=mark("End of a round"),
    ),
    "inspections.reply": SyncKind(
        "duban.inspections.services.phones.take_replies",
        "duban.inspections.schemas.phones.PhoneReply",
        PHOTO_HASHES,
        ground="duban.inspections.selectors.trust.grounds_of_findings",
        label=mark("Answer of the vendor"),
    ),
    "inspections.recheck": SyncKind(
        "duban.inspections.services.phones.take_rechecks",
        "duban.inspections.schemas.phones.PhoneRecheck",
        PHOTO_HASHES,
        ground="duban.inspections.selectors.trust.grounds_of_findings",
        label=mark("Re-check"),
    ),
    "inspections.praise": SyncKind(
        "duban.inspections.services.phones.take_praise",
        "duban.inspections.schemas.phones.PhonePraise",
        PHOTO_HASHES,
        ground="duban.inspections.selectors.trust.grounds_of_praise",
        label=mark("Good find"),
    ),
    "attendance.punch": SyncKind(
        "duban.attendance.services.phones.take_punches",
        "duban.attendance.schemas.phones.PhonePunch",
        ground="duban.attendance.selectors.trust.grounds_of_punches",
        label=mark("Check-in or check-out at a post"),
    ),
    "attendance.patrol": SyncKind(
        "duban.attendance.services.phones.take_patrols",
        "duban.attendance.schemas.phones.PhonePatrol",
        ground="duban.attendance.selectors.trust.grounds_of_scans",
        label=mark("Point of a patrol"),
    ),
}
"""Kind of envelope a phone may send → who applies it. Handlers are called in this order: what others build on comes first."""

RECORD_PAGES: Mapping[str, str] = {
    "CR": "inspections:result",
    "OA": "inspections:other_answer",
    "TK": "inspections:task",
    "FD": "inspections:finding",
    "PZ": "inspections:praise",
    "PR": "attendance:round",
}
"""Beginning of the code of what an envelope became → name of the page that takes the code."""

PACK: Mapping[str, str] = {
    "tasks": "duban.inspections.selectors.phone_rounds.pack_tasks",
    "checklists": "duban.inspections.selectors.phone_rounds.pack_checklists",
    "places": "duban.project.field.places.pack_places",
    "posts": "duban.attendance.selectors.pack.pack_posts",
    "slots": "duban.attendance.selectors.pack.pack_slots",
    "routes": "duban.attendance.selectors.pack.pack_routes",
    "findings": "duban.inspections.selectors.phone_rounds.pack_findings",
}
"""Section of what a phone carries offline → dotted path of `function(actor, today) -> list[dict]` with a flat query count."""

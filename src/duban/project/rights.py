"""Which role holds which right. One table; the permission matrix page and the actor of every request come from it."""

from collections.abc import Mapping

from duban.kernel.text import mark
from duban.orgs.domain.roles import Role

OFFICE_VIEW = frozenset(
    {
        "orgs.view",
        "estates.view",
        "vendors.view",
        "standards.view",
        "contracts.view",
        "inspections.view",
        "attendance.view",
        "complaints.view",
        "surveys.view",
        "scorecards.view",
        "settlement.view",
        "insight.view",
    }
)
VENDOR_VIEW = OFFICE_VIEW - {"orgs.view", "estates.view", "surveys.view"}

QUALITY = frozenset(
    {
        "vendors.verify",
        "standards.edit",
        "standards.enact",
        "inspections.audit",
        "inspections.calibrate",
        "inspections.edit",
        "inspections.limits",
        "inspections.plan",
        "inspections.rectify",
        "attendance.edit",
        "scorecards.close",
        "scorecards.edit",
        "scorecards.publish",
        "scorecards.rate",
        "scorecards.decide_appeal",
        "scorecards.confirm_grade",
        "settlement.decide_appeal",
    }
)
FINANCE = frozenset(
    {
        "settlement.edit",
        "settlement.count",
        "settlement.send",
        "settlement.pay",
        "settlement.decide_appeal",
        "settlement.finalise",
    }
)
REGISTERS = frozenset({"orgs.edit", "estates.edit", "vendors.edit", "vendors.workers", "platform.import"})
CONTRACTS = frozenset({"contracts.edit", "contracts.activate", "contracts.terminate"})
ESTATE = frozenset(
    {
        "inspections.edit",
        "inspections.plan",
        "inspections.rectify",
        "attendance.edit",
        "complaints.edit",
        "complaints.reply",
        "complaints.validate",
        "settlement.count",
        "scorecards.rate",
    }
)
VENDOR_WORK = frozenset(
    {
        "vendors.workers",
        "inspections.rectify",
        "complaints.reply",
        "attendance.roster",
        "attendance.punch",
        "platform.import",
    }
)
DESK = frozenset(
    {"scorecards.rate", "complaints.edit", "complaints.reply", "complaints.validate", "surveys.edit", "platform.import"}
)

RIGHTS: Mapping[Role, frozenset[str]] = {
    Role.GROUP_ADMIN: OFFICE_VIEW | REGISTERS | {"orgs.grant", "platform.audit", "platform.phones", "platform.settings"},
    Role.CITY_MANAGER: OFFICE_VIEW
    | {
        "platform.phones",
        "platform.trust",
        "scorecards.publish",
        "scorecards.rate",
        "scorecards.confirm_grade",
        "settlement.send",
    },
    Role.ESTATE_MANAGER: OFFICE_VIEW | ESTATE | {"platform.phones"},
    Role.QUALITY_MANAGER: OFFICE_VIEW
    | QUALITY
    | {"platform.import", "platform.audit", "platform.phones", "platform.trust", "complaints.validate"},
    Role.QUALITY_INSPECTOR: OFFICE_VIEW | {"inspections.edit", "attendance.edit", "scorecards.rate"},
    Role.PROCUREMENT: OFFICE_VIEW | CONTRACTS | {"vendors.edit", "vendors.workers", "vendors.verify", "platform.import"},
    Role.INSIDE_COUNSEL: OFFICE_VIEW,
    Role.OUTSIDE_COUNSEL: frozenset({"contracts.view", "standards.view"}),
    Role.FINANCE: OFFICE_VIEW | FINANCE,
    Role.SERVICE_DESK: OFFICE_VIEW | DESK,
    Role.AUDITOR: OFFICE_VIEW | {"platform.audit"},
    Role.PANEL_EXPERT: frozenset(),
    Role.VENDOR_MANAGER: VENDOR_VIEW
    | VENDOR_WORK
    | {"scorecards.confirm", "scorecards.appeal", "settlement.confirm", "settlement.appeal", "settlement.count"},
    Role.VENDOR_FOREMAN: VENDOR_VIEW - {"settlement.view", "contracts.view"} | VENDOR_WORK,
    Role.VENDOR_WORKER: frozenset({"standards.view", "attendance.punch"}),
}

FIELD_RIGHTS = ("inspections.edit", "inspections.rectify", "attendance.edit", "attendance.punch", "attendance.roster")
"""Who holds one of these works on site and may open the field app."""

LABELS: Mapping[str, str] = {
    "orgs": mark("Organisation"),
    "estates": mark("Estates"),
    "vendors": mark("Vendors"),
    "standards": mark("Standards"),
    "contracts": mark("Contracts"),
    "inspections": mark("Inspections"),
    "attendance": mark("Attendance"),
    "complaints": mark("Complaints"),
    "surveys": mark("Satisfaction"),
    "scorecards": mark("Scorecards"),
    "settlement": mark("Settlement"),
    "insight": mark("Insight"),
    "platform": mark("System"),
    "attendance.edit": mark("Enter and correct attendance"),
    "attendance.punch": mark("Check in and out at posts, walk patrols"),
    "attendance.roster": mark("Make rosters of the own people"),
    "attendance.view": mark("See attendance"),
    "complaints.edit": mark("Take in and handle complaints"),
    "complaints.reply": mark("Answer complaints"),
    "complaints.validate": mark("Decide whether a complaint is valid"),
    "complaints.view": mark("See complaints"),
    "contracts.activate": mark("Put contracts into force"),
    "contracts.edit": mark("Draft and change contracts"),
    "contracts.terminate": mark("Terminate contracts"),
    "contracts.view": mark("See contracts"),
    "estates.edit": mark("Keep estates, places and posts"),
    "estates.view": mark("See estates"),
    "insight.view": mark("See overviews and trends"),
    "inspections.audit": mark("Plan and lead quality audits, verify what follows from them"),
    "inspections.calibrate": mark("Compare inspectors and draw checks to be made twice"),
    "inspections.edit": mark("Enter check results and findings"),
    "inspections.limits": mark("Set the times allowed for findings"),
    "inspections.plan": mark("Plan inspections and assign them"),
    "inspections.rectify": mark("Report findings as put right"),
    "inspections.view": mark("See inspections"),
    "orgs.edit": mark("Keep units and people"),
    "orgs.grant": mark("Grant and revoke roles"),
    "orgs.view": mark("See the organisation and its people"),
    "platform.audit": mark("Read the audit trail"),
    "platform.import": mark("Import ledgers"),
    "platform.phones": mark("See what phones of the same offices could not deliver"),
    "platform.trust": mark("Decide whether doubtful records count"),
    "platform.settings": mark("Change system settings"),
    "scorecards.appeal": mark("Appeal against score cards"),
    "scorecards.close": mark("Close appraisal periods"),
    "scorecards.confirm": mark("Confirm score cards"),
    "scorecards.confirm_grade": mark("Confirm vendor grades"),
    "scorecards.decide_appeal": mark("Decide appeals against score cards"),
    "scorecards.edit": mark("Change appraisal schemes"),
    "scorecards.publish": mark("Publish score cards"),
    "scorecards.rate": mark("Rate the work of vendors"),
    "scorecards.view": mark("See score cards"),
    "settlement.appeal": mark("Appeal against statements"),
    "settlement.confirm": mark("Confirm statements"),
    "settlement.count": mark("Count work paid by quantity"),
    "settlement.decide_appeal": mark("Decide appeals against statements"),
    "settlement.edit": mark("Draw up statements"),
    "settlement.finalise": mark("Make statements final"),
    "settlement.pay": mark("Record payments"),
    "settlement.send": mark("Send statements to vendors"),
    "settlement.view": mark("See statements"),
    "standards.edit": mark("Draft standards"),
    "standards.enact": mark("Put standards into force"),
    "standards.view": mark("See standards"),
    "surveys.edit": mark("Enter survey results"),
    "surveys.view": mark("See survey results"),
    "vendors.edit": mark("Keep vendor companies and certificates"),
    "vendors.verify": mark("Verify personal credentials"),
    "vendors.workers": mark("Enter people, credentials and insurance of a vendor"),
    "vendors.view": mark("See vendors"),
}
"""Names of the apps and of every right, for the permission matrix."""

"""Which role holds which right. One table; the permission matrix page and the actor of every request come from it."""

from collections.abc import Mapping

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
        "standards.edit",
        "standards.enact",
        "inspections.edit",
        "inspections.rectify",
        "attendance.edit",
        "scorecards.close",
        "scorecards.edit",
        "scorecards.publish",
        "scorecards.decide_appeal",
        "scorecards.confirm_grade",
        "settlement.decide_appeal",
    }
)
FINANCE = frozenset({"settlement.edit", "settlement.send", "settlement.pay", "settlement.decide_appeal", "settlement.finalise"})
REGISTERS = frozenset({"orgs.edit", "estates.edit", "vendors.edit", "platform.import"})
CONTRACTS = frozenset({"contracts.edit", "contracts.activate", "contracts.terminate"})
ESTATE = frozenset(
    {
        "inspections.edit",
        "inspections.rectify",
        "attendance.edit",
        "complaints.edit",
        "complaints.reply",
        "complaints.validate",
    }
)
VENDOR_WORK = frozenset({"inspections.rectify", "complaints.reply"})
DESK = frozenset({"complaints.edit", "complaints.reply", "complaints.validate", "surveys.edit"})

RIGHTS: Mapping[Role, frozenset[str]] = {
    Role.GROUP_ADMIN: OFFICE_VIEW | REGISTERS | {"orgs.grant", "platform.audit", "platform.settings"},
    Role.CITY_MANAGER: OFFICE_VIEW | {"scorecards.publish", "scorecards.confirm_grade", "settlement.send"},
    Role.ESTATE_MANAGER: OFFICE_VIEW | ESTATE,
    Role.QUALITY_MANAGER: OFFICE_VIEW | QUALITY | {"platform.import", "platform.audit", "complaints.validate"},
    Role.QUALITY_INSPECTOR: OFFICE_VIEW | {"inspections.edit", "attendance.edit"},
    Role.PROCUREMENT: OFFICE_VIEW | CONTRACTS | {"vendors.edit", "platform.import"},
    Role.INSIDE_COUNSEL: OFFICE_VIEW,
    Role.OUTSIDE_COUNSEL: frozenset({"contracts.view", "standards.view"}),
    Role.FINANCE: OFFICE_VIEW | FINANCE,
    Role.SERVICE_DESK: OFFICE_VIEW | DESK,
    Role.AUDITOR: OFFICE_VIEW | {"platform.audit"},
    Role.PANEL_EXPERT: frozenset(),
    Role.VENDOR_MANAGER: VENDOR_VIEW
    | VENDOR_WORK
    | {"scorecards.confirm", "scorecards.appeal", "settlement.confirm", "settlement.appeal"},
    Role.VENDOR_FOREMAN: VENDOR_VIEW - {"settlement.view", "contracts.view"} | VENDOR_WORK,
    Role.VENDOR_WORKER: frozenset({"standards.view"}),
}

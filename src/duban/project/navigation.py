"""Which entries stand on the left, and which stations a record's chain bar has. An entry shows once its address exists."""

from django.core.cache import cache
from django.utils.translation import gettext

from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.orgs.domain.roles import Role
from duban.orgs.selectors import unit_names
from duban.platform.hub import SettingsItem
from duban.platform.ui.navigation import NavigationItem
from duban.project.rights import FIELD_RIGHTS

NAVIGATION: tuple[NavigationItem, ...] = (
    NavigationItem(
        "overview",
        mark("Overview"),
        "insight:cockpit",
        group="overview",
        symbol="layout-grid",
    ),
    NavigationItem("standards", mark("Standards"), "standards:list", ("standards.view",)),
    NavigationItem("tenders", mark("Tenders"), "tenders:list"),
    NavigationItem("contracts", mark("Contracts"), "contracts:list", ("contracts.view",)),
    NavigationItem("inspections", mark("On site"), "inspections:list", ("inspections.view",)),
    NavigationItem(
        "trust",
        mark("Doubtful records"),
        "trust:list",
        ("platform.trust",),
        count="duban.platform.trust.selectors.waiting_count",
        symbol="eye",
    ),
    NavigationItem("attendance", mark("Attendance"), "attendance:list", ("attendance.view",)),
    NavigationItem("complaints", mark("Voice of owners"), "complaints:list", ("complaints.view",)),
    NavigationItem("surveys", mark("Satisfaction"), "surveys:list", ("surveys.view",)),
    NavigationItem("drills", mark("Drills"), "drills:list"),
    NavigationItem("scorecards", mark("Scorecards"), "scorecards:list", ("scorecards.view",)),
    NavigationItem("settlement", mark("Settlement"), "settlement:list", ("settlement.view",)),
    NavigationItem("risks", mark("Risks"), "risks:list"),
    NavigationItem("improvement", mark("Improvement"), "improvement:list"),
    NavigationItem("trends", mark("Insight"), "insight:trends", ("insight.view",)),
    NavigationItem("estates", mark("Estates and posts"), "estates:list", ("estates.view",), group="base"),
    NavigationItem("vendors", mark("Vendors"), "vendors:list", ("vendors.view",), group="base"),
    NavigationItem("field", mark("Phone app"), "field:shell", FIELD_RIGHTS, group="base", symbol="map-pin"),
    NavigationItem(
        "sent", mark("Sent by phone"), "phones:list", (*FIELD_RIGHTS, "platform.phones"), group="base", symbol="inbox"
    ),
    NavigationItem("settings", mark("Settings"), "settings", group="base", only_offices=True),
)

SETTINGS_PAGES: tuple[SettingsItem, ...] = (
    SettingsItem(
        mark("My account"), mark("Language, password, passkeys, second factor, API tokens."), "orgs:profile", symbol="user"
    ),
    SettingsItem(mark("Notices"), mark("How each kind of notice reaches you."), "notices:preferences", symbol="bell"),
    SettingsItem(
        mark("Organisation"), mark("Offices and vendor companies as a tree."), "orgs:tree", "orgs.view", symbol="sitemap"
    ),
    SettingsItem(mark("People"), mark("Accounts and the roles they hold."), "orgs:people", "orgs.view", symbol="users"),
    SettingsItem(mark("Permission matrix"), mark("Which role may do what."), "orgs:matrix", "orgs.view", symbol="table"),
    SettingsItem(
        mark("Dated parameters"),
        mark("Wages, rates, limits and retention periods."),
        "parameters:list",
        "orgs.view",
        symbol="calendar",
    ),
    SettingsItem(
        mark("Import"), mark("Ledgers from Excel and CSV, with a dry run."), "imports:list", "platform.import", symbol="upload"
    ),
    SettingsItem(mark("Audit trail"), mark("Every write, chained by hash."), "audit:trail", "platform.audit", symbol="history"),
    SettingsItem(
        mark("Background jobs"), mark("What runs by itself, and what failed."), "jobs:list", "platform.settings", symbol="clock"
    ),
)
"""Pages of the settings, in the order of the hub. An entry shows once its address exists."""

STATIONS: tuple[tuple[str, str], ...] = (
    ("standard", mark("Standard")),
    ("clause", mark("Contract clause")),
    ("task", mark("Task")),
    ("evidence", mark("Evidence")),
    ("finding", mark("Finding")),
    ("score", mark("Score")),
    ("settlement", mark("Settlement")),
    ("grade", mark("Vendor grade")),
    ("tender", mark("Next tender")),
)

NAMES_SECONDS = 300


def person_line(actor: Actor) -> tuple[str, str]:
    """Company and office of the actor, and the name of the first role held; the names are cached for five minutes."""
    if not actor.grants:
        return "", ""
    first = actor.grants[0]
    key = f"frame-names:{actor.tenant_path}:{first.path}"
    names: list[str] | None = cache.get(key)
    if names is None:
        names = unit_names([actor.tenant_path, first.path])
        cache.set(key, names, NAMES_SECONDS)
    return " · ".join(names), gettext(Role(first.role).label)

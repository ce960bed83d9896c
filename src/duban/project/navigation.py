"""Which entries stand on the left, and which stations a record's chain bar has. An entry shows once its address exists."""

from duban.kernel.text import mark
from duban.platform.ui.navigation import NavigationItem

NAVIGATION: tuple[NavigationItem, ...] = (
    NavigationItem(
        "overview",
        mark("Overview"),
        "insight:cockpit",
        group="overview",
        symbol="layout-grid",
    ),
    NavigationItem("standards", mark("Standards"), "standards:list"),
    NavigationItem("tenders", mark("Tenders"), "tenders:list"),
    NavigationItem("contracts", mark("Contracts"), "contracts:list"),
    NavigationItem("inspections", mark("On site"), "inspections:list"),
    NavigationItem("attendance", mark("Attendance"), "attendance:list"),
    NavigationItem("complaints", mark("Voice of owners"), "complaints:list"),
    NavigationItem("surveys", mark("Satisfaction"), "surveys:list"),
    NavigationItem("drills", mark("Drills"), "drills:list"),
    NavigationItem("scorecards", mark("Scorecards"), "scorecards:list"),
    NavigationItem("settlement", mark("Settlement"), "settlement:list"),
    NavigationItem("risks", mark("Risks"), "risks:list"),
    NavigationItem("improvement", mark("Improvement"), "improvement:list"),
    NavigationItem("trends", mark("Insight"), "insight:trends"),
    NavigationItem("estates", mark("Estates and posts"), "estates:list", group="base"),
    NavigationItem("vendors", mark("Vendors"), "vendors:list", group="base"),
    NavigationItem(
        "settings", mark("Settings"), "orgs:settings", group="base", only_offices=True
    ),
)

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

"""What happens in the demo year: how good each vendor is in each month, and the seven stories hidden in the data."""

from datetime import date

from duban.project.demo.company import VENDORS

QUALITY = {vendor.short: vendor.quality for vendor in VENDORS}

DECAY = (0.0, 0.0, 0.0, -0.002, -0.004, -0.006, -0.01, -0.014, -0.018, -0.024, -0.03, -0.036)
"""安盾保安 loses its grip from the spring on."""

RECOVERY = (0.0, -0.004, -0.008, -0.012, -0.016, -0.018, -0.016, -0.012, -0.008, -0.004, 0.0, 0.004)
"""洁达环境 slips over the winter and comes back."""

FAILING = (0.025, 0.022, 0.02, 0.016, 0.014, 0.012, 0.01, 0.006, 0.0, 0.008, 0.002, -0.002)
"""澄净清洁 ends under 70 three times in the term: the termination rule must show."""

TRENDS = {"安盾保安": DECAY, "洁达环境": RECOVERY, "澄净清洁": FAILING}

SHARPNESS = 0.55
"""How much of a vendor's weakness the checklist catches."""

DIFFICULTY = {"枫桥": -0.012, "相门": -0.01, "金桂苑": -0.004, "平江": 0.01, "悦府": 0.01, "湖滨": 0.01}
"""Some estates are harder to keep than others, whoever works there."""

FAVOURED_VENDOR, FAVOURING_INSPECTOR = "绿野园林", "inspector2"
EMPTY_POST_ESTATE, EMPTY_POST = "映月台", "东门夜岗"
RED_LINE_ESTATE, RED_LINE_SERVICE, RED_LINE_DAY = "金桂苑", "security", date(2026, 9, 18)
LAST_MONTH = 11
THIN_ESTATE, THIN_SERVICE, THIN_MONTH = "金桂苑", "greening", 11
LATE_STARTER, LATE_START = ("澜庭", "customer_service"), date(2026, 8, 1)


def month_index(day: date) -> int:
    """0 for November 2025 … 11 for October 2026; what comes after goes on as October was."""
    return min((day.year - 2025) * 12 + day.month - 11, LAST_MONTH)


def pass_chance(vendor: str, estate: str, inspector: str, month: int) -> float:
    """Chance that one check passes, between 0.5 and 0.998."""
    chance = 1 - (1 - QUALITY[vendor]) * SHARPNESS + TRENDS.get(vendor, (0.0,) * 12)[month] + DIFFICULTY.get(estate, 0.0)
    if vendor == FAVOURED_VENDOR and inspector == FAVOURING_INSPECTOR:
        chance += 0.045
    return min(0.998, max(0.5, chance))


def vacancy_chance(vendor: str, month: int) -> float:
    """Chance that a slot stays empty."""
    trend = TRENDS.get(vendor, (0.0,) * 12)[month]
    return min(0.2, 0.006 + max(0.0, -trend) * 0.35 + (1 - QUALITY[vendor]) * 0.1)


def is_habitually_empty(estate: str, post: str, day: date) -> bool:
    """The night post at the east gate of 映月台 that nobody mans on Sundays."""
    return (estate, post) == (EMPTY_POST_ESTATE, EMPTY_POST) and day.isoweekday() == 7

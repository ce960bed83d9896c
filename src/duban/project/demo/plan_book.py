"""The inspection plans of the demo company. All of them are invented."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from duban.inspections.domain.plans import Frequency, SamplingMode, Span

FIRST_WEEK, LAST_WEEK = date(2026, 9, 28), date(2026, 11, 16)
"""Mondays of the first and the last week whose rounds are told."""

CHECKLISTS = (
    (
        "cleaning",
        "楼道保洁抽查表",
        ("floors.sweeping", "floors.handrail", "floors.fire_boxes", "floors.ceilings", "floors.clutter"),
    ),
    (
        "cleaning",
        "每日晨检表",
        ("floors.sweeping", "floors.handrail", "floors.clutter", "lobby.glass", "waste.bins", "staff.dress"),
    ),
    (
        "security",
        "夜间飞检表",
        ("posts.main_gate", "posts.sleeping", "discipline.uniform", "discipline.phone", "gate.visitors", "patrol.rounds"),
    ),
)
"""Service line, name and items of each checklist."""


@dataclass(frozen=True)
class PlanSpec:
    """A plan as it is entered; `maker` makes it for `office`, `weekly` says that the year's visits are its rounds."""

    name: str
    service_line: str
    office: str
    values: dict[str, Any]
    maker: str = "quality"
    checklist: str = ""
    estates: tuple[str, ...] = ()
    weekly: bool = False


WEEKLY = {"frequency": Frequency.CALENDAR, "weekdays": (1,), "window_days": 6, "starts_on": FIRST_WEEK, "needs_checkin": False}
SAMPLED = {
    "frequency": Frequency.TIMES,
    "times": 1,
    "span": Span.WEEK,
    "window_days": 3,
    "starts_on": date(2026, 10, 5),
    "place_kind": "floor",
    "sampling": SamplingMode.AQL,
    "is_announced": False,
    "roles": ("quality_inspector",),
}

PLANS = (
    PlanSpec("每周保洁巡检", "cleaning", "华东区域", WEEKLY, weekly=True),
    PlanSpec("每周秩序巡检", "security", "华东区域", {**WEEKLY, "is_announced": False}, weekly=True),
    PlanSpec("每周绿化巡检", "greening", "华东区域", WEEKLY, weekly=True),
    PlanSpec("每周设备巡检", "maintenance", "华东区域", WEEKLY, weekly=True),
    PlanSpec("每周客服巡检", "customer_service", "华东区域", WEEKLY, weekly=True),
    PlanSpec(
        "楼道抽样飞检",
        "cleaning",
        "华东区域",
        SAMPLED,
        checklist="楼道保洁抽查表",
        estates=("翠湖", "海棠里", "金桂苑", "书香", "悦府", "湖滨", "枫桥"),
    ),
    PlanSpec(
        "项目自查",
        "cleaning",
        "翠湖花园项目部",
        {
            "frequency": Frequency.TIMES,
            "times": 1,
            "span": Span.WEEK,
            "window_days": 4,
            "starts_on": date(2026, 11, 2),
            "place_kind": "floor",
            "sampling": SamplingMode.COUNT,
            "sample_count": 6,
            "roles": ("estate_manager",),
            "gallery_allowed": True,
        },
        maker="estate",
        checklist="楼道保洁抽查表",
    ),
)
"""Plans whose rounds of October and November are told."""

MORNING = PlanSpec(
    "每日晨检",
    "cleaning",
    "上海城市公司",
    {
        "frequency": Frequency.CALENDAR,
        "weekdays": (1, 2, 3, 4, 5, 6, 7),
        "window_days": 1,
        "place_kind": "floor",
        "sampling": SamplingMode.COUNT,
        "sample_count": 12,
        "window_from": time(7),
        "window_to": time(20),
        "roles": ("quality_inspector",),
        "signature_needed": True,
    },
    checklist="每日晨检表",
    estates=("翠湖",),
)
"""A round for every day from the day on which the demo is built, so that there is one for today: 12 places, 72 answers."""

NIGHT = PlanSpec(
    "夜间飞检",
    "security",
    "上海城市公司",
    {
        "frequency": Frequency.TIMES,
        "times": 2,
        "span": Span.MONTH,
        "window_days": 5,
        "window_from": time(20),
        "window_to": time(23, 30),
        "is_announced": False,
        "roles": ("quality_manager", "quality_inspector"),
    },
    checklist="夜间飞检表",
    estates=("海棠里", "映月台"),
)
"""Nights that nobody foresees."""

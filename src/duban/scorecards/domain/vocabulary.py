"""The metrics a scheme may use and the kinds of occurrences it may charge; offered by the evidence apps."""

from collections.abc import Mapping
from dataclasses import dataclass

from duban.kernel.text import mark


@dataclass(frozen=True)
class Metric:
    """One share that evidence apps measure per line and day.

    `sampled` is true where only part of the whole is looked at, so that the share carries an interval.
    `kind` and `key` say which occurrences are the misses of this metric. A metric that `has_parts` may be
    narrowed by a suffix: `inspections.pass_rate:lobby`.
    """

    name: str
    label: str
    kind: str
    sampled: bool = False
    has_parts: bool = False
    key: str = ""


METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("inspections.pass_rate", mark("Checks passed"), "failed_item", sampled=True, has_parts=True),
        Metric(
            "inspections.levelled_rate",
            mark("Checks passed, inspectors levelled out"),
            "failed_item",
            sampled=True,
            has_parts=True,
        ),
        Metric("inspections.coverage", mark("Planned inspections done"), "missed_inspection"),
        Metric("inspections.lots_accepted", mark("Sampled lots passed"), "rejected_lot"),
        Metric("inspections.rectified_on_time", mark("Findings put right in time"), "late_rectification"),
        Metric("inspections.repeat_rate", mark("Findings that repeat an earlier one"), "repeat_finding"),
        Metric("attendance.presence", mark("Post slots manned"), "absent_slot", has_parts=True),
        Metric("attendance.patrol", mark("Patrol points reached in time"), "missed_patrol"),
        Metric("complaints.replied_on_time", mark("Complaints answered in time"), "late_reply"),
        Metric("surveys.satisfaction", mark("Satisfied answers"), "low_rating", sampled=True),
        Metric("vendors.certificates_valid", mark("Certificates in force"), "expired_certificate"),
    )
}

KINDS: Mapping[str, str] = {
    "failed_item": mark("Failed check"),
    "missed_inspection": mark("Inspection not done"),
    "rejected_lot": mark("Sampled lot failed"),
    "late_rectification": mark("Rectification overdue"),
    "repeat_finding": mark("Fault found again within 90 days"),
    "absent_slot": mark("Vacant post slot"),
    "review_slot": mark("Post slot under review"),
    "late": mark("Guard came late"),
    "missed_punch": mark("Missed punch"),
    "missed_patrol": mark("Patrol point missed"),
    "ghost_staff": mark("Ghost staff"),
    "two_posts": mark("One person on two posts"),
    "double_shift": mark("Double shift"),
    "over_hours": mark("Over the lawful hours"),
    "uninsured_staff": mark("On post without insurance"),
    "unpaid_staff": mark("On post but not on the payroll"),
    "short_supply": mark("Short supply billed in full"),
    "valid_complaint": mark("Valid complaint"),
    "late_reply": mark("Late reply to a complaint"),
    "low_rating": mark("Dissatisfied answer"),
    "expired_certificate": mark("Expired certificate"),
    "commendation": mark("Commendation"),
    "innovation": mark("Adopted improvement"),
    "negative_report": mark("Negative report in the media or by an authority"),
    "red_line": mark("Red line"),
}


def metric_of(name: str) -> Metric | None:
    """The metric behind `name`, whose part after a colon is allowed only where the metric has parts."""
    base, _, part = name.partition(":")
    metric = METRICS.get(base)
    if metric is None or (part and not metric.has_parts):
        return None
    return metric


def asks_for(definition: object, metric: str) -> bool:
    """Whether the JSON of a scheme measures by `metric` or by a part of it somewhere."""
    if isinstance(definition, Mapping):
        named = definition.get("metric")
        is_it = isinstance(named, str) and named.partition(":")[0] == metric
        return is_it or any(asks_for(value, metric) for value in definition.values())
    return isinstance(definition, list) and any(asks_for(value, metric) for value in definition)


def misses_of(name: str) -> tuple[str, str]:
    """Kind and key (empty for any) of the occurrences that are the misses of metric `name`."""
    base, _, part = name.partition(":")
    metric = METRICS[base]
    return metric.kind, part or metric.key

"""The page of one grade: the months, the triggers with their reasons, what they propose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext as _

from duban.kernel.actor import Actor
from duban.kernel.text import mark
from duban.platform.records import get_by_code
from duban.platform.ui.charts import Series, Threshold, Trend
from duban.platform.ui.components import Badge, badge_of
from duban.scorecards.domain.grade import DEFAULT_RULES, Measure, Renewal
from duban.scorecards.models import VendorGrade
from duban.scorecards.models.grades import MEASURES
from duban.scorecards.permissions import Right
from duban.scorecards.selectors.grades import grade_list
from duban.scorecards.selectors.wording import filled, service_name

RENEWALS = {
    Renewal.PRIORITY: mark("renew with priority"),
    Renewal.CONDITIONAL: mark("renew on conditions"),
    Renewal.NONE: mark("do not renew"),
    Renewal.UNKNOWN: mark("too few months to say"),
}


@dataclass(frozen=True)
class TriggerLine:
    """A trigger on one contract line."""

    place: str
    measure: str
    reason: str
    tone: str


@dataclass(frozen=True)
class GradePage:
    """The grade page."""

    record: VendorGrade
    title: str
    badge: Badge
    renewal: str
    trend: Trend
    triggers: list[TriggerLine]
    missing: list[str]
    may_confirm: bool


def grade_get(actor: Actor, code: str) -> VendorGrade:
    """One grade in scope."""
    return get_by_code(grade_list(actor), code)


def grade_page(actor: Actor, record: VendorGrade) -> GradePage:
    """Everything stands in the stored proposal: no further statement."""
    proposal = cast("Mapping[str, Any]", record.proposal)
    months = proposal.get("months", [])
    trend = Trend(
        labels=tuple(month for month, _score in months),
        series=(
            Series(
                _("Mean of the lines, weighted by fee"),
                tuple(None if score is None else float(score) for _month, score in months),
            ),
        ),
        lines=(Threshold(_("Failed {score}").format(score=DEFAULT_RULES.fail_below), float(DEFAULT_RULES.fail_below)),),
        maximum=100,
    )
    may = record.state == "proposed" and any(actor.can(Right.CONFIRM_GRADE, path) for path in record.permission_paths())
    return GradePage(
        record=record,
        title=f"{record.vendor.short_name} · {service_name(record.service_line)} · {record.period.key}",
        badge=badge_of(record.STATES, record.state),
        renewal=_(RENEWALS[Renewal(proposal.get("renewal", "unknown"))]),
        trend=trend,
        triggers=[_trigger(line, item) for line in proposal.get("lines", ()) for item in line["triggers"]],
        missing=sorted({month for line in proposal.get("lines", ()) for month in line["missing"]}),
        may_confirm=may,
    )


def _trigger(line: Mapping[str, Any], item: Mapping[str, Any]) -> TriggerLine:
    measure = Measure(item["measure"])
    tone = "bad" if measure in {Measure.TERMINATE, Measure.PROBATION} else "warning"
    return TriggerLine(
        f"{line['contract']} · {line['estate']}", str(MEASURES[measure]), filled(item["template"], item["params"]), tone
    )

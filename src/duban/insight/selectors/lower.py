"""The lower row of the cockpit: where deductions come from, and how fast owners are answered."""

from django.utils.translation import gettext as _

from duban.insight.selectors import figures
from duban.insight.selectors.language import reader_language
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.platform.ui.charts import Bars, Series, Trend

KIND_NAMES = {"score": mark("Score band"), "adjustment": mark("Adjustment")}
TREND_MONTHS = 6


def deduction_bars(actor: Actor, month: Period) -> Bars | None:
    """Deductions of the month by cause, in CNY; None if there were none."""
    rows = figures.deductions_by_cause(actor, month, reader_language())
    if not rows:
        return None
    return Bars(
        labels=[_(KIND_NAMES.get(name, name)) for name, _amount in rows], values=[amount for _name, amount in rows], unit="CNY"
    )


def reply_trend(actor: Actor, month: Period) -> Trend | None:
    """Share of complaints answered in time over six months, in percent, with presence beside it; None without data."""
    replied = figures.monthly_shares(actor, figures.REPLIED, month, months=TREND_MONTHS)
    present = figures.monthly_shares(actor, figures.PRESENCE, month, months=TREND_MONTHS)
    months = sorted({*replied, *present})
    if not months:
        return None
    return Trend(
        labels=months,
        series=(
            Series(_("Answered in time"), [_percent(replied.get(key)) for key in months]),
            Series(_("Posts manned"), [_percent(present.get(key)) for key in months], dashed=True),
        ),
        unit="%",
        maximum=100,
    )


def _percent(share: object) -> float | None:
    return None if share is None else round(float(str(share)) * 100, 1)

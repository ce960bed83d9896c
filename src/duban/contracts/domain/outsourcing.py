"""Rule R-941: a property company may hand over some services, never all of them (民法典 §941, 物业管理条例 §39, §59).

The law names no share; the thresholds are defaults a tenant may change.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from duban.kernel.text import mark


class Alarm(StrEnum):
    """How near an estate is to having handed over everything."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class OutsourcingLimits:
    """When the alarm changes. `amount_share` is outsourced monthly fees over the estate's monthly service fee income.

    `core_line` is the service that is usually kept last: when it alone is left, the alarm is yellow.
    """

    amount_share: Decimal = Decimal("0.80")
    lines_left: int = 1
    core_line: str = "customer_service"


@dataclass(frozen=True)
class OutsourcedLine:
    """One service line of an estate bought from outside: who delivers it, what it costs a month (CNY)."""

    service_line: str
    vendor: str
    monthly_amount: Decimal


@dataclass(frozen=True)
class Reason:
    """Why the alarm is what it is; `text` has named placeholders."""

    alarm: Alarm
    text: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Assessment:
    """The verdict over one estate: the alarm, its reasons, and what is kept and handed over."""

    alarm: Alarm
    reasons: tuple[Reason, ...]
    outsourced: tuple[str, ...]
    kept: tuple[str, ...]
    amount_share: Decimal | None

    @property
    def line_share(self) -> Decimal:
        """Outsourced service lines over all service lines of the estate, 0 to 1."""
        whole = len(self.outsourced) + len(self.kept)
        return Decimal(len(self.outsourced)) / whole if whole else Decimal(0)


def assess(
    lines: Iterable[OutsourcedLine],
    *,
    required: Sequence[str],
    monthly_income: Decimal | None,
    limits: OutsourcingLimits = OutsourcingLimits(),
) -> Assessment:
    """Judge one estate.

    `required` are the service lines the estate owes its owners; `monthly_income` is its service fee income per
    month in CNY, `None` where unknown (then no share is computed). All lines handed over is red; at most
    `lines_left` kept, or an amount share above `amount_share`, is yellow.
    """
    given = list(lines)
    handed = {line.service_line for line in given}
    outsourced = tuple(line for line in required if line in handed)
    kept = tuple(line for line in required if line not in handed)
    amount = sum((line.monthly_amount for line in given), Decimal(0))
    share = amount / monthly_income if monthly_income else None
    reasons = (*_line_reasons(outsourced, kept, limits), *_amount_reasons(share, limits))
    alarm = max((reason.alarm for reason in reasons), key=list(Alarm).index, default=Alarm.GREEN)
    return Assessment(alarm, reasons, outsourced, kept, share)


def _line_reasons(outsourced: tuple[str, ...], kept: tuple[str, ...], limits: OutsourcingLimits) -> tuple[Reason, ...]:
    if outsourced and not kept:
        return (
            Reason(
                Alarm.RED,
                mark("All {count} services are handed over; Civil Code §941 forbids it."),
                {"count": str(len(outsourced))},
            ),
        )
    if kept == (limits.core_line,):
        return (Reason(Alarm.YELLOW, mark("Only customer service is still delivered by your own people.")),)
    if outsourced and len(kept) <= limits.lines_left:
        return (
            Reason(
                Alarm.YELLOW, mark("Only {count} service is still delivered by your own people."), {"count": str(len(kept))}
            ),
        )
    return ()


def _amount_reasons(share: Decimal | None, limits: OutsourcingLimits) -> tuple[Reason, ...]:
    if share is None or share <= limits.amount_share:
        return ()
    shown = {"share": f"{share * 100:.1f}", "limit": f"{limits.amount_share * 100:.0f}"}
    return (
        Reason(
            Alarm.YELLOW,
            mark("{share} % of the service fee income goes to vendors; more than {limit} % needs a reason."),
            shown,
        ),
    )

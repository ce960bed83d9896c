"""The chain bar of one contract line, or of a whole contract, in one month: what lies at each of its nine stations."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duban.attendance.models import Slot
from duban.contracts.models import ContractLine
from duban.insight.selectors.addresses import address
from duban.inspections.models import CheckResult, Finding, InspectionTask, Visit
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.period import Period
from duban.platform.ui.components import Station, stations
from duban.scorecards.models import Card, VendorGrade
from duban.settlement.models import Statement

ALIASES = {"money": "settlement"}

Detail = tuple[str, str]
"""What a station says, and where it leads."""


@dataclass(frozen=True)
class Place:
    """Which link of the chain is looked at: lines of one contract in one month."""

    contract_code: str
    lines: Sequence[ContractLine]
    month: Period

    @property
    def line_ids(self) -> list[int]:
        """Database keys of the lines."""
        return [line.pk for line in self.lines]

    def query(self, day: str) -> dict[str, object]:
        """The same place as a query for a list whose filter of days is called `day`."""
        only = self.lines[0].pk if len(self.lines) == 1 else ""
        return {"line": only, f"{day}_from": self.month.start.isoformat(), f"{day}_to": self.month.end.isoformat()}


def chain(actor: Actor, *, contract_code: str, line_number: int | None, month: Period, current: str) -> list[Station]:
    """The nine stations with their counts; `NotFound` if the actor sees no such line."""
    lines = ContractLine.objects.for_actor(actor).filter(contract__code=contract_code)
    if line_number is not None:
        lines = lines.filter(number=line_number)
    found = list(lines.select_related("contract__vendor", "standard").order_by("number"))
    if not found:
        raise NotFound
    place = Place(contract_code, found, month)
    details = {
        "standard": _standard(place),
        "clause": _clause(place),
        "task": _task(actor, place),
        "evidence": _evidence(place),
        "finding": _finding(place),
        "score": _score(actor, place),
        "settlement": _money(actor, place),
        "grade": _grade(actor, place),
        "tender": _tender(place),
    }
    return stations(details, current=ALIASES.get(current, current))


def _standard(place: Place) -> Detail:
    standard = place.lines[0].standard
    return (str(standard), address("standards:detail", standard.code)) if standard else (_("none bound"), "")


def _clause(place: Place) -> Detail:
    text = _("{code}, line {number}").format(code=place.contract_code, number=place.lines[0].number)
    return (text if len(place.lines) == 1 else place.contract_code), address("contracts:detail", place.contract_code)


def _task(actor: Actor, place: Place) -> Detail:
    """Rounds the actor may see; visits that no plan asked for stand beside them, and alone where no plan asks for any."""
    due = InspectionTask.objects.for_actor(actor).filter(line__in=place.line_ids).exclude(state="cancelled")
    due = due.filter(due_on__range=(place.month.start, place.month.end))
    counts = due.aggregate(all=Count("pk"), made=Count("pk", filter=Q(state="done")))
    visits = Visit.objects.filter(line__in=place.line_ids, day__range=(place.month.start, place.month.end))
    if not counts["all"]:
        count = visits.count()
        text = ngettext("{count} visit", "{count} visits", count).format(count=count)
        return text, address("inspections:list", **place.query("day"))
    text = ngettext("{all} round · {made} made", "{all} rounds · {made} made", counts["all"]).format(**counts)
    extra = visits.filter(task=None).count()
    more = ngettext("{count} visit unplanned", "{count} visits unplanned", extra).format(count=extra)
    return " · ".join((text, *([more] if extra else []))), address("inspections:tasks", **place.query("due"))


def _evidence(place: Place) -> Detail:
    days = {"line__in": place.line_ids, "day__range": (place.month.start, place.month.end)}
    checks, slots = CheckResult.objects.filter(**days).count(), Slot.objects.filter(**days).count()
    found = [
        (checks, ngettext("{count} check", "{count} checks", checks), "inspections:results"),
        (slots, ngettext("{count} slot", "{count} slots", slots), "attendance:slots"),
    ]
    shown = [part for part in found if part[0]] or found[:1]
    text = " · ".join(words.format(count=f"{count:,}") for count, words, _name in shown)
    return text, address(shown[0][2], **place.query("day"))


def _finding(place: Place) -> Detail:
    found = Finding.objects.filter(line__in=place.line_ids, found_on__range=(place.month.start, place.month.end))
    counts = found.aggregate(all=Count("pk"), unsettled=Count("pk", filter=~Q(state__in=["closed", "withdrawn"])))
    text = _("{all} · {unsettled} open").format(**counts)
    return text, address("inspections:findings", **place.query("found"))


def _score(actor: Actor, place: Place) -> Detail:
    cards = Card.objects.for_actor(actor).filter(
        is_current=True, line__in=place.line_ids, period__starts_on__lte=place.month.end, period__ends_on__gte=place.month.start
    )
    rows = list(cards.order_by("line__number").values_list("code", "score")[:2])
    if not rows:
        return _("no card yet"), ""
    if len(place.lines) > 1:
        return _("cards of {month}").format(month=place.month.code), address("scorecards:list", contract=place.contract_code)
    code, score = rows[0]
    return (_("insufficient data") if score is None else f"{score}"), address("scorecards:detail", code)


def _money(actor: Actor, place: Place) -> Detail:
    statement = (
        Statement.objects.for_actor(actor)
        .filter(is_current=True, contract=place.lines[0].contract_id, period_code=place.month.code)
        .values_list("code", "payable_amount")
        .first()
    )
    if statement is None:
        return _("no statement yet"), ""
    return f"¥{statement[1]:,.2f}", address("settlement:detail", statement[0])


def _grade(actor: Actor, place: Place) -> Detail:
    first = place.lines[0]
    grade = (
        VendorGrade.objects.for_actor(actor)
        .filter(vendor=first.contract.vendor_id, service_line=first.service_line)
        .exclude(state="replaced")
        .order_by("-period__starts_on")
        .values_list("grade", "proposed_grade")
        .first()
    )
    url = address("vendors:detail", first.contract.vendor.code)
    if grade is None:
        return _("no grade yet"), url
    return (grade[0] or _("{grade} proposed").format(grade=grade[1])), url


def _tender(place: Place) -> Detail:
    ends_on = place.lines[0].contract.ends_on
    return _("ends {month}").format(month=date_format(ends_on, "Y-m")), address("contracts:calendar")

"""The pass rate with what inspectors add or withhold taken out, for schemes that ask for it: `inspections.levelled_rate`.

No scheme that ships asks for it. Only what the comparison marked is levelled: a lenient or strict inspector everywhere, a
favour at its vendor. An inspector without a mark counts as found.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Greatest, Least, Round

from duban.inspections.domain.verdicts import Verdict
from duban.inspections.models import Calibration, CheckResult
from duban.inspections.selectors.facts import FACT, without_doubted

LEVELLED = "inspections.levelled_rate"
COUNTED = (Verdict.FAIL, Verdict.PASS)
NUMBER: "DecimalField[Any, Any]" = DecimalField(max_digits=20, decimal_places=6)


def levelled_facts(lines: Collection[int], start: date, end: date) -> "list[QuerySet[Any, Any]]":
    """Facts per contract line and day, both ends included, as a whole and by block (`inspections.levelled_rate:<block>`).

    Numerator: checks passed, less for each check what the newest comparison marked its inspector to add; never below
    nought nor above the checks, rounded to two decimals. The comparison counts that is newest when the facts are made.
    """
    found = CheckResult.objects.filter(verdict__in=COUNTED, line_id__in=lines, day__range=(start, end))
    rows = without_doubted(found, lines, start, end)
    passed = Cast(Sum("verdict"), NUMBER) - Sum(_added(), output_field=NUMBER)
    kept = Greatest(
        Value(Decimal(0), NUMBER), Least(passed, Cast(Count("verdict"), NUMBER), output_field=NUMBER), output_field=NUMBER
    )
    numerator = Round(ExpressionWrapper(kept, output_field=NUMBER), precision=2)
    block = Concat(Value(f"{LEVELLED}:"), F("item__block"), output_field=CharField())
    return [
        grouped.annotate(numerator=numerator, denominator=Count("verdict")).values_list(*FACT)
        for metric in (Value(LEVELLED, output_field=CharField()), block)
        for grouped in [rows.annotate(metric=metric).order_by().values("metric", "line_id", "day")]
    ]


def _added() -> Case:
    """What the inspector of a check adds to the chance that it passes, as far as it is marked; favours first.

    A favour that may as well be the opposite of somebody else's is left out: nobody knows whose checks to level.
    """
    later = Calibration.objects.filter(tenant=OuterRef("tenant"), made_at__gt=OuterRef("made_at"))
    whens: list[When] = []
    for newest in Calibration.objects.filter(~Exists(later)).order_by("pk"):
        own = {one["inspector"]: _value(one) if one["mark"] else Decimal(0) for one in newest.report["inspectors"]}
        for one in newest.report["favours"]:
            if one["is_marked"] and not one.get("alike"):
                added = _value(one) + own.get(one["inspector"], Decimal(0))
                vendor = int(one["vendor"])
                whens.append(_when(added, inspector=int(one["inspector"]), line__contract__vendor=vendor))
        whens += [_when(added, inspector=int(who)) for who, added in own.items() if added]
    return Case(*whens, default=Value(Decimal(0), NUMBER), output_field=NUMBER)


def _value(one: dict[str, Any]) -> Decimal:
    return Decimal(str(one["effect"]["value"]))


def _when(added: Decimal, **condition: int) -> When:
    return When(**condition, then=Value(added, NUMBER))

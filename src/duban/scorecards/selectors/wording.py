"""Texts of the pure core in the reader's language."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.urls import reverse
from django.utils.translation import get_language, gettext

from duban.estates.domain.service_lines import SERVICE_LINE_LABELS
from duban.kernel.text import mark
from duban.platform.ui.formatting import NOTHING, fixed
from duban.scorecards.domain.result import Status, ValueKind
from duban.scorecards.domain.rules import percent, plain
from duban.scorecards.domain.scheme import Dimension, Effect, RedLine, name_in
from duban.scorecards.domain.vocabulary import KINDS, metric_of

DIMENSIONS = {
    Dimension.QUALITY: mark("Quality"),
    Dimension.RESPONSE: mark("Response"),
    Dimension.COMPLIANCE: mark("Compliance"),
    Dimension.COST: mark("Value for money"),
    Dimension.INNOVATION: mark("Innovation"),
}
STATUSES = {
    Status.OK: mark("counted"),
    Status.INSUFFICIENT: mark("insufficient data: not counted, weight goes to the others"),
    Status.ASSUMED: mark("insufficient data: counted in full, as the scheme says"),
    Status.HOLDING: mark("insufficient data: holds the card"),
    Status.RED_LINE: mark("zero by a red line"),
}
SEVERITIES = {"minor": mark("Minor"), "major": mark("Major"), "critical": mark("Critical")}
OTHER_SERVICES = {"integrated": mark("Integrated services")}
SECOND_FACT = re.compile(r"-[A-Z]$")
"""Ends the code of a second fact about one record; the record itself is the evidence."""
EVIDENCE_PAGES = {
    ("inspections", "CR"): "inspections:result",
    ("inspections", "FD"): "inspections:finding",
    ("attendance", "AS"): "attendance:slot",
    ("complaints", "CP"): "complaints:detail",
    ("vendors", "CE"): "vendors:certificate",
}


EFFECTS = {
    Effect.ZERO_INDICATOR: mark("its indicator earns nothing"),
    Effect.ZERO_CARD: mark("the card scores 0"),
    Effect.CAP: mark("the score is at most {cap}"),
    Effect.FAIL: mark("the card fails, whatever its score"),
}


def name_of(names: Mapping[str, str]) -> str:
    """A bilingual name in the reader's language."""
    return name_in(names, get_language() or "en")


def rule_text(rule: Mapping[str, object]) -> str:
    """A stored rule sentence, translated and filled."""
    params = rule.get("params")
    return filled(str(rule.get("template", "")), params if isinstance(params, Mapping) else {})


def filled(template: str, params: Mapping[str, object]) -> str:
    """A source text translated and filled; a missing value leaves the text as it is."""
    text = gettext(template) if template else ""
    try:
        return text.format(**params)
    except (KeyError, IndexError):
        return text


def service_name(service_line: str) -> str:
    """The name of a service line."""
    label = SERVICE_LINE_LABELS.get(service_line) or OTHER_SERVICES.get(service_line)
    return gettext(label) if label else service_line


def kind_name(kind: str) -> str:
    """The name of a kind of occurrence."""
    return gettext(KINDS[kind]) if kind in KINDS else kind


def severity_name(severity: str) -> str:
    """The name of a severity."""
    return gettext(SEVERITIES[severity]) if severity in SEVERITIES else severity


def decimal_in(text: object) -> Decimal | None:
    """A decimal stored as text; nothing for nothing."""
    if text is None or text == "":
        return None
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def effect_text(line: RedLine) -> str:
    """What a red line does, in words."""
    return gettext(EFFECTS[line.effect]).format(cap=plain(line.cap_at))


def metric_name(name: str) -> str:
    """A metric in words, its part behind a dot."""
    metric = metric_of(name)
    part = name.partition(":")[2]
    label = gettext(metric.label) if metric else name
    return f"{label} · {part}" if part else label


def value_text(kind: str, value: Decimal | None) -> str:
    """A measured value: a share in percent, a count as a number, a rating with one decimal."""
    if value is None:
        return NOTHING
    if kind == ValueKind.SHARE:
        return percent(value.quantize(Decimal("0.001")))
    return fixed(value, 0 if kind == ValueKind.COUNT and value == value.to_integral_value() else 1)


def occurrence_url(app: str, code: str) -> str:
    """The page of the evidence behind an occurrence, if its app has one."""
    name = EVIDENCE_PAGES.get((app, code.partition("-")[0]))
    return reverse(name, args=[SECOND_FACT.sub("", code.partition("/")[0])]) if name else ""

"""Small schemes and evidence for the tests of the pure core."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from duban.kernel.occurrence import Occurrence
from duban.kernel.ratios import Ratio
from duban.scorecards import domain
from duban.scorecards.domain.definition import from_json

SCHEMES = Path(domain.__file__).parent.parent / "data" / "schemes"


def names(text):
    return {"zh": text, "en": text}


def linear(metric="inspections.pass_rate:lobby", floor="0.90", target="1"):
    return {"type": "linear", "metric": metric, "floor": floor, "target": target}


def per(points="1", *, kinds=("failed_item",), metric="inspections.pass_rate:outside", **more):
    rule = {"type": "per_occurrence", "kinds": list(kinds), "points": points, "metric": metric, **more}
    return {key: value for key, value in rule.items() if value is not None}


def indicator(key, weight, rule, **more):
    return {"key": key, "name": names(key), "weight": str(weight), "rule": rule, **more}


def block(key, weight, *indicators):
    return {"key": key, "name": names(key), "weight": str(weight), "indicators": list(indicators)}


def document(*blocks, **more):
    base = {"code": "TEST", "name": names("Test"), "service_line": "cleaning", "source": "test", "confidence": "G"}
    return {**base, "blocks": list(blocks), **more}


def scheme(*blocks, **more):
    return from_json(document(*blocks, **more))


def shipped(code):
    return from_json(json.loads((SCHEMES / f"{code}.json").read_text()))


def shipped_codes():
    return sorted(path.stem for path in SCHEMES.glob("*.json"))


def ratio(numerator, denominator):
    return Ratio(Decimal(str(numerator)), Decimal(str(denominator)))


def happening(code="1", kind="failed_item", key="outside:litter", *, severity="minor", quantity=1, day=5, app="inspections"):
    return Occurrence(app, code, 1, date(2026, 10, day), kind, key, severity, Decimal(str(quantity)), f"{kind} {code}")


def happenings(number, kind="failed_item", key="outside:litter", **more):
    return tuple(happening(f"{kind}-{n}", kind, key, day=1 + n % 28, **more) for n in range(number))

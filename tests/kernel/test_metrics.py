from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.metrics import EvidenceChanged, MetricFact


def test_metric_fact_is_frozen_and_comparable():
    fact = MetricFact("attendance.presence", 3, date(2026, 10, 1), Decimal(4), Decimal(5))
    assert fact == MetricFact("attendance.presence", 3, date(2026, 10, 1), Decimal(4), Decimal(5))
    with pytest.raises(AttributeError):
        fact.metric = "other"


def test_evidence_changed_names_pairs():
    assert EvidenceChanged("inspections", ((3, date(2026, 10, 1)),)).pairs == ((3, date(2026, 10, 1)),)

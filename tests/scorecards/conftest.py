import pytest

from duban.scorecards.selectors import evidence as evidence_table
from tests.factories.scorecards import FakeEvidence


@pytest.fixture
def evidence(monkeypatch) -> FakeEvidence:
    """Scoring reads this evidence and no other."""
    fake = FakeEvidence()
    monkeypatch.setattr(evidence_table, "evidence_sources", lambda: [fake])
    monkeypatch.setattr("duban.scorecards.services.facts.evidence_sources", lambda: [fake])
    return fake

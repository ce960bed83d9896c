import pytest


@pytest.fixture
def announced(monkeypatch):
    """What is told, instead of telling it."""
    events = []
    monkeypatch.setattr("duban.platform.trust.services.grading.announce", events.append)
    return events

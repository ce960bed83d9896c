"""Whatever is sent to the API: no error of the server, and every answer as described."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from duban.kernel.actor import system_actor
from duban.platform.tokens.services import token_create
from duban.project.wsgi import application
from tests.showcase import make_showcase

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
schema.config.phases.coverage.enabled = False  # its hundreds of edge cases an operation would take the suite's time limit alone


@pytest.fixture
def _open_connection():
    """Keep the test's own transaction: requests through the real application would close its connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(world, _open_connection):
    """Secrets of people on both sides."""
    make_showcase(world)
    actor = system_actor(world.ours.root.path)
    people = ("quality_manager", "vendor_manager")
    return [token_create(actor=actor, person=world.person(role), name="contract")[1] for role in people]


@schema.parametrize()
@settings(max_examples=5, suppress_health_check=list(HealthCheck), deadline=None)
def test_every_operation_keeps_its_promise(case, tokens):
    for secret in tokens:
        case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)

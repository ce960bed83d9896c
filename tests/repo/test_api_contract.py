"""Whatever is sent to the API: no error of the server, and every answer as described."""

from collections import defaultdict

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from duban.kernel.actor import system_actor
from duban.platform.tokens.services import token_create
from duban.project.wsgi import application
from tests.showcase import make_showcase

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
EXAMPLES = 5
"""Requests made up for an operation; the hundreds of edge cases schemathesis knows would take the suite's time alone."""


def areas():
    """The operations by the part of the product they belong to; each part is set up once."""
    found = defaultdict(list)
    for result in schema.get_all_operations():
        operation = result.ok()
        _, _api, _version, area, *_ = operation.path.split("/")
        found[area].append(operation)
    return found


AREAS = areas()


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


@pytest.mark.parametrize("area", sorted(AREAS))
def test_every_operation_keeps_its_promise(area, tokens):
    for operation in AREAS[area]:
        with transaction.atomic():
            _send_anything(operation, tokens)
            transaction.set_rollback(True)


def _send_anything(operation, tokens):
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
    @given(case=operation.as_strategy())
    def send(case):
        for secret in tokens:
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)

    send()

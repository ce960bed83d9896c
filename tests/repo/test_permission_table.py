"""Who gets which answer from every page and every operation, as a table that is compared.

`tests/snapshots/permissions.csv` has a line for each route and a column for each of the cast. A route that is not in the
table fails, a changed answer fails; `make snapshots` records them anew and a reviewer sees the difference.
"""

import csv
import io
import os
from functools import cache
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.routes import operations, pages
from tests.showcase import showcase_arguments

SNAPSHOT = Path(__file__).parents[1] / "snapshots" / "permissions.csv"
NOBODY = "not signed in"
COLUMNS = (
    NOBODY,
    "group_admin",
    "city_manager",
    "estate_manager",
    "quality_manager",
    "quality_inspector",
    "procurement",
    "inside_counsel",
    "outside_counsel",
    "finance",
    "service_desk",
    "auditor",
    "vendor_manager",
    "vendor_foreman",
    "rival_manager",
    "their group_admin",
    "their vendor_manager",
    "stranger",
)
FEW = (NOBODY, "group_admin", "finance", "vendor_manager", "their group_admin")
"""Rights do not depend on the engine, so PostgreSQL answers for these only."""
ROUTES = (*pages(), *operations())
NAMESPACES = sorted({route.namespace for route in ROUTES})
WRITES = bool(os.environ.get("DUBAN_WRITE_SNAPSHOTS"))


def recorded():
    """Rows of the table by method and name."""
    if not SNAPSHOT.exists():
        return {}
    with SNAPSHOT.open(encoding="utf-8", newline="") as file:
        return {row["route"]: row for row in csv.DictReader(file)}


def record(rows):
    """Write the table, sorted, without routes that are gone."""
    names = {route.name for route in ROUTES}
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, ["route", "sent", *COLUMNS], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for name, row in sorted(rows.items()) if name in names)
    SNAPSHOT.parent.mkdir(exist_ok=True)
    SNAPSHOT.write_text(buffer.getvalue(), encoding="utf-8")


def answer(client, method, path):
    """Status of one request whose effects are rolled back."""
    with transaction.atomic():
        response = client.generic(method, path, data=b"{}" if method != "GET" else b"", content_type="application/json")
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response.status_code


def measured(route, clients, arguments):
    """The row of one route. A page that does not answer GET is sent an empty form."""
    path = route.path(arguments)
    method = route.method
    if method == "GET" and answer(clients["group_admin"], "GET", path) == 405:
        method = "POST"
    return {"route": route.name, "sent": method} | {role: str(answer(client, method, path)) for role, client in clients.items()}


@pytest.fixture
def clients(world, client_as):
    """A browser for everybody of the cast; errors of the server come back as 500."""
    columns = COLUMNS if connection.vendor == "sqlite" else FEW
    found = {role: Client() if role == NOBODY else client_as(role) for role in columns}
    for client in found.values():
        client.raise_request_exception = False
    return found


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_everybody_gets_the_recorded_answer(namespace, clients, world):
    arguments = showcase_arguments(world)
    rows = {route.name: measured(route, clients, arguments) for route in ROUTES if route.namespace == namespace}
    broken = [
        f"{name} for {role}" for name, row in rows.items() for role in clients if row[role].startswith("5") and name != "readyz"
    ]
    assert broken == []
    known = recorded()
    if WRITES:
        record(known | rows)
        return
    changed = [
        f"{name} for {role}: {row[role]}, recorded is {known.get(name, {}).get(role)}"
        for name, row in rows.items()
        for role in ("sent", *clients)
        if known.get(name, {}).get(role) != row[role]
    ]
    assert changed == []


@cache
def names_recorded():
    return set(recorded())


def test_every_route_is_in_the_table_and_no_other():
    assert names_recorded() == {route.name for route in ROUTES}


def test_nobody_gets_in_without_signing_in():
    open_to_all = {"healthz", "readyz", "set_language", "api:openapi-json", "GET /api/v1/openapi.json"}
    inside = [
        name
        for name, row in recorded().items()
        if row[NOBODY] == "200" and name not in open_to_all and not name.startswith("account_") and not name.startswith("mfa_")
    ]
    assert inside == []

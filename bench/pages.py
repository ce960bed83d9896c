"""The main pages against an empty view behind the same sign-in: median server time, and queries."""

import statistics
import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.run import Figures
from bench.world import World
from duban.scorecards.models import Card

ROUNDS = 15
EMPTY = "/empty/"
PAGES = (
    "/",
    "/estates/",
    "/vendors/",
    "/standards/",
    "/contracts/",
    "/inspections/",
    "/inspections/results/",
    "/complaints/",
    "/scorecards/",
    "/settlement/",
)


def page_figures(world: World) -> Figures:
    """Per page: median in ms, how many times an empty view, queries."""
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.ROOT_URLCONF = "bench.urls"
    client = Client()
    client.force_login(world.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    empty, _ = _median(client, EMPTY)
    card = Card.objects.order_by("pk").first()
    pages = (*PAGES, *([f"/scorecards/cards/{card.code}/"] if card else []))
    found = {"empty view": f"{empty * 1000:.1f} ms"}
    ratios = []
    for path in pages:
        took, queries = _median(client, path)
        ratios.append(took / empty)
        name = "/scorecards/cards/…/" if "/cards/" in path else path
        found[f"page {name}"] = f"{took * 1000:.0f} ms ×{took / empty:.1f} {queries}q"
    found["median page / empty view (goal ≤ 5)"] = f"{statistics.median(ratios):.1f}"
    return found


def _median(client: Client, path: str) -> tuple[float, int]:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        status = client.get(path).status_code
    if status != 200:  # noqa: PLR2004 - a page that does not answer is not measured
        raise RuntimeError(f"{path} answers {status}")
    queries = len(captured.captured_queries)
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        client.get(path)
        times.append(time.perf_counter() - started)
    return statistics.median(times), queries

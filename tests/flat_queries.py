"""The guard against pages whose cost grows with their rows.

    def test_estate_list_is_flat(client_as, flat_queries, world):
        flat_queries.check(
            "estates.list",
            visit=lambda: client_as("finance").get("/estates/"),
            add_row=lambda: EstateFactory(office=world.ours.project),
        )

The count itself stands in `tests/snapshots/query_counts.json`; `make snapshots` rewrites it, and a reviewer sees the change.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

SNAPSHOT = Path(__file__).parent / "snapshots" / "query_counts.json"
QUERY_LIMIT = 12


class FlatQueries:
    """Counts the queries of one page at two sizes and compares with the recorded number."""

    def check(
        self, name: str, *, visit: Callable[[], HttpResponse], add_row: Callable[[], object], limit: int = QUERY_LIMIT
    ) -> None:
        """Fail if four rows cost more than one, if the count passes `limit`, or if it differs from the snapshot."""
        add_row()
        visit()
        one = self._count(visit)
        for _ in range(3):
            add_row()
        four = self._count(visit)
        assert four == one, f"{name}: {len(one)} queries with one row, {len(four)} with four:\n" + "\n".join(four)
        assert len(one) <= limit, f"{name}: {len(one)} queries, at most {limit} are allowed:\n" + "\n".join(one)
        self._compare(name, one)

    def _count(self, visit: Callable[[], HttpResponse]) -> "_Statements":
        with CaptureQueriesContext(connection) as captured:
            response = visit()
        assert response.status_code == 200, response.content[:2000]
        return _Statements(query["sql"][:400] for query in captured.captured_queries)

    def _compare(self, name: str, statements: "_Statements") -> None:
        known: dict[str, int] = json.loads(SNAPSHOT.read_text(encoding="utf-8")) if SNAPSHOT.exists() else {}
        if os.environ.get("DUBAN_WRITE_SNAPSHOTS"):
            known[name] = len(statements)
            SNAPSHOT.parent.mkdir(exist_ok=True)
            SNAPSHOT.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", encoding="utf-8")
        assert known.get(name) == len(statements), (
            f"{name}: {len(statements)} queries, recorded are {known.get(name)} (`make snapshots` records the new number):\n"
            + "\n".join(statements)
        )


class _Statements(list[str]):
    """Statements of one visit; two visits are equal if they cost the same number."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Statements) and len(self) == len(other)

    __hash__ = None  # type: ignore[assignment]  # a list is not hashable either

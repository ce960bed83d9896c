"""What complaints are about, and how soon each kind must be answered. The table itself is `data/categories.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from duban.complaints.domain.clock import ReplyTime

TABLE = Path(__file__).resolve().parent.parent / "data" / "categories.json"


@dataclass(frozen=True)
class Category:
    """One kind of complaint: its name in both languages, the service line it usually concerns, its reply time and source."""

    key: str
    names: Mapping[str, str]
    service_line: str
    allowed: ReplyTime
    is_urgent: bool
    source: str

    def name(self, language: str) -> str:
        """Name in `language`; Chinese for anything that is not English."""
        return self.names["en" if language.startswith("en") else "zh"]


@cache
def categories() -> Mapping[str, Category]:
    """All categories by key, in the order of the table."""
    rows = json.loads(TABLE.read_text(encoding="utf-8"))
    return {
        row["key"]: Category(
            key=row["key"],
            names={"en": row["en"], "zh": row["zh"]},
            service_line=row["service_line"],
            allowed=ReplyTime(row.get("minutes"), row.get("working_days")),
            is_urgent=row["is_urgent"],
            source=row["source"],
        )
        for row in rows
    }

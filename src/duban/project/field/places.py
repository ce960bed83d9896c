"""The places a phone carries, whatever it needs them for: each once."""

from datetime import date
from typing import Any

from duban.attendance.selectors.pack import pack_places as places_of_posts
from duban.inspections.selectors.phone_rounds import pack_places as places_of_tasks
from duban.kernel.actor import Actor


def pack_places(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Places of tasks, posts and routes by tag: as many queries as both together."""
    return list({place["tag"]: place for part in (places_of_tasks, places_of_posts) for place in part(actor, today)}.values())

"""Service requests of New York City (311): boroughs as estates, requests as complaints."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

CHANNELS = {"PHONE": "phone", "ONLINE": "app", "MOBILE": "app", "UNKNOWN": "import", "OTHER": "import"}
CATEGORIES = (
    ("noise", ("Noise",)),
    (
        "cleanliness",
        ("Dirty", "Sanitation", "Rodent", "Litter", "Unsanitary", "Missed Collection", "Illegal Dumping", "Graffiti"),
    ),
    ("repair", ("HEAT", "PAINT", "DOOR", "Street Light", "ELEVATOR", "APPLIANCE", "FLOORING", "General Construction")),
    ("water", ("PLUMBING", "WATER LEAK", "Water", "Sewer")),
    ("power", ("ELECTRIC",)),
    ("greenery", ("Tree", "Overgrown", "Park")),
    ("order", ("Parking", "Driveway", "Vehicle", "Traffic", "Encampment", "Homeless")),
)
NOWHERE = "Unspecified"


def read_requests(folder: Path) -> list[Mapping[str, str]]:
    """The requests as the city publishes them."""
    with (folder / "requests_500.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def estate_rows(requests: list[Mapping[str, str]], office: str) -> Iterator[dict[str, object]]:
    """One estate for each borough."""
    for borough in sorted({row["borough"] or NOWHERE for row in requests}):
        yield {
            "external_number": f"NYC-{borough}".replace(" ", "-"),
            "name": f"NYC {borough}",
            "office": office,
            "city": "New York",
        }


def complaint_rows(requests: list[Mapping[str, str]]) -> Iterator[dict[str, object]]:
    """One complaint for each request; an answer before the question is left out, as the city's clock sometimes has it."""
    for row in requests:
        closed = row["closed_date"] if row["closed_date"] >= row["created_date"] else ""
        yield {
            "external_number": row["unique_key"],
            "estate": f"NYC-{row['borough'] or NOWHERE}".replace(" ", "-"),
            "category": category_of(row["complaint_type"]),
            "channel": CHANNELS.get(row["open_data_channel_type"], "import"),
            "received_at": _moment(row["created_date"]),
            "text": f"{row['complaint_type']}: {row['descriptor']}",
            "place_name": row["incident_address"][:80],
            "first_reply_at": _moment(closed),
            "closed_at": _moment(closed),
        }


def category_of(kind: str) -> str:
    """Our category for the city's kind of request."""
    return next((category for category, words in CATEGORIES if any(word.lower() in kind.lower() for word in words)), "other")


def _moment(text: str) -> str:
    return text[:19].replace("T", " ")

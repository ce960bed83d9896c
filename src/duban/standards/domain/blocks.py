"""The blocks of the five service lines: the part of an item's key before the dot, and the tail of its metric's name."""

from collections.abc import Mapping

from duban.kernel.text import mark

BLOCKS: Mapping[str, Mapping[str, str]] = {
    "cleaning": {
        "outside": mark("Outside areas"),
        "lobby": mark("Lobbies and lifts"),
        "floors": mark("Floors and stairs"),
        "restroom": mark("Washrooms and pantries"),
        "waste": mark("Waste and pest control"),
        "staff": mark("Staff and dress"),
        "records": mark("Records and rectification"),
    },
    "security": {
        "posts": mark("Presence and headcount"),
        "discipline": mark("Appearance and discipline"),
        "gate": mark("Gates and vehicles"),
        "patrol": mark("Patrols"),
        "control_room": mark("Monitoring and fire control room"),
        "emergency": mark("Emergencies and training"),
        "records": mark("Supervision records"),
    },
    "greening": {
        "plan": mark("Management and plan"),
        "trees": mark("Trees"),
        "shrubs": mark("Shrubs and hedges"),
        "lawn": mark("Lawns and ground cover"),
        "flowers": mark("Flowers and climbers"),
        "pests": mark("Pests and safety"),
        "civility": mark("Considerate working"),
    },
    "maintenance": {
        "summary": mark("Plan and monthly summary"),
        "timeliness": mark("Arrival in time"),
        "faults": mark("Fault handling"),
        "upkeep": mark("Scheduled upkeep"),
        "environment": mark("Plant rooms and surroundings"),
        "rectification": mark("Rectification"),
        "quality": mark("Quality and safety"),
    },
    "customer_service": {
        "reception": mark("Reception"),
        "repairs": mark("Repair requests"),
        "complaints": mark("Complaints"),
        "visits": mark("Visits and surveys"),
        "records": mark("Records and disclosure"),
    },
}


def block_label(service_line: str, block: str) -> str:
    """English source text of a block; the key itself where a tenant added its own."""
    return BLOCKS.get(service_line, {}).get(block, block)


def is_block(service_line: str, block: str) -> bool:
    """Whether the block belongs to the service line."""
    return block in BLOCKS.get(service_line, {})

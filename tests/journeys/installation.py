"""An installation of its own for every journey: a copy of the demo company, served by the real command."""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.patience import SERVE_PATIENCE

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "duban"
INGREDIENTS = {".py", ".json", ".csv", ".toml"}
READY = ".ready"
TRACING = "COVERAGE_PROCESS_CONFIG"
"""Servers are not traced: journeys show that the parts fit, tests beside the source that every line is right."""
STOP_PATIENCE = 30.0


@dataclass(frozen=True)
class Installation:
    """A data folder and, on PostgreSQL, a database."""

    folder: Path
    database_url: str = ""

    @property
    def log(self) -> Path:
        """What the server had to say."""
        return self.folder / "serve.log"

    @property
    def environment(self) -> dict[str, str]:
        """What the command `duban` needs to work on it, and nothing that belongs to the tests."""
        kept_back = ("DUBAN_TEST", TRACING)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(kept_back)}
        return inherited | {
            "DUBAN_DATA_DIR": str(self.folder),
            "DUBAN_DEMO": "1",
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "duban.project.settings",
        }


def built_demo(cache: Path, server_url: str) -> Installation:
    """The demo company, built once: for SQLite kept until the source changes, for PostgreSQL once for all test processes.

    `DUBAN_TEST_DEMO=folder` names one that stands ready, for work on the journeys themselves.
    """
    ready = os.environ.get("DUBAN_TEST_DEMO")
    if ready and not server_url:
        return Installation(Path(ready))
    base = Path(os.environ["DUBAN_TEST_DATA"]) if server_url else cache
    folder = base / f"demo-{_fingerprint()}"
    with _only_one(base / "demo.lock"):
        installation = Installation(folder, _named(server_url, "duban_demo"))
        if not (folder / READY).exists():
            for old in base.glob("demo-*"):
                shutil.rmtree(old)
            _build(installation, server_url)
    return installation


@contextmanager
def copied(demo: Installation, folder: Path, server_url: str) -> Iterator[Installation]:
    """A copy of the demo company that a journey may change."""
    name = f"journey_{uuid.uuid4().hex[:12]}"
    shutil.copytree(demo.folder, folder, copy_function=_given)
    if server_url:
        _execute(server_url, f"CREATE DATABASE {name} TEMPLATE duban_demo")
    yield Installation(folder, _named(server_url, name))
    if server_url:
        _execute(server_url, f"DROP DATABASE {name} WITH (FORCE)")
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def served(installation: Installation) -> Iterator[str]:
    """Run `duban serve`, web and worker, on a free port; gives its address."""
    port = _free_port()
    log = installation.log
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "duban", "serve", "--port", str(port)],
            cwd=ROOT,
            env=installation.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_live(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(STOP_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _given(source: str, target: str) -> str:
    """A stored file is shared, for it is never written again; everything else is copied."""
    if "/files/" in source:
        with suppress(OSError):
            os.link(source, target)
            return target
    return str(shutil.copy2(source, target))


def _build(installation: Installation, server_url: str) -> None:
    installation.folder.mkdir(parents=True)
    if server_url:
        _execute(server_url, "DROP DATABASE IF EXISTS duban_demo")
        _execute(server_url, "CREATE DATABASE duban_demo")
    command = [sys.executable, "-m", "duban", "demo"]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=installation.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"`duban demo` ended with {result.returncode}:\n{result.stdout}")
    (installation.folder / READY).touch()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in SOURCE.rglob("*") if path.suffix in INGREDIENTS and "static" not in path.parts):
        digest.update(path.relative_to(SOURCE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _named(server_url: str, database: str) -> str:
    return urlunsplit(urlsplit(server_url)._replace(path=f"/{database}")) if server_url else ""


def _execute(server_url: str, statement: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_live(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    patience = time.monotonic() + SERVE_PATIENCE
    while time.monotonic() < patience:
        if process.poll() is not None:
            raise RuntimeError(f"`duban serve` ended with {process.returncode}:\n{log.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):  # noqa: S310 - our own address
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"`duban serve` did not answer within {SERVE_PATIENCE:.0f} s:\n{log.read_text(encoding='utf-8')}")

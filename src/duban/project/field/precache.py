"""What the field app consists of: the files a phone keeps, and the version they make together."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from duban.platform.ui import assets
from duban.project.field.texts import catalogues

ENTRY = "field"
WORKER = assets.DIST / "field-worker.js"
SHELL = Path(__file__).parent.parent / "templates" / "field" / "shell.html"
ICONS = ("field/icon-192.png", "field/icon-512.png", "ui/favicon.svg")


def version() -> str:
    """Changes when any part of the app does: client code, worker, page or texts."""
    parts = [
        json.dumps([*assets.closure(ENTRY)]),
        json.dumps(catalogues(), sort_keys=True),
        _read(WORKER.stat().st_mtime_ns) if WORKER.exists() else "",
        SHELL.read_text(encoding="utf-8"),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def worker_source(shell: str) -> str:
    """The worker with the list of files it keeps. Names of built files carry their hash; page and icons carry the version."""
    current = version()
    files: list[dict[str, str | None]] = [{"url": url, "revision": None} for url in assets.closure(ENTRY)]
    files.append({"url": shell, "revision": current})
    files += [{"url": f"{settings.STATIC_URL}{icon}", "revision": current} for icon in ICONS]
    return f"self.DUBAN_FILES = {json.dumps(files)};\n{_read(WORKER.stat().st_mtime_ns)}"


@lru_cache(maxsize=1)
def _read(_changed: int) -> str:
    return WORKER.read_text(encoding="utf-8")

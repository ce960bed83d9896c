"""Find a Chromium for the journeys and the screenshots. Run as a script it says which one, or how to get one."""

import os
import shutil
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ADVICE = """No Chromium was found; the journeys drive a real browser. One of these brings one:
    sudo apt-get install chromium fonts-noto-cjk        (Debian, Ubuntu)
    .venv/bin/playwright install --with-deps chromium   (elsewhere)
or name your own: DUBAN_CHROMIUM=/path/to/chrome make test
"""


def chromium_path() -> str | None:
    """The browser named by `DUBAN_CHROMIUM`, on the path, or downloaded by Playwright before; the newest of those."""
    named = os.environ.get("DUBAN_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    on_path = (shutil.which(command) for command in COMMANDS)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    downloaded = (str(path) for path in sorted(cache.glob("chromium-*/chrome-linux*/chrome"), reverse=True))
    return next((path for path in (*on_path, *downloaded) if path), None)


def main() -> int:
    """Print the path, or the advice and fail."""
    path = chromium_path()
    sys.stderr.write(ADVICE) if path is None else sys.stdout.write(f"browser: {path}\n")
    return 1 if path is None else 0


if __name__ == "__main__":
    sys.exit(main())

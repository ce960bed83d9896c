"""Built assets: from an entry name to the hashed files that Vite wrote."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

DIST = Path(__file__).parent / "static" / "dist"
MANIFEST = DIST / "manifest.json"


@dataclass(frozen=True)
class Bundle:
    """URLs that one entry needs, in order of loading."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    preloads: tuple[str, ...] = ()


def bundle(entry: str) -> Bundle:
    """The files of `src/<entry>/main.ts`; empty while nothing is built, so that pages work without Node."""
    manifest = _manifest()
    key = f"src/{entry}/main.ts"
    if key not in manifest:
        return Bundle()
    chunks = _with_imports(manifest, key)
    styles = dict.fromkeys(style for chunk in chunks for style in chunk.get("css", ()))
    preloads = [chunk["file"] for chunk in chunks[1:]]
    return Bundle(
        scripts=(_url(manifest[key]["file"]),),
        styles=tuple(map(_url, styles)),
        preloads=tuple(map(_url, preloads)),
    )


def closure(entry: str) -> tuple[str, ...]:
    """Every file that an entry may ever ask for, code that is loaded later included: what an offline page must keep."""
    manifest = _manifest()
    key = f"src/{entry}/main.ts"
    chunks = _with_imports(manifest, key, ("imports", "dynamicImports")) if key in manifest else []
    files = [file for chunk in chunks for file in (chunk["file"], *chunk.get("css", ()), *chunk.get("assets", ()))]
    return tuple(map(_url, dict.fromkeys(files)))


def asset_url(source: str) -> str:
    """The URL of a single asset by its path under `frontend/`, or an empty text while nothing is built."""
    chunk = _manifest().get(source)
    return _url(chunk["file"]) if chunk else ""


def _with_imports(manifest: dict[str, Any], key: str, kinds: tuple[str, ...] = ("imports",)) -> list[dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    waiting = [key]
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen[name] = manifest[name]
            waiting += [found for kind in kinds for found in manifest[name].get(kind, [])]
    return list(seen.values())


def _url(file: str) -> str:
    # Vite has hashed the name already; a second hash by the static storage would break imports between chunks.
    return f"{settings.STATIC_URL}dist/{file}"


def version() -> int:
    """When the assets were last built, in ns; 0 before the first build. What is kept by it is made anew after a build."""
    try:
        return MANIFEST.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _manifest() -> dict[str, Any]:
    changed = version()
    return _read(changed) if changed else {}


@lru_cache(maxsize=1)
def _read(_changed: int) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return loaded

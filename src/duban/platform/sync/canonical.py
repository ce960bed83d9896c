"""The one way in which a payload is written down before it is hashed, the same on phone and server."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def canonical(payload: Mapping[str, Any]) -> str | None:
    """JSON with sorted keys and no spaces; nothing if the text cannot be stored: half a character, or a NUL."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return None if NUL.search(text) else text


def digest(text: str) -> str:
    """SHA-256 of a canonical text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()

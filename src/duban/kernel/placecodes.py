"""Codes on the wall: what a scanned text names, and the number a screen shows in turn (TOTP, RFC 6238)."""

import hmac
import struct
from datetime import datetime

STEP_S = 30
DIGITS = 6
GRACE_STEPS = 1


def said_by(token: str) -> tuple[str, str]:
    """Tag and number of a scanned code: a tag, the address on a label, or a rotating code (`tag.number`)."""
    said = token.strip().rstrip("/").rpartition("/")[2].partition("?")[0]
    tag, _, number = said.partition(".")
    return tag.upper(), number


def number_at(secret: bytes, moment: datetime, *, digits: int = DIGITS) -> str:
    """The number shown at a moment: HMAC-SHA-1 over the count of half minutes, truncated as RFC 4226 says."""
    return _number(secret, int(moment.timestamp()) // STEP_S, digits)


def was_shown(secret: bytes, number: str, moment: datetime) -> bool:
    """Whether the number was shown at a moment, half a minute earlier or later."""
    step = int(moment.timestamp()) // STEP_S
    return any(
        hmac.compare_digest(_number(secret, step + shift, DIGITS).encode(), number.encode())
        for shift in range(-GRACE_STEPS, GRACE_STEPS + 1)
    )


def _number(secret: bytes, step: int, digits: int) -> str:
    digest = hmac.digest(secret, struct.pack(">Q", max(step, 0)), "sha1")
    offset = digest[-1] & 0x0F
    found = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(found % 10**digits).zfill(digits)

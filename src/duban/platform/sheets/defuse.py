"""Texts that a spreadsheet would take for a formula when it opens a CSV file."""

import re

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")


def defuse(text: str) -> str:
    """Put an apostrophe before a text that starts like a formula. `restore(defuse(text)) == text` for every text."""
    return f"'{text}" if _RISKY.match(text) else text


def restore(text: str) -> str:
    """Take away the apostrophe that `defuse` put there."""
    return text[1:] if _DEFUSED.match(text) else text

"""Texts of the pure core in the reader's language: translated first, filled in afterwards."""

import re
from collections.abc import Mapping

from django.utils.translation import get_language, gettext, pgettext

from duban.settlement.models import StatementLine

CLAUSE_NUMBER = re.compile(r"\d+(\.\d+)*")


def filled(text: str, params: Mapping[str, object]) -> str:
    """`text` translated and filled; a value with one text per language gives that of the reader."""
    if not text:
        return ""
    return gettext(text).format(**{name: in_language(value) for name, value in params.items()})


def in_language(value: object) -> object:
    """The text of a value in both languages that the reader wants; any other value as it is."""
    if isinstance(value, Mapping) and "en" in value:
        return value["zh" if (get_language() or "").startswith("zh") else "en"]
    return value


def line_label(line: StatementLine) -> str:
    """What the line is about."""
    return filled(line.label, line.params)


def line_evidence(line: StatementLine) -> str:
    """What the line rests on, in a few words."""
    return filled(line.evidence, line.params)


def clause_words(clause: str) -> str:
    """`第 9.1 条` for a clause number; anything else stands as it is written."""
    return pgettext("of a contract", "clause {number}").format(number=clause) if CLAUSE_NUMBER.fullmatch(clause) else clause

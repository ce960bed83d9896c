"""Identities that follow from what a result comes from: a line of a ledger, a form; so that it may come again."""

from uuid import UUID, uuid5

LEDGER = UUID("6f6b2f3e-5d7e-5c1b-9f53-6a1d0c5b7e21")


def ledger_id(line_id: int, number: str, parts: tuple[object, ...]) -> UUID:
    """The same result always gives the same id: by its number in the ledger, or else by everything that tells it apart."""
    told = ("number", number) if number else ("parts", *parts)
    return uuid5(LEDGER, "|".join(str(part) for part in (line_id, *told)))


def form_verdict_id(root: UUID, item_key: str) -> UUID:
    """Identifier of the result that a filled-in form leads to for one item: the same for all its corrections."""
    return uuid5(root, item_key)

"""What is said about a company when it is entered, and how its contact is shown."""

from dataclasses import dataclass

VISIBLE_HEAD = 3
VISIBLE_TAIL = 4


@dataclass(frozen=True)
class CompanyDetails:
    """All fields of a vendor company that a person enters. `group_name` names its ownership group, created if new.

    `contact_phone` is `None` where the stored number is to stay as it is.
    """

    name: str
    short_name: str
    credit_code: str
    size_class: str
    service_lines: tuple[str, ...] = ()
    group_name: str = ""
    contact_name: str = ""
    contact_phone: str | None = None


def masked_phone(phone: str) -> str:
    """A telephone number with its middle hidden (`138****5678`); short numbers are hidden entirely."""
    if len(phone) <= VISIBLE_HEAD + VISIBLE_TAIL:
        return "*" * len(phone)
    hidden = len(phone) - VISIBLE_HEAD - VISIBLE_TAIL
    return phone[:VISIBLE_HEAD] + "*" * hidden + phone[-VISIBLE_TAIL:]


def split_words(text: str) -> tuple[str, ...]:
    """The parts of a cell that lists several things (`"保洁、绿化"`), parted by 、 , ; / or their full-width forms."""
    for sign in "，,；;／/":
        text = text.replace(sign, "、")
    return tuple(part for part in (piece.strip() for piece in text.split("、")) if part)

"""People who work for a vendor: what is said about them, how they are shown, and when they are forgotten."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.cn import ric
from stdnum.exceptions import ValidationError as NumberError

from duban.kernel.text import mark

YOUNGEST = 16
"""Nobody below this age may be employed (劳动法 §15)."""
YOUNGEST_GUARD = 18
"""Nobody below this age may be a security guard (保安服务管理条例 §16)."""
VISIBLE_HEAD, VISIBLE_TAIL = 3, 2
IDENTITY = re.compile(r"\d{17}[\dX]", re.ASCII)


class Category(StrEnum):
    """What kind of post a person is kept for; the caps on turnover differ by it (T6)."""

    BACKBONE = "backbone"
    IMAGE = "image"
    ORDINARY = "ordinary"


CATEGORY_LABELS: Mapping[str, str] = {
    Category.BACKBONE: mark("Backbone post"),
    Category.IMAGE: mark("Image post"),
    Category.ORDINARY: mark("Ordinary post"),
}


@dataclass(frozen=True)
class WorkerDetails:
    """All that is entered about a person. `identity` is the identity number; `None` where the stored one is to stay."""

    name: str
    entered_on: date
    service_line: str = ""
    category: str = Category.ORDINARY
    identity: str | None = None


@dataclass(frozen=True)
class CredentialDetails:
    """All fields of a personal credential. Both dates are inside the validity; no end means unlimited."""

    kind: str
    number: str
    valid_from: date
    valid_until: date | None = None
    issuer: str = ""


@dataclass(frozen=True)
class ProofDetails:
    """All fields of a proof of insurance. Both dates are inside the insured time."""

    kind: str
    number: str
    valid_from: date
    valid_until: date
    insurer: str = ""


class InsuranceKind(StrEnum):
    """What insures a person at work."""

    SOCIAL = "social"
    ACCIDENT = "accident"
    EMPLOYER = "employer"


INSURANCE_LABELS: Mapping[str, str] = {
    InsuranceKind.SOCIAL: mark("Social insurance"),
    InsuranceKind.ACCIDENT: mark("Accident insurance"),
    InsuranceKind.EMPLOYER: mark("Employer's liability insurance"),
}


def identity_number(text: str) -> str:
    """An identity number in its compact form, whether it is a good one or not."""
    return str(ric.compact(text)).upper()


def is_identity_number(text: str) -> bool:
    """Whether date and check character of an identity number are right (GB 11643).

    The district is not looked at: numbers are given where somebody first registers, often long after the birth.
    """
    number = identity_number(text)
    if not IDENTITY.fullmatch(number):
        return False
    try:
        born_on(number)
    except NumberError:
        return False
    return number[-1] == ric.calc_check_digit(number)


def born_on(identity: str) -> date:
    """The day of birth in an identity number."""
    day: date = ric.get_birth_date(identity)
    return day


def masked_name(name: str) -> str:
    """A person's name with everything but the first character hidden (`王**`)."""
    return name[:1] + "*" * (len(name) - 1)


def masked_identity(identity: str) -> str:
    """An identity number with its middle hidden (`310*************2X`); short ones are hidden entirely."""
    if len(identity) <= VISIBLE_HEAD + VISIBLE_TAIL:
        return "*" * len(identity)
    return identity[:VISIBLE_HEAD] + "*" * (len(identity) - VISIBLE_HEAD - VISIBLE_TAIL) + identity[-VISIBLE_TAIL:]


def age_on(born_on: date, on: date) -> int:
    """Full years of life on a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

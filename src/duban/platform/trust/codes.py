"""The changing code of a place: nobody stores its secret, it follows from the key of this installation."""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from duban.kernel.placecodes import STEP_S, number_at

SALT = "duban.place.code"


def place_secret(tag: str) -> bytes:
    """The secret from which the numbers of one place are made."""
    return salted_hmac(SALT, tag.upper(), algorithm="sha256").digest()


def code_at(tag: str, moment: datetime) -> str:
    """What the screen of a place shows at a moment."""
    return f"{tag}.{number_at(place_secret(tag), moment)}"


def seconds_left(moment: datetime) -> int:
    """How long the code of this moment is still shown."""
    return STEP_S - int(moment.timestamp()) % STEP_S


def next_change(moment: datetime) -> datetime:
    """When the next code is shown."""
    return moment.replace(microsecond=0) + timedelta(seconds=seconds_left(moment))

"""Short secrets at rest: telephone numbers and the like, readable only with the installation's secret key."""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from duban.kernel.errors import DomainError
from duban.kernel.text import mark


class CannotUnseal(DomainError):
    """The sealed value was made with another secret key."""

    status = 409
    default_message = mark("This value was sealed with another secret key and cannot be read.")


@cache
def _fernet(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"duban sealed values").derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def seal(text: str) -> str:
    """`text` encrypted and authenticated (Fernet, key derived from `SECRET_KEY` by HKDF); empty stays empty."""
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """The text behind `sealed`; raises `CannotUnseal` if it was sealed with another key or altered."""
    if not sealed:
        return ""
    try:
        return _fernet(settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal from error

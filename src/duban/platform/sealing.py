"""Short secrets at rest: telephone numbers and the like, readable only with the installation's secret key."""

import base64
import hmac
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


def fingerprint(text: str, *, scope: str) -> str:
    """A keyed hash (HMAC-SHA256) by which equal texts inside one scope are found without reading them; empty stays empty.

    The same text in another scope, or on an installation with another secret key, has another fingerprint.
    """
    return hmac.digest(_fingerprint_key(settings.SECRET_KEY), f"{scope}\n{text}".encode(), "sha256").hex() if text else ""


@cache
def _fingerprint_key(secret_key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"duban fingerprints").derive(secret_key.encode())

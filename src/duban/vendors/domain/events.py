"""Facts that vendors announces."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CertificateChanged:
    """A certificate of a company was entered, changed or withdrawn; it holds from `from_on` to `until_on`.

    The span covers both the old and the new validity, `None` at the end meaning without limit.
    """

    company_id: int
    kind: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class WorkerCredentialChanged:
    """A credential of a person was entered, changed, verified or rejected; `until_on` is None where it has no end."""

    worker_id: int
    from_on: date
    until_on: date | None

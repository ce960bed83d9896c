"""What inspections announces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FindingsOpened:
    """Failed checks opened findings: how many on which contract line, and the code of the only one, if there is just one."""

    counts: tuple[tuple[int, int], ...]
    code: str


@dataclass(frozen=True)
class FindingReopened:
    """A re-check did not accept what was reported as rectified."""

    code: str
    reason: str


@dataclass(frozen=True)
class ResultCorrected:
    """A recorded result was changed afterwards; cards already closed over it show it as evidence changed after close."""

    code: str
    line_id: int
    day: str
    reason: str


@dataclass(frozen=True)
class NoticeSent:
    """A rectification notice went out to the vendor."""

    code: str


@dataclass(frozen=True)
class NoticeAnswered:
    """The vendor has answered every finding of a rectification notice; the office re-checks now."""

    code: str


@dataclass(frozen=True)
class FindingsEscalated:
    """Findings stayed open too long: the code of each and the level it has reached."""

    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class VisitsDrawn:
    """Visits were drawn to be checked again by somebody else; `code` is that of the draw."""

    code: str


@dataclass(frozen=True)
class PraiseGiven:
    """Something was done better than agreed."""

    code: str


@dataclass(frozen=True)
class AuditPlanned:
    """An audit was planned, or its team or days changed."""

    code: str


@dataclass(frozen=True)
class AuditIssued:
    """The report of an audit is out."""

    code: str


@dataclass(frozen=True)
class AuditFindingMoved:
    """A finding of an audit went on to `state`."""

    code: str
    state: str


@dataclass(frozen=True)
class AuditActionsDue:
    """Actions on findings of audits are due within days, or overdue: the codes of the findings."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class LotJudged:
    """The lot of a drawn task was judged: “accepted”, “rejected”, or “open” while places are missing."""

    task: str
    verdict: str

"""The three verdicts and the three severities as the small numbers the evidence table keeps."""

from collections.abc import Mapping
from enum import IntEnum

from duban.kernel.occurrence import Severity
from duban.kernel.states import Tone
from duban.kernel.text import mark


class Verdict(IntEnum):
    """What a check found. “Not applicable” counts neither for nor against."""

    FAIL = 0
    PASS = 1
    NOT_APPLICABLE = 2

    @property
    def label(self) -> str:
        """English source text."""
        return VERDICT_LABELS[self]

    @property
    def tone(self) -> Tone:
        """How it looks."""
        return VERDICT_TONES[self]


class Grade(IntEnum):
    """Severity of a failed check in the order of weight."""

    MINOR = 0
    MAJOR = 1
    CRITICAL = 2

    @property
    def severity(self) -> Severity:
        """The severity that rules and occurrences speak of."""
        return SEVERITIES[self]

    @property
    def label(self) -> str:
        """English source text."""
        return GRADE_LABELS[self]

    @property
    def tone(self) -> Tone:
        """How it looks."""
        return GRADE_TONES[self]

    @classmethod
    def of(cls, severity: str) -> "Grade":
        """The grade of a severity word; an unknown word counts as minor."""
        return next((grade for grade, word in SEVERITIES.items() if word == severity), cls.MINOR)


VERDICT_LABELS: Mapping[Verdict, str] = {
    Verdict.FAIL: mark("Fail"),
    Verdict.PASS: mark("Pass"),
    Verdict.NOT_APPLICABLE: mark("Not applicable"),
}
VERDICT_TONES: Mapping[Verdict, Tone] = {
    Verdict.FAIL: Tone.BAD,
    Verdict.PASS: Tone.GOOD,
    Verdict.NOT_APPLICABLE: Tone.NEUTRAL,
}
VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.FAIL: "fail",
    Verdict.PASS: "pass",
    Verdict.NOT_APPLICABLE: "not_applicable",
}
"""The words phones use."""
SEVERITIES: Mapping[Grade, Severity] = {
    Grade.MINOR: Severity.MINOR,
    Grade.MAJOR: Severity.MAJOR,
    Grade.CRITICAL: Severity.CRITICAL,
}
GRADE_LABELS: Mapping[Grade, str] = {
    Grade.MINOR: mark("Minor"),
    Grade.MAJOR: mark("Major"),
    Grade.CRITICAL: mark("Critical"),
}
GRADE_TONES: Mapping[Grade, Tone] = {Grade.MINOR: Tone.NEUTRAL, Grade.MAJOR: Tone.WARNING, Grade.CRITICAL: Tone.BAD}

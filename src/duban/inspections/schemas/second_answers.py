"""What the API says of answers that do not count."""

from datetime import datetime
from decimal import Decimal

from ninja import Field, Schema

from duban.inspections.domain.verdicts import SEVERITIES, VERDICT_WORDS, Grade, Verdict
from duban.inspections.schemas.phones import SeverityWord, VerdictWord
from duban.inspections.selectors.other_answers import SecondAnswer


class SecondAnswerOut(Schema):
    """A second answer to one item at one place: kept, counted nowhere. `counts` is the code of the result that counts."""

    code: str = Field(alias="answer.code")
    counts: str = Field(alias="answer.result.code")
    item: str = Field(alias="answer.result.item.key")
    place: str | None = Field(None, alias="answer.result.place.tag")
    inspector: str
    at: datetime = Field(alias="answer.at")
    verdict: VerdictWord
    severity: SeverityWord | None
    value: Decimal | None = Field(alias="answer.value")
    note: str = Field(alias="answer.note")
    photo_count: int

    @staticmethod
    def resolve_verdict(second: SecondAnswer) -> str:
        return VERDICT_WORDS[Verdict(second.answer.verdict)]

    @staticmethod
    def resolve_severity(second: SecondAnswer) -> str | None:
        return SEVERITIES[Grade(second.answer.severity)].value if second.answer.verdict == Verdict.FAIL else None

    @staticmethod
    def resolve_photo_count(second: SecondAnswer) -> int:
        return len(second.photos)

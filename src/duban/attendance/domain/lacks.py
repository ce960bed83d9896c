"""Who checks in without being allowed to stand there: the reasons of the exception, and their words."""

from collections.abc import Mapping

from duban.kernel.text import mark
from duban.standards.domain.licences import Verdict
from duban.standards.domain.worker_gate import WorkerGate

NO_CREDENTIAL, NOT_EMPLOYED = "no_credential", "not_employed"
LACK_WORDS: Mapping[str, str] = {
    Verdict.MISSING: mark("{worker}, {day}: “{credential}”, which the post asks for, is missing"),
    Verdict.EXPIRED: mark("{worker}, {day}: “{credential}”, which the post asks for, is not valid on that day"),
    Verdict.UNVERIFIED: mark("{worker}, {day}: “{credential}”, which the post asks for, was not verified in time"),
    NOT_EMPLOYED: mark("{worker} does not work for the vendor on {day}"),
}


def lack_reasons(gate: WorkerGate) -> list[str]:
    """Why a check-in is an exception for the gate, as they are stored: `no_credential:expired:guard`, `not_employed`."""
    if not gate.is_employed:
        return [NOT_EMPLOYED]
    return [f"{NO_CREDENTIAL}:{one.verdict}:{one.requirement.certificate_kind}" for one in gate.licences.problems]


def lack_words(reason: str) -> tuple[str, str] | None:
    """The source text of a stored reason and the kind of credential it names; nothing if it is another reason."""
    name, _colon, rest = reason.partition(":")
    verdict, _colon, kind = rest.partition(":")
    text = LACK_WORDS.get(verdict if name == NO_CREDENTIAL else name)
    return (text, kind) if text else None

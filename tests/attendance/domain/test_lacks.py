from datetime import date

from duban.attendance.domain.lacks import lack_reasons, lack_words
from duban.standards.domain.licences import Holder, LicenceFinding, LicenceGate, Requirement, Verdict
from duban.standards.domain.worker_gate import WorkerDuty, WorkerGate

DAY = date(2026, 10, 5)
DUTY = WorkerDuty(1, DAY, "security")


def gate(*verdicts, is_employed=True):
    findings = tuple(LicenceFinding(Requirement("security", "guard", Holder.WORKER, "§16"), verdict) for verdict in verdicts)
    return WorkerGate(DUTY, LicenceGate(DAY, findings), is_employed)


def test_every_lack_is_a_reason_of_its_own():
    assert lack_reasons(gate(Verdict.OK, Verdict.ENDING)) == []
    assert lack_reasons(gate(Verdict.MISSING, Verdict.EXPIRED)) == [
        "no_credential:missing:guard",
        "no_credential:expired:guard",
    ]
    assert lack_reasons(gate(Verdict.MISSING, is_employed=False)) == ["not_employed"]


def test_reasons_name_their_words_and_others_have_none():
    assert lack_words("no_credential:unverified:guard") == (
        "{worker}, {day}: “{credential}”, which the post asks for, was not verified in time",
        "guard",
    )
    assert lack_words("not_employed") == ("{worker} does not work for the vendor on {day}", "")
    assert lack_words("outside") is None
    assert lack_words("no_credential:ok:guard") is None

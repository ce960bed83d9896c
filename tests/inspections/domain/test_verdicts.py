from duban.inspections.domain.verdicts import Grade, Verdict
from duban.kernel.occurrence import Severity
from duban.kernel.states import Tone


def test_passes_sum_up_to_the_numerator():
    assert sum([Verdict.PASS, Verdict.FAIL, Verdict.PASS]) == 2


def test_every_verdict_and_grade_has_words_and_a_tone():
    assert [verdict.label for verdict in Verdict] == ["Fail", "Pass", "Not applicable"]
    assert [verdict.tone for verdict in Verdict] == [Tone.BAD, Tone.GOOD, Tone.NEUTRAL]
    assert [grade.tone for grade in Grade] == [Tone.NEUTRAL, Tone.WARNING, Tone.BAD]
    assert [grade.label for grade in Grade] == ["Minor", "Major", "Critical"]


def test_grades_and_severities_are_the_same_in_order():
    assert [grade.severity for grade in Grade] == list(Severity)
    assert [Grade.of(severity) for severity in Severity] == list(Grade)
    assert Grade.of("unheard of") is Grade.MINOR

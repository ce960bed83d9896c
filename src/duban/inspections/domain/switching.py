"""How strictly the next lot is inspected, by the lots before it: the switching rules of ISO 2859-1 / GB/T 2828.1.

Each class of faults switches by itself. A lot that was drawn before a switch, under the severity of before, still counts
where it failed; passed, it proves nothing about the severity it was not inspected under.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from duban.inspections.domain.sampling import Severity
from duban.kernel.text import mark
from duban.kernel.trace import Step

WINDOW, FAILS = 5, 2
"""Two of five lots or fewer in a row that fail make inspection tightened."""

PASSES = 5
"""So many lots in a row that pass tightened inspection bring normal inspection back."""

STOP = 5
"""So many failed lots under tightened inspection ask for more than inspection: the vendor has to act first."""

ENOUGH = 30
"""The switching score from which inspection may be reduced."""

USUAL, SHARP = 2, 3
"""What a passed lot adds to the score: where Ac is 0 or 1, and above where it would have passed one AQL tighter too."""

ASKED_FROM = 2
"""From which Ac on the sharper question is asked."""


@dataclass(frozen=True)
class Lot:
    """One judged lot of one class: how it was inspected, what was found, and what one step tighter would have accepted."""

    code: str
    severity: Severity
    is_accepted: bool
    ac: int
    faulty: int
    tighter_ac: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where the lots have led: the severity of the next one, the score towards reduced inspection, and the last switch.

    `recent` are the outcomes since the last switch, `failed` the lots that failed under tightened inspection since it
    began. `is_stopped` says that inspection alone does not help any more.
    """

    severity: Severity = Severity.NORMAL
    score: int = 0
    recent: tuple[bool, ...] = ()
    failed: int = 0
    is_stopped: bool = False
    why: Step = field(default_factory=lambda: Step(mark("Inspection begins as normal"), "begin", "normal"))
    trace: tuple[Step, ...] = ()


def standing_after(lots: Sequence[Lot], *, reduced_allowed: bool = False) -> Standing:
    """The standing after all lots in their order.

    `reduced_allowed` is the consent that the standard asks of whoever answers for the inspection; without it inspection
    stays normal, however good the score.
    """
    standing = Standing()
    for lot in lots:
        if standing.severity is Severity.NORMAL:
            standing = _normal(standing, lot, reduced_allowed=reduced_allowed)
        else:
            standing = (_tightened if standing.severity is Severity.TIGHTENED else _reduced)(standing, lot)
    return standing


def _normal(standing: Standing, lot: Lot, *, reduced_allowed: bool) -> Standing:
    recent = (*standing.recent, lot.is_accepted)[-WINDOW:]
    score = _score(standing.score, lot)
    after = replace(standing, recent=recent, score=score)
    fails = recent.count(False)
    if fails >= FAILS:
        values = {"fails": str(fails), "lots": str(len(recent)), "code": lot.code}
        label = mark("{fails} of the last {lots} lots failed, the last of them {code}: tightened inspection")
        return _switch(after, Severity.TIGHTENED, Step(label, "tighten", "tightened", values))
    if score >= ENOUGH and reduced_allowed:
        label = mark("Switching score {score} of {enough} at {code}: reduced inspection")
        values = {"score": str(score), "enough": str(ENOUGH), "code": lot.code}
        return _switch(after, Severity.REDUCED, Step(label, "reduce", "reduced", values))
    return after


def _tightened(standing: Standing, lot: Lot) -> Standing:
    if not lot.is_accepted:
        failed = standing.failed + (lot.severity is Severity.TIGHTENED)
        after = replace(standing, recent=(), failed=failed)
        if failed < STOP or standing.is_stopped:
            return after
        label = mark("{failed} lots failed under tightened inspection, the last of them {code}: the vendor has to act first")
        step = Step(label, "stop", "stopped", {"failed": str(failed), "code": lot.code})
        return replace(after, is_stopped=True, why=step, trace=(*standing.trace, step))
    if lot.severity is not Severity.TIGHTENED:
        return standing
    recent = (*standing.recent, True)
    if len(recent) < PASSES:
        return replace(standing, recent=recent)
    label = mark("{lots} lots in a row passed tightened inspection, the last of them {code}: back to normal")
    step = Step(label, "relax", "normal", {"lots": str(len(recent)), "code": lot.code})
    return _switch(standing, Severity.NORMAL, step)


def _reduced(standing: Standing, lot: Lot) -> Standing:
    if lot.is_accepted:
        return replace(standing, recent=(*standing.recent, True)[-WINDOW:])
    step = Step(mark("Lot {code} failed under reduced inspection: back to normal"), "restore", "normal", {"code": lot.code})
    return _switch(standing, Severity.NORMAL, step)


def _switch(standing: Standing, severity: Severity, step: Step) -> Standing:
    return Standing(severity=severity, why=step, trace=(*standing.trace, step))


def _score(score: int, lot: Lot) -> int:
    """A lot that fails, or would have failed one AQL tighter, sets the score back to nothing."""
    if not lot.is_accepted:
        return 0
    if lot.severity is not Severity.NORMAL:
        return score
    if lot.ac < ASKED_FROM:
        return score + USUAL
    passes_tighter = lot.tighter_ac is not None and lot.faulty <= lot.tighter_ac
    return score + SHARP if passes_tighter else 0


def lots_of_class(name: str, judged: Sequence[tuple[str, Mapping[str, Mapping[str, object]]]]) -> list[Lot]:
    """The lots of one class from what tasks keep: (code, class → values); open ones and other classes are left out."""
    return [
        Lot(
            code=code,
            severity=Severity(str(classes[name].get("severity", "normal"))),
            is_accepted=bool(classes[name]["is_accepted"]),
            ac=int(str(classes[name]["ac"])),
            faulty=int(str(classes[name]["faulty"])),
            tighter_ac=None if classes[name].get("tighter_ac") is None else int(str(classes[name]["tighter_ac"])),
        )
        for code, classes in judged
        if name in classes and classes[name]["is_accepted"] is not None
    ]

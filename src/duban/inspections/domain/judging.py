"""Whether a lot passes: what was found at the drawn places against Ac and Re of each class of faults."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from duban.inspections.domain.sampling import DefectClass
from duban.kernel.text import mark
from duban.kernel.trace import Step


@dataclass(frozen=True)
class ClassRule:
    """How many of the drawn places judge this class, how many faulty ones it still passes, from how many it fails."""

    n: int
    ac: int
    re: int


@dataclass(frozen=True)
class ClassVerdict:
    """One class of faults: what was looked at, what was faulty, and whether it passes; `None` while that is open."""

    rule: ClassRule
    inspected: int
    faulty: int
    is_accepted: bool | None


@dataclass(frozen=True)
class LotVerdict:
    """The lot: it fails with any class, passes with all of them, and is open while places are missing."""

    is_accepted: bool | None
    classes: Mapping[DefectClass, ClassVerdict]
    trace: tuple[Step, ...]


def judge(
    ranked: Sequence[int],
    rules: Mapping[DefectClass, ClassRule],
    inspected: Collection[int],
    faults: Collection[tuple[int, DefectClass]],
) -> LotVerdict:
    """Judge a lot. `ranked` are the drawn places in the order of the draw: a class looks at the first `n` of them.

    `faults` are places with a fault of a class; several faults of one class make a place faulty once. A critical fault
    anywhere in the sample fails the lot. A class fails as soon as it reaches Re; it passes once what is still missing
    could not bring it there.
    """
    wanted = {DefectClass.CRITICAL: ClassRule(len(ranked), 0, 1), **rules}
    classes = {
        name: _judged(ranked, rule, inspected, {place for place, kind in faults if kind is name})
        for name, rule in wanted.items()
    }
    verdicts = [one.is_accepted for one in classes.values()]
    is_accepted = False if False in verdicts else None if None in verdicts else True
    return LotVerdict(is_accepted, classes, tuple(_step(name, one) for name, one in classes.items()))


def _judged(ranked: Sequence[int], rule: ClassRule, inspected: Collection[int], faulty: Collection[int]) -> ClassVerdict:
    sample = ranked[: rule.n]
    seen = sum(place in inspected for place in sample)
    bad = sum(place in faulty for place in sample)
    if bad >= rule.re:
        return ClassVerdict(rule, seen, bad, is_accepted=False)
    return ClassVerdict(rule, seen, bad, is_accepted=True if bad + len(sample) - seen <= rule.ac else None)


LABELS: Mapping[bool | None, str] = {
    True: mark("{class}: {faulty} of {inspected} places faulty, at most {ac} may be: passed"),
    False: mark("{class}: {faulty} of {inspected} places faulty, from {re} it fails: failed"),
    None: mark("{class}: {inspected} of {n} places looked at, {faulty} faulty: still open"),
}


def _step(name: DefectClass, one: ClassVerdict) -> Step:
    values = {"class": str(name), "n": str(one.rule.n), "ac": str(one.rule.ac), "re": str(one.rule.re)}
    values |= {"inspected": str(one.inspected), "faulty": str(one.faulty)}
    result = {True: "accepted", False: "rejected", None: "open"}[one.is_accepted]
    return Step(LABELS[one.is_accepted], "lot", result, values)

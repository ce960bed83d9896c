"""Grades of vendors: proposed by the rules with their reasons, confirmed by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.events import announce
from duban.platform.records import assign_codes
from duban.platform.states import advance
from duban.scorecards.domain.events import GradeConfirmed, PeriodClosed
from duban.scorecards.domain.grade import DEFAULT_RULES, GRADES, GradeProposal, Measure, PeriodScore, propose_grade
from duban.scorecards.domain.scheme import Aggregation
from duban.scorecards.domain.scoring import aggregate
from duban.scorecards.models import Period, VendorGrade
from duban.scorecards.selectors.grades import LineScores, line_scores


@dataclass(frozen=True)
class _Subject:
    """One vendor on one service line, with its lines."""

    vendor_id: int
    service_line: str
    lines: tuple[LineScores, ...]


def grades_propose_after(event: PeriodClosed) -> None:
    """Hears that a period was closed and brings the proposals up to date."""
    period = Period.objects.filter(tenant__path=event.tenant_path, key=event.period, kind="month").first()
    if period is not None:
        grades_propose(actor=system_actor(event.tenant_path), period=period)


@transaction.atomic
def grades_propose(*, actor: Actor, period: Period) -> list[VendorGrade]:
    """Propose a grade for every vendor and service line as of a month; unconfirmed proposals are brought up to date.

    The mean weighs the lines by their monthly fee; triggers are looked for contract line by contract line, since the
    termination rule belongs to a contract. Confirmed grades stay. Safe to repeat. Returns the new or changed proposals.
    """
    known = {(row.vendor_id, row.service_line): row for row in VendorGrade.objects.filter(period=period)}
    new, changed = [], []
    for subject in _subjects(line_scores(actor, period)):
        row = known.get((subject.vendor_id, subject.service_line))
        fresh = _proposal(subject, period)
        if row is None:
            new.append(fresh)
        elif row.state == "proposed" and row.proposal != fresh.proposal:
            row.proposed_grade, row.measure, row.average, row.proposal = (
                fresh.proposed_grade,
                fresh.measure,
                fresh.average,
                fresh.proposal,
            )
            changed.append(row)
    assign_codes(new, on=period.ends_on)
    VendorGrade.objects.bulk_create(new)
    VendorGrade.objects.bulk_update(changed, ["proposed_grade", "measure", "average", "proposal"], batch_size=100)
    if new or changed:
        codes = [row.code for row in (*new, *changed)]
        write_entry(actor=actor, record=period, action="propose_grades", changes={"grades": [None, codes]})
    return [*new, *changed]


@transaction.atomic
def grade_confirm(*, actor: Actor, record: VendorGrade, grade: str, note: str = "") -> VendorGrade:
    """Confirm a grade; another one than proposed needs a reason. Earlier confirmed grades stay as history.

    Raises `Invalid`, `WrongState`, `NotAllowed`. Announces `GradeConfirmed`, on which vendors act.
    """
    if grade not in GRADES:
        raise Invalid(errors=(FieldError("grade", mark("Choose one of {choices}."), {"choices": ", ".join(GRADES)}),))
    if grade != record.proposed_grade and not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Say why you depart from the proposal.")),))
    locked = advance(record, "confirm", actor=actor, note=note)
    VendorGrade.objects.filter(pk=locked.pk).update(
        grade=grade, note=note, confirmed_by=actor.person_id, confirmed_at=timezone.now()
    )
    announce(GradeConfirmed(vendor_id=locked.vendor_id, service_line=locked.service_line, grade=grade, measure=locked.measure))
    return VendorGrade.objects.get(pk=locked.pk)


def _subjects(lines: Sequence[LineScores]) -> list[_Subject]:
    groups: dict[tuple[int, str], list[LineScores]] = {}
    for line in lines:
        groups.setdefault((line.vendor_id, line.service_line), []).append(line)
    return [_Subject(vendor, service_line, tuple(items)) for (vendor, service_line), items in sorted(groups.items())]


def _proposal(subject: _Subject, period: Period) -> VendorGrade:
    periods = sorted({item.period for line in subject.lines for item in line.scores})
    mean = propose_grade([PeriodScore(key, _mean(subject.lines, key)) for key in periods])
    by_line = [(line, propose_grade(line.scores)) for line in subject.lines]
    measures = [found.measure for _, found in by_line if found.measure is not None]
    document = {
        "average": None if mean.average is None else str(mean.average),
        "scored_periods": mean.scored_periods,
        "renewal": mean.renewal.value,
        "months": [[key, _text(_mean(subject.lines, key))] for key in periods[-DEFAULT_RULES.window :]],
        "lines": [_line_document(line, found) for line, found in by_line],
    }
    return VendorGrade(
        vendor_id=subject.vendor_id,
        service_line=subject.service_line,
        period=period,
        proposed_grade=mean.grade or "",
        measure=max(measures, key=list(Measure).index).value if measures else "",
        average=mean.average,
        proposal=document,
    )


def _mean(lines: Sequence[LineScores], period: str) -> Decimal | None:
    scores = [(item.score, line.weight) for line in lines for item in line.scores if item.period == period]
    return aggregate(scores, Aggregation.WEIGHTED)


def _line_document(line: LineScores, found: GradeProposal) -> dict[str, object]:
    return {
        "contract": line.contract_code,
        "estate": line.estate,
        "missing": list(found.missing),
        "triggers": [
            {
                "measure": trigger.measure.value,
                "template": trigger.reason.template,
                "params": dict(trigger.reason.params),
                "periods": list(trigger.reason.periods),
            }
            for trigger in found.triggers
        ],
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)

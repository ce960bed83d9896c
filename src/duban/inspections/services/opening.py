"""Opening findings: due times, repeats and owners for a whole delivery at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from duban.inspections.domain.events import FindingsOpened
from duban.inspections.domain.limits import RECTIFY, Limits
from duban.inspections.domain.rectification import REPEAT_DAYS, Due, Fault, due_after, repeat_numbers
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import CheckResult, Finding
from duban.inspections.selectors.limits import LineFacts, limits_of, line_facts
from duban.kernel.metrics import EvidenceChanged
from duban.orgs.selectors import sole_holders
from duban.platform.events import announce
from duban.platform.records import assign_codes
from duban.platform.working_days import china_calendar

BATCH = 2000
FOREMAN = "vendor_foreman"


def open_findings(*, results: Sequence[CheckResult], texts: Mapping[int, str]) -> list[Finding]:
    """Open one finding for each failed result, with due time, repeat number and owner; inside the caller's transaction.

    `texts` may give a wording by result key, else the result's note serves. Codes follow the year of the finding's day.
    The owner is the vendor's foreman where the vendor has exactly one; nobody is guessed among several. Announces
    `EvidenceChanged` for the due days and `FindingsOpened`. The caller writes the audit entry.
    """
    if not results:
        return []
    facts = line_facts({result.line_id for result in results})
    limits, owners = limits_of(facts), sole_holders(FOREMAN, {fact.vendor_path for fact in facts.values()})
    findings = [_finding(result, limits[result.line_id], owners, facts[result.line_id], texts) for result in results]
    for year in sorted({finding.found_on.year for finding in findings}):
        assign_codes([finding for finding in findings if finding.found_on.year == year], on=date(year, 1, 1))
    later = count_repeats(fresh=findings)
    findings = Finding.objects.bulk_create(findings, batch_size=BATCH)
    announce_due(findings, renumbered=later)
    counts = Counter(finding.line_id for finding in findings)
    announce(FindingsOpened(tuple(sorted(counts.items())), findings[0].code if len(findings) == 1 else ""))
    return findings


def count_repeats(*, fresh: Sequence[Finding] = (), around: Sequence[Finding] = ()) -> list[Finding]:
    """Number the `fresh`, still unsaved findings, and number stored ones anew that they or those `around` touch.

    A ledger may bring older faults after newer ones, and a finding may be withdrawn: the numbers of the days after it
    follow. Returns the stored findings whose number changed; two statements at most.
    """
    touched = [*fresh, *around]
    if not touched:
        return []
    faults = {fault_of(finding) for finding in touched}
    stored = [finding for finding in _stored(touched) if fault_of(finding) in faults]
    rows = [(finding.pk, fault_of(finding), finding.found_on) for finding in stored]
    rows += [(-1 - position, fault_of(finding), finding.found_on) for position, finding in enumerate(fresh)]
    numbers = repeat_numbers(rows)
    for position, finding in enumerate(fresh):
        finding.repeat_number = numbers[-1 - position]
    first = min(finding.found_on for finding in touched)
    # Of days before the first touched one not the whole span was read, and nothing about them changed.
    changed = [row for row in stored if row.found_on >= first and row.repeat_number != numbers[row.pk]]
    for row in changed:
        row.repeat_number = numbers[row.pk]
    Finding.objects.bulk_update(changed, ["repeat_number"], batch_size=BATCH)
    return changed


def fault_of(finding: Finding) -> Fault:
    """What makes two findings the same fault."""
    return (finding.line_id, finding.item_id, finding.place_id)


def announce_due(findings: Iterable[Finding], *, renumbered: Iterable[Finding] = ()) -> None:
    """Say that the days on which these findings are due, and those `renumbered` were found, have to be measured again."""
    pairs = {(finding.line_id, finding.due_on) for finding in findings if finding.due_on is not None}
    pairs |= {(finding.line_id, finding.found_on) for finding in renumbered}
    if pairs:
        announce(EvidenceChanged("inspections", tuple(sorted(pairs))))


def due_of(result: CheckResult, limits: Limits) -> Due:
    """By when a failed result must be put right."""
    limit = limits[RECTIFY[Grade(result.severity)]]
    return due_after(timezone.localtime(result.at), limit, china_calendar())


def rule_of(severity: int, limits: Limits) -> dict[str, object]:
    """How the time was reckoned, to be kept with the finding."""
    limit = limits[RECTIFY[Grade(severity)]]
    return {"amount": limit.amount, "unit": str(limit.unit), "source": limit.source, "setter": limit.setter}


def _finding(
    result: CheckResult, limits: Limits, owners: Mapping[str, int], facts: LineFacts, texts: Mapping[int, str]
) -> Finding:
    due = due_of(result, limits)
    return Finding(
        check_result=result,
        line_id=result.line_id,
        item_id=result.item_id,
        place_id=result.place_id,
        severity=result.severity,
        text=texts.get(result.pk, result.note),
        found_on=result.day,
        due_on=due.on,
        due_at=due.at,
        due_rule=rule_of(result.severity, limits),
        owner_id=owners.get(facts.vendor_path),
    )


def _stored(touched: Sequence[Finding]) -> list[Finding]:
    first = min(finding.found_on for finding in touched) - timedelta(days=REPEAT_DAYS)
    last = max(finding.found_on for finding in touched) + timedelta(days=REPEAT_DAYS)
    rows = Finding.objects.filter(
        line__in={finding.line_id for finding in touched},
        item__in={finding.item_id for finding in touched},
        found_on__range=(first, last),
    )
    fields = ("line_id", "item_id", "place_id", "found_on", "due_on", "repeat_number")
    return list(rows.exclude(state="withdrawn").order_by("pk").only(*fields))

"""Findings: opened by failed checks, moved by both sides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.events import FindingReopened, FindingsOpened
from duban.inspections.domain.rectification import due_on
from duban.inspections.domain.verdicts import Grade
from duban.inspections.models import CheckResult, Finding
from duban.kernel.actor import Actor
from duban.kernel.metrics import EvidenceChanged
from duban.platform.events import announce
from duban.platform.records import assign_codes
from duban.platform.states import advance
from duban.platform.working_days import china_calendar

BATCH = 2000


def open_findings(*, results: Sequence[CheckResult], texts: Mapping[int, str]) -> list[Finding]:
    """Open one finding for each failed result, with its due day by severity; inside the caller's transaction.

    `texts` may give a wording by result key, else the result's note serves. Codes follow the year of the finding's day.
    Announces `EvidenceChanged` for the due days and `FindingsOpened`. The caller writes the audit entry.
    """
    if not results:
        return []
    calendar = china_calendar()
    due: dict[tuple[date, int], date | None] = {}
    for key in {(result.day, result.severity) for result in results}:
        due[key] = due_on(key[0], Grade(key[1]), calendar)
    findings = [_finding(result, due[result.day, result.severity], texts) for result in results]
    for year in sorted({finding.found_on.year for finding in findings}):
        assign_codes([finding for finding in findings if finding.found_on.year == year], on=date(year, 1, 1))
    findings = Finding.objects.bulk_create(findings, batch_size=BATCH)
    announce_due(findings)
    counts = Counter(finding.line_id for finding in findings)
    announce(FindingsOpened(tuple(sorted(counts.items())), findings[0].code if len(findings) == 1 else ""))
    return findings


@transaction.atomic
def move_finding(*, actor: Actor, finding: Finding, move: str, note: str = "") -> Finding:
    """Make one move of a finding's lifecycle and keep its days in step with it.

    Rectifying stamps `rectified_on`, closing `closed_on`; reopening empties both. Raises `WrongState`, `NotAllowed`,
    `Invalid` (a reason is missing). Announces `EvidenceChanged` for the due day, and `FindingReopened`.
    """
    moved = advance(finding, move, actor=actor, note=note)
    today = timezone.localdate()
    stamps: dict[str, dict[str, date | None]] = {
        "rectify": {"rectified_on": today},
        "close": {"closed_on": today},
        "reopen": {"rectified_on": None, "closed_on": None},
        "withdraw": {"closed_on": today},
        "restore": {"rectified_on": None, "closed_on": None},
    }
    for name, value in stamps[move].items():
        setattr(moved, name, value)
    moved.save(update_fields=[*stamps[move], "changed_at"])
    announce_due([moved])
    if move == "reopen":
        announce(FindingReopened(moved.code, note))
    return moved


def announce_due(findings: Sequence[Finding]) -> None:
    """Say that the days on which these findings are due have to be measured again."""
    pairs = {(finding.line_id, finding.due_on) for finding in findings if finding.due_on is not None}
    if pairs:
        announce(EvidenceChanged("inspections", tuple(sorted(pairs))))


def _finding(result: CheckResult, due: date | None, texts: Mapping[int, str]) -> Finding:
    return Finding(
        check_result=result,
        line_id=result.line_id,
        item_id=result.item_id,
        place_id=result.place_id,
        severity=result.severity,
        text=texts.get(result.pk, result.note),
        found_on=result.day,
        due_on=due,
    )


def findings_announce_overdue(*, since: timedelta = timedelta(days=2)) -> int:
    """Make the due days of findings dirty that ran out of time lately; for the clock, safe to repeat. Counts the pairs."""
    today = timezone.localdate()
    late = Finding.objects.filter(due_on__gte=today - since, due_on__lt=today).exclude(state="withdrawn")
    pairs = sorted({(line, due) for line, due in late.values_list("line_id", "due_on") if due is not None})
    if pairs:
        with transaction.atomic():
            announce(EvidenceChanged("inspections", tuple(pairs)))
    return len(pairs)

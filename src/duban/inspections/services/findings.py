"""Findings moved by both sides, assigned, and given more time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from duban.inspections.domain.events import FindingReopened
from duban.inspections.models import Finding
from duban.inspections.permissions import Code, require_another
from duban.inspections.selectors.findings import owner_options
from duban.inspections.services.following import follow_notices
from duban.inspections.services.opening import announce_due, count_repeats
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.metrics import EvidenceChanged
from duban.kernel.text import mark
from duban.orgs.models import Person
from duban.platform.audit.services import write_entries
from duban.platform.events import announce
from duban.platform.states import advance

RECHECKS = frozenset({"close", "reopen"})
COUNTING = frozenset({"withdraw", "restore"})
SETTLED = frozenset({"closed", "withdrawn"})


@transaction.atomic
def move_finding(*, actor: Actor, finding: Finding, move: str, note: str = "", at: datetime | None = None) -> Finding:
    """Make one move of a finding's lifecycle and keep its times in step with it.

    Rectifying stamps when it was done (`at`, else now), closing the day; reopening empties both and counts. Closing and
    reopening take somebody other than the finder. Raises `WrongState`, `NotAllowed`, `Invalid` (a reason is missing).
    Announces `EvidenceChanged` for the found and the due day, and `FindingReopened`.
    """
    if move in RECHECKS:
        require_another(actor, finding)
    moved = advance(finding, move, actor=actor, note=note)
    now = timezone.now()
    stamps = _stamps(moved, move, min(at or now, now))
    for name, value in stamps.items():
        setattr(moved, name, value)
    moved.save(update_fields=[*stamps, "changed_at"])
    touched = [moved, *count_repeats(around=[moved])] if move in COUNTING else []
    announce_due([moved], renumbered=touched)
    follow_notices(findings=[moved])
    if move == "reopen":
        announce(FindingReopened(moved.code, note))
    return moved


@transaction.atomic
def findings_assign(*, actor: Actor, findings: Sequence[Finding], owner: Person | None) -> int:
    """Make somebody the owner of several findings, or nobody; returns how many changed.

    Raises `NotAllowed` without `inspections.edit` at each of them, `Invalid` if the person neither checks nor puts right
    anything there.
    """
    _require_all(actor, findings)
    if owner is not None and owner.pk not in owner_options(findings):
        raise Invalid(errors=(FieldError("owner", mark("This person has nothing to do with all of these findings.")),))
    locked = _locked(findings)
    key = owner.pk if owner is not None else None
    changed = [(row, {"owner_id": [row.owner_id, key]}) for row in locked if row.owner_id != key]
    for row, _ in changed:
        row.owner_id = key
    Finding.objects.bulk_update([row for row, _ in changed], ["owner"], batch_size=500)
    write_entries(actor=actor, changed=changed, action="assign")
    return len(changed)


@transaction.atomic
def findings_extend(*, actor: Actor, findings: Sequence[Finding], until: datetime, reason: str) -> int:
    """Give several unsettled findings time until a moment, with a reason; returns how many were given some.

    Raises `NotAllowed`, `Invalid` without a reason or for a moment in the past or before the time they have already.
    Announces `EvidenceChanged` for the old and the new due days.
    """
    _require_all(actor, findings)
    locked = [row for row in _locked(findings) if row.state not in SETTLED]
    problems = tuple(_extension_problems(locked, until, reason))
    if problems:
        raise Invalid(errors=problems)
    announce_due(locked)
    day = timezone.localtime(until).date()
    changed = [(row, {"due_at": [row.due_at, until], "due_on": [row.due_on, day]}) for row in locked]
    for row in locked:
        row.due_at, row.due_on, row.due_rule = until, day, {"extended": reason[:200]}
    Finding.objects.bulk_update(locked, ["due_at", "due_on", "due_rule"], batch_size=500)
    write_entries(actor=actor, changed=changed, action="extend", reason=reason)
    announce_due(locked)
    return len(locked)


def findings_announce_overdue(*, since: timedelta = timedelta(days=2)) -> int:
    """Make the due days of findings dirty that ran out of time lately; for the clock, safe to repeat. Counts the pairs."""
    today = timezone.localdate()
    late = Finding.objects.filter(due_on__gte=today - since, due_on__lt=today).exclude(state="withdrawn")
    pairs = sorted({(line, due) for line, due in late.values_list("line_id", "due_on") if due is not None})
    if pairs:
        with transaction.atomic():
            announce(EvidenceChanged("inspections", tuple(pairs)))
    return len(pairs)


def _stamps(finding: Finding, move: str, at: datetime) -> dict[str, object]:
    today = timezone.localdate()
    stamps: dict[str, dict[str, object]] = {
        "rectify": {"rectified_on": timezone.localtime(at).date(), "rectified_at": at},
        "close": {"closed_on": today},
        "reopen": {
            "rectified_on": None,
            "rectified_at": None,
            "closed_on": None,
            "reopened_at": at,
            "reopened_count": finding.reopened_count + 1,
        },
        "withdraw": {"closed_on": today},
        "restore": {"rectified_on": None, "rectified_at": None, "closed_on": None},
    }
    return stamps[move]


def _require_all(actor: Actor, findings: Sequence[Finding]) -> None:
    for finding in findings:
        actor.require_any(Code.EDIT, finding.permission_paths()[:2])


def _locked(findings: Sequence[Finding]) -> list[Finding]:
    keys = [finding.pk for finding in findings]
    rows = Finding.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    return list(rows.select_related("line__contract__office"))


def _extension_problems(findings: Sequence[Finding], until: datetime, reason: str) -> list[FieldError]:
    found = []
    if not reason.strip():
        found.append(FieldError("reason", mark("Please say why: the reason is kept in the audit trail.")))
    if until <= timezone.now():
        found.append(FieldError("until", mark("This moment is over.")))
    due: list[date | datetime] = [finding.due_at for finding in findings if finding.due_at is not None]
    if due and until <= max(due):
        found.append(FieldError("until", mark("They have time until then already.")))
    return found

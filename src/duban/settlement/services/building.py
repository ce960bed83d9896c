"""Building the statements of a period."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from duban.contracts.models import Contract
from duban.kernel.actor import Actor, system_actor
from duban.kernel.errors import NotAllowed
from duban.kernel.period import Period
from duban.kernel.text import mark
from duban.platform.audit.services import write_entry
from duban.platform.records import assign_codes
from duban.platform.scope import within
from duban.platform.states import advance
from duban.settlement.models import Statement, StatementLine
from duban.settlement.permissions import Code
from duban.settlement.selectors.inputs import gather_cases
from duban.settlement.services.storing import RESULT_FIELDS, Computed, compute_case, fill_statement, line_rows

FROZEN = frozenset({"final", "paid"})
DRAFT_FIELDS = (*RESULT_FIELDS, "terms_version", "terms", "inputs", "inputs_digest", "withdrawn")
BATCH = 500
LATE_CHANGE = mark("The evidence or the terms changed after this statement was sent.")


@dataclass
class BuildReport:
    """What a build did, as codes: of statements, and of contracts that could not be computed."""

    created: list[str] = field(default_factory=list)
    redrafted: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)
    """Final statements whose inputs have changed since; they stay as they are and somebody should know."""
    without_terms: list[str] = field(default_factory=list)

    @property
    def changed_count(self) -> int:
        """How many statements were written."""
        return len(self.created) + len(self.redrafted) + len(self.revised)


@transaction.atomic
def statements_build(*, actor: Actor, period: Period, contracts: Collection[int] | None = None) -> BuildReport:
    """Compute the statements of `period` for the contracts the actor settles (or those of `contracts` among them).

    Set-based and repeatable: a statement whose inputs did not change is left alone, a draft is computed anew in place,
    one that was already sent becomes a revision with its reason, a final one never changes. Raises `NotAllowed`.
    """
    if not actor.can(Code.EDIT):
        raise NotAllowed
    rows = list(_contracts(actor, period, contracts))
    cases, without = gather_cases(rows, period)
    existing = {
        row.contract_id: row
        for row in Statement.objects.current()
        .filter(contract__in=rows, period_code=period.code)
        .with_names()
        .select_for_update(of=("self",))
    }
    report = BuildReport(without_terms=[contract.code for contract in without])
    fresh: list[tuple[Statement, Computed]] = []
    redrafted: list[tuple[Statement, Computed]] = []
    for case in cases:
        before = existing.get(case.contract.pk)
        computed = compute_case(case, period, frozenset(before.withdrawn) if before else frozenset())
        _sort(actor, before, computed, report, fresh, redrafted)
    _write_redrafted(redrafted)
    _write_fresh(fresh)
    report.created += [statement.code for statement, _ in fresh if statement.revision == 1]
    report.revised += [statement.code for statement, _ in fresh if statement.revision > 1]
    _enter(actor, period, report, [statement for statement, _ in (*fresh, *redrafted)])
    return report


def statements_rebuild_for_card(event: object) -> None:
    """Listener: a card got a revision, so the statement of its line is computed again, by the system."""
    line_id, key = getattr(event, "line_id", None), getattr(event, "period", "")
    contract = Contract.objects.select_related("office").filter(lines=line_id).first() if line_id else None
    if contract is None or not key:
        return
    last_month = Period.parse(str(key)).months[-1]
    statements_rebuild(system_actor(contract.office.tenant_path), last_month, [contract.pk])


def statements_rebuild(actor: Actor, period: Period, contracts: Collection[int]) -> None:
    """Compute the statements of `period` again for those of `contracts` that have one; nothing for the others."""
    known = set(Statement.objects.filter(contract__in=contracts, period_code=period.code).values_list("contract_id", flat=True))
    if known:
        statements_build(actor=actor, period=period, contracts=known)


def _contracts(actor: Actor, period: Period, only: Collection[int] | None) -> Collection[Contract]:
    rows = (
        Contract.objects.filter(within("office__path", actor.office_paths(Code.EDIT)))
        .exclude(state="draft")
        .filter(starts_on__lte=period.end, ends_on__gte=period.start)
        .filter(Q(terminated_on__isnull=True) | Q(terminated_on__gte=period.start))
        .select_related("office", "vendor__unit")
        .order_by("code")
    )
    return rows if only is None else rows.filter(pk__in=only)


def _sort(
    actor: Actor,
    before: Statement | None,
    computed: Computed,
    report: BuildReport,
    fresh: list[tuple[Statement, Computed]],
    redrafted: list[tuple[Statement, Computed]],
) -> None:
    """Decide what becomes of one contract's statement."""
    if before is None:
        fresh.append((_new(actor, computed, revision=1), computed))
    elif before.inputs_digest == computed.digest:
        report.unchanged.append(before.code)
    elif before.state in FROZEN:
        report.frozen.append(before.code)
    elif before.state == "draft":
        redrafted.append((fill_statement(before, computed), computed))
        report.redrafted.append(before.code)
    else:
        retire(actor, before, move="replace")
        fresh.append((_new(actor, computed, revision=before.revision + 1, replaces=before), computed))


def retire(actor: Actor, statement: Statement, *, move: str) -> None:
    """Make room for a revision: the statement leaves the count but stays readable."""
    advance(statement, move, actor=actor)
    Statement.objects.filter(pk=statement.pk).update(is_current=False)


def _new(actor: Actor, computed: Computed, *, revision: int, replaces: Statement | None = None) -> Statement:
    statement = Statement(
        contract=computed.case.contract,
        period_code=computed.period.code,
        starts_on=computed.period.start,
        ends_on=computed.period.end,
        revision=revision,
        replaces=replaces,
        revision_reason=LATE_CHANGE if replaces else "",
        built_by_id=actor.person_id,
        paid_amount=replaces.paid_amount if replaces else 0,
        confirmed_on=replaces.confirmed_on if replaces else None,
        due_on=replaces.due_on if replaces else None,
    )
    return fill_statement(statement, computed)


def _write_fresh(fresh: list[tuple[Statement, Computed]]) -> None:
    assign_codes([statement for statement, _ in fresh])
    Statement.objects.bulk_create([statement for statement, _ in fresh], batch_size=BATCH)
    _write_lines(fresh)


def _write_redrafted(redrafted: list[tuple[Statement, Computed]]) -> None:
    statements = [statement for statement, _ in redrafted]
    StatementLine.objects.filter(statement__in=statements).delete()
    Statement.objects.bulk_update(statements, DRAFT_FIELDS, batch_size=100)
    _write_lines(redrafted)


def _write_lines(written: list[tuple[Statement, Computed]]) -> None:
    rows = [row for statement, computed in written for row in line_rows(statement, computed.result, computed.case.lines)]
    StatementLine.objects.bulk_create(rows, batch_size=BATCH)


def _enter(actor: Actor, period: Period, report: BuildReport, written: list[Statement]) -> None:
    """One audit entry for the whole build, under the first statement it wrote."""
    if not written:
        return
    changes = {
        name: ["", ", ".join(getattr(report, name))] for name in ("created", "redrafted", "revised") if getattr(report, name)
    }
    write_entry(actor=actor, record=written[0], action="build", changes={"period": ["", period.code], **changes})

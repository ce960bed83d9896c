"""Statements, their lines and appeals, in the actor's scope."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet, Sum

from duban.contracts.models import Contract
from duban.kernel.actor import Actor
from duban.kernel.errors import NotFound
from duban.kernel.money import NOTHING
from duban.platform.records import get_by_code
from duban.settlement.models import RetentionEntry, Statement, StatementAppeal, StatementLine, TermsBinding, TermsVersion
from duban.vendors.models import Company


def statement_list(actor: Actor) -> "QuerySet[Statement]":
    """The statements that count, with everything a row shows and without what only their own pages read."""
    return Statement.objects.for_actor(actor).current().with_names().defer("inputs", "trace", "terms", "flags", "cliffs")


def statement_get(actor: Actor, code: str) -> Statement:
    """One statement of any revision; `NotFound` outside the actor's scope."""
    return get_by_code(Statement.objects.for_actor(actor).with_names(), code)


def line_get(actor: Actor, code: str, position: int) -> StatementLine:
    """One line of a statement the actor sees; `NotFound` otherwise."""
    statement = statement_get(actor, code)
    line = statement.lines.select_related("contract_line__estate").filter(position=position).first()
    if line is None:
        raise NotFound
    line.statement = statement
    return line


def appeal_get(actor: Actor, code: str) -> StatementAppeal:
    """One appeal with its line and statement; `NotFound` otherwise."""
    rows = StatementAppeal.objects.for_actor(actor).select_related(
        "line__statement__contract__office", "line__statement__contract__vendor__unit"
    )
    return get_by_code(rows, code)


def appeals_of(statement: Statement) -> "QuerySet[StatementAppeal]":
    """The appeals on a statement and on the revisions it replaced, oldest first."""
    return (
        StatementAppeal.objects.filter(
            line__statement__contract=statement.contract_id,
            line__statement__period_code=statement.period_code,
            line__statement__revision__lte=statement.revision,
        )
        .select_related("line", "raised_by", "decided_by")
        .order_by("created_at")
    )


def revisions_of(actor: Actor, statement: Statement) -> list[Statement]:
    """All revisions of the same contract and period that the actor sees, newest first."""
    rows = Statement.objects.for_actor(actor).filter(contract=statement.contract_id, period_code=statement.period_code)
    return list(rows.order_by("-revision"))


def terms_list(actor: Actor) -> "QuerySet[TermsVersion]":
    """Payment terms the actor sees."""
    return TermsVersion.objects.for_actor(actor)


def terms_get(actor: Actor, code: str) -> TermsVersion:
    """One version of payment terms; `NotFound` outside the actor's scope."""
    return get_by_code(TermsVersion.objects.for_actor(actor), code)


def contracts_bound_to(actor: Actor, version: TermsVersion) -> list[TermsBinding]:
    """The bindings of a version to contracts the actor sees, newest first."""
    rows = TermsBinding.objects.filter(version=version, contract__in=Contract.objects.for_actor(actor))
    return list(rows.select_related("contract__vendor", "line__estate").order_by("-from_on", "contract__code")[:200])


def vendor_options(actor: Actor) -> Iterable[tuple[str, str]]:
    """Vendors the actor sees, for filters."""
    return [(row.code, str(row)) for row in Company.objects.for_actor(actor).order_by("short_name")]


def retention_held(contract: Contract) -> Decimal:
    """What the retention ledger of a contract holds."""
    return RetentionEntry.objects.filter(contract=contract).aggregate(total=Sum("amount"))["total"] or NOTHING


def period_total(actor: Actor, period_code: str) -> dict[str, Decimal]:
    """Sums over the current statements of a period the actor sees: payable, deducted, disputed."""
    sums = statement_list(actor).filter(period_code=period_code)
    found = sums.aggregate(payable=Sum("payable_amount"), deducted=Sum("deduction_amount"), disputed=Sum("disputed_amount"))
    return {name: amount or NOTHING for name, amount in found.items()}

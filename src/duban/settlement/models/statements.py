from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import Contract
from duban.kernel.actor import Actor
from duban.kernel.period import Period
from duban.platform.records import Record, ScopedModel, ScopedQuerySet, StatefulRecord, state_constraint
from duban.settlement.domain.figures import LineKind
from duban.settlement.domain.states import STATEMENT_STATES, VENDOR_STATE_LABELS, VendorState

LINE_KINDS = {
    LineKind.BASE_FEE: _("Base fee"),
    LineKind.CHANGE_ORDER: _("Change order"),
    LineKind.CHARGE: _("Deduction by fact"),
    LineKind.SCORE: _("Deduction by score"),
    LineKind.ABSORBED: _("Not charged twice"),
    LineKind.ADJUSTMENT: _("Adjustment"),
    LineKind.CAP_RELIEF: _("Cap"),
    LineKind.BONUS: _("Bonus payment"),
    LineKind.VAT: _("Value added tax"),
    LineKind.RETENTION: _("Retention"),
}


class StatementQuerySet(ScopedQuerySet["Statement"]):
    def for_actor(self, actor: Actor) -> Self:
        """Statements of contracts the actor sees; a vendor sees its own once they were sent."""
        visible = self.filter(contract__in=Contract.objects.for_actor(actor))
        return (
            visible if actor.office_paths() else visible.exclude(state="draft").exclude(state="replaced", sent_on__isnull=True)
        )

    def with_names(self) -> Self:
        """Everything a row or a page shows about a statement, in one query."""
        return self.select_related("contract__office", "contract__vendor__unit", "terms_version")

    def current(self) -> Self:
        """Only the revision that counts."""
        return self.filter(is_current=True)


class Statement(StatefulRecord):
    """What is paid for one contract and one period (结算单), as a revision that is never changed once final.

    All amounts are in fen precision of the contract's currency and equal the sums of the lines. `payable_amount` is
    the undisputed part while lines are under appeal; `disputed_net_amount` is what more would be due if all
    appeals succeeded. `inputs` are what the core computed from, `trace` how: anybody can recompute the statement.
    `answer_until` is empty where the working days of that year are not published yet; then silence confirms nothing.
    """

    CODE_PREFIX: ClassVar[str] = "ST"
    STATES = STATEMENT_STATES

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="statements")
    period_code = models.CharField(_("Period"), max_length=8)
    starts_on = models.DateField()
    ends_on = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    is_current = models.BooleanField(default=True)
    revision_reason = models.TextField(blank=True)
    terms_version = models.ForeignKey("settlement.TermsVersion", models.PROTECT, related_name="statements")
    terms = models.JSONField(default=dict)
    inputs = models.JSONField(default=dict)
    inputs_digest = models.CharField(max_length=64)
    withdrawn = models.JSONField(default=list)
    fee_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    deduction_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    bonus_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    net_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    vat_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    retention_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    payable_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    disputed_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    disputed_net_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    cap_limit_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    capped_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    is_cap_reached = models.BooleanField(default=False)
    paid_amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    flags = models.JSONField(default=list)
    cliffs = models.JSONField(default=list)
    trace = models.JSONField(default=list)
    built_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    answer_until = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    is_confirmed_by_silence = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "period_code", "revision"], name="statement_revision_unique"),
            models.UniqueConstraint(
                fields=["contract", "period_code"], condition=models.Q(is_current=True), name="statement_current_unique"
            ),
            state_constraint(STATEMENT_STATES, "statement_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["period_code", "is_current", "state"], name="statement_period_state"),
            models.Index(fields=["state", "answer_until"], name="statement_window"),
        ]

    @property
    def period(self) -> Period:
        """The calendar period."""
        return Period.parse(self.period_code)

    def audit_scope(self) -> str:
        return self.contract.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.contract.permission_paths()


class StatementLine(ScopedModel):
    """One line of a statement; `amount` is signed and adds to the payable.

    `key` names the line inside the statement for ever (`score:CT-2026-0042/2`), also across revisions. `label` and
    `evidence` are source texts filled from `params`. `facts` are the refs (`app/code`) the line rests on.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=LINE_KINDS)
    label = models.CharField(max_length=200)
    evidence = models.CharField(max_length=200, blank=True)
    params = models.JSONField(default=dict)
    clause = models.CharField(max_length=60, blank=True)
    quantity = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    contract_line = models.ForeignKey(
        "contracts.ContractLine", models.PROTECT, null=True, blank=True, related_name="statement_lines"
    )
    card_code = models.CharField(max_length=24, blank=True)
    facts = models.JSONField(default=list)
    vendor_state = models.CharField(max_length=12, choices=VENDOR_STATE_LABELS, default=VendorState.OPEN)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["statement", "key"], name="statement_line_key_unique")]
        ordering: ClassVar = ["statement", "position"]

    def __str__(self) -> str:
        return self.key

    def audit_scope(self) -> str:
        return self.statement.audit_scope()


class StatementAppealQuerySet(ScopedQuerySet["StatementAppeal"]):
    def for_actor(self, actor: Actor) -> Self:
        """Appeals on statements the actor may see."""
        return self.filter(line__statement__in=Statement.objects.for_actor(actor))


class StatementAppeal(Record):
    """The vendor disputes one line of a statement, with a reason and files. Decided once, by somebody else."""

    CODE_PREFIX: ClassVar[str] = "SA"

    line = models.ForeignKey(StatementLine, models.PROTECT, related_name="appeals")
    reason = models.TextField(_("Reason"))
    raised_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, related_name="+")
    is_upheld = models.BooleanField(null=True)
    decision_note = models.TextField(blank=True)
    decided_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = StatementAppealQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line"], condition=models.Q(decided_at__isnull=True), name="statement_appeal_once")
        ]

    def audit_scope(self) -> str:
        return self.line.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return self.line.statement.permission_paths()

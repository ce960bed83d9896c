from typing import ClassVar, Self

from django.db import models
from django.utils.translation import get_language

from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedModel, ScopedQuerySet
from duban.platform.scope import within
from duban.settlement.domain.terms import PaymentTerms


class TermsVersionQuerySet(ScopedQuerySet["TermsVersion"]):
    def for_actor(self, actor: Actor) -> Self:
        """Offices see the terms of their tenant; a vendor sees those that bind one of its contracts."""
        offices = (actor.tenant_path,) if actor.office_paths() else ()
        bound = TermsBinding.objects.filter(within("contract__vendor__unit__path", actor.vendor_paths())).values("version")
        return self.filter(within("tenant__path", offices) | models.Q(pk__in=bound))


class TermsVersion(Record):
    """One version of payment terms (付款办法): a frozen definition that contracts are bound to.

    Never changed after it is stored: another rule is another version. `digest` is the SHA-256 of the definition.
    `source` and `confidence` repeat where the rules come from (A law … G our proposal).
    """

    CODE_PREFIX: ClassVar[str] = "PT"

    tenant = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")
    key = models.CharField(max_length=24)
    number = models.PositiveSmallIntegerField(default=1)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    source = models.CharField(max_length=160, blank=True)
    confidence = models.CharField(max_length=1, blank=True)
    definition = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = TermsVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tenant", "key", "number"], name="terms_version_unique")]

    def __str__(self) -> str:
        return f"{self.key} v{self.number}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en

    def terms(self) -> PaymentTerms:
        """The definition as the core reads it."""
        return PaymentTerms.from_json(self.definition)

    def audit_scope(self) -> str:
        return self.tenant.tenant_path

    def permission_paths(self) -> tuple[str, ...]:
        return (self.tenant.path,)


class TermsBinding(ScopedModel):
    """From a day on a contract, or one of its lines, is paid by a version of payment terms."""

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="terms_bindings")
    line = models.ForeignKey("contracts.ContractLine", models.PROTECT, null=True, blank=True, related_name="terms_bindings")
    version = models.ForeignKey(TermsVersion, models.PROTECT, related_name="bindings")
    from_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract", "from_on"], condition=models.Q(line__isnull=True), name="terms_binding_contract_unique"
            ),
            models.UniqueConstraint(fields=["line", "from_on"], name="terms_binding_line_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.version_id} {self.from_on}"

    def audit_scope(self) -> str:
        return self.contract.audit_scope()

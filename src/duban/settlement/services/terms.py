"""Storing payment terms and binding contracts to them."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from django.db import transaction

from duban.contracts.models import Contract, ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark
from duban.orgs.models import Unit
from duban.platform.audit.services import write_entry
from duban.settlement.domain.templates import terms_from_template
from duban.settlement.domain.terms import PaymentTerms
from duban.settlement.models import TermsBinding, TermsVersion
from duban.settlement.permissions import Code


@transaction.atomic
def terms_store(*, actor: Actor, tenant: Unit, terms: PaymentTerms) -> TermsVersion:
    """Store terms as the next version of their code; the same definition twice gives the version that is there.

    Raises `NotAllowed`. The definition is stored as the core writes it, so that its digest does not depend on typing.
    """
    actor.require(Code.EDIT, tenant.path)
    definition = terms.to_json()
    digest = definition_digest(definition)
    earlier = TermsVersion.objects.filter(tenant=tenant, key=terms.code).order_by("-number").first()
    if earlier is not None and earlier.digest == digest:
        return earlier
    version = TermsVersion.objects.create(
        tenant=tenant,
        key=terms.code,
        number=1 if earlier is None else earlier.number + 1,
        name_zh=terms.name["zh"],
        name_en=terms.name["en"],
        source=terms.source,
        confidence=terms.confidence,
        definition=definition,
        digest=digest,
    )
    write_entry(actor=actor, record=version, action="store", changes={"digest": ["", digest]})
    return version


def terms_store_template(
    *, actor: Actor, tenant: Unit, code: str, choices: Mapping[str, str], changes: Mapping[str, object] | None = None
) -> TermsVersion:
    """Store a shipped template with its open numbers chosen; `Invalid` names those left open."""
    return terms_store(actor=actor, tenant=tenant, terms=terms_from_template(code, choices, changes))


@transaction.atomic
def terms_bind(
    *, actor: Actor, contract: Contract, version: TermsVersion, from_on: date, line: ContractLine | None = None
) -> TermsBinding:
    """From `from_on` on, pay the contract (or one line of it) by this version.

    Raises `NotAllowed`, and `Invalid` if the version is another company's or the day lies outside the term.
    """
    actor.require(Code.EDIT, contract.office.path)
    if version.tenant.path != contract.office.tenant_path:
        raise Invalid(errors=(FieldError("version", mark("These terms belong to another company.")),))
    if not contract.starts_on <= from_on <= contract.ends_on:
        raise Invalid(errors=(FieldError("from_on", mark("The day lies outside the term of the contract.")),))
    binding, is_new = TermsBinding.objects.update_or_create(
        contract=contract, line=line, from_on=from_on, defaults={"version": version}
    )
    action = "bind_terms" if is_new else "rebind_terms"
    write_entry(actor=actor, record=contract, action=action, changes={"terms": ["", f"{version} {from_on}"]})
    return binding


def definition_digest(definition: Mapping[str, object]) -> str:
    """SHA-256 of the definition in canonical JSON."""
    text = json.dumps(definition, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

"""Licence rules: the defaults follow the law, a tenant may be stricter."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction

from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, NotAllowed
from duban.kernel.text import mark
from duban.orgs.models import Unit
from duban.platform.audit.services import audited, write_entry
from duban.standards.domain.licences import Requirement
from duban.standards.models import LicenceRule
from duban.standards.permissions import can_edit_rules


@transaction.atomic
def licence_rule_create(*, actor: Actor, tenant: Unit, requirement: Requirement) -> LicenceRule:
    """Add a rule for the whole tenant. Raises `NotAllowed`, or `Invalid` if the same rule exists."""
    _require(actor, tenant)
    return _save(actor, LicenceRule(tenant=tenant), requirement, "create")


@transaction.atomic
def licence_rule_update(*, actor: Actor, rule: LicenceRule, requirement: Requirement) -> LicenceRule:
    """Change a rule."""
    _require(actor, rule.tenant)
    locked = LicenceRule.objects.select_for_update(of=("self",)).select_related("tenant").get(pk=rule.pk)
    return _save(actor, locked, requirement, "edit")


@transaction.atomic
def licence_rule_remove(*, actor: Actor, rule: LicenceRule, note: str) -> None:
    """Remove a rule, for a reason; the audit trail keeps what it said."""
    _require(actor, rule.tenant)
    if not note.strip():
        raise Invalid(errors=(FieldError("note", mark("Please say why: the reason is kept in the audit trail.")),))
    changes = {name: [value, None] for name, value in asdict(rule.requirement).items()}
    write_entry(actor=actor, record=rule, action="remove", changes=changes, reason=note)
    rule.delete()


def _require(actor: Actor, tenant: Unit) -> None:
    if not can_edit_rules(actor) or not tenant.path.startswith(actor.tenant_path):
        raise NotAllowed


def _save(actor: Actor, rule: LicenceRule, requirement: Requirement, action: str) -> LicenceRule:
    with audited(actor=actor, record=rule, action=action):
        for name, value in asdict(requirement).items():
            setattr(rule, name, value)
        try:
            rule.full_clean()
        except ValidationError as error:
            found = error.message_dict.items()
            raise Invalid(errors=tuple(FieldError(name, text) for name, texts in found for text in texts)) from error
        rule.save()
    return rule

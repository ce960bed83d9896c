"""Schemes, their versions, and which line is scored by which."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from django.db import transaction
from django.db.models import Max

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.kernel.errors import FieldError, Invalid, WrongState
from duban.kernel.text import mark
from duban.orgs.models import Unit
from duban.platform.audit.services import audited, write_entry
from duban.platform.states import advance
from duban.scorecards.domain.definition import from_json, to_json
from duban.scorecards.domain.scheme import SchemeDefinition, digest
from duban.scorecards.models import Card, LineScheme, Scheme, SchemeVersion
from duban.scorecards.permissions import Right
from duban.scorecards.services.facts import mark_where_asked


@cache
def shipped_definitions() -> tuple[SchemeDefinition, ...]:
    """The scheme templates and appraisal tables that come with the product, by key."""
    folder = files("duban.scorecards") / "data" / "schemes"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".json")), key=lambda path: path.name)
    return tuple(from_json(json.loads(path.read_text(encoding="utf-8"))) for path in paths)


@transaction.atomic
def schemes_install(*, actor: Actor, tenant: Unit) -> list[Scheme]:
    """Give a tenant the shipped schemes it does not have, version 1 in force. Safe to repeat. Returns the new ones."""
    known = set(Scheme.objects.filter(tenant=tenant).values_list("key", flat=True))
    new = []
    for definition in shipped_definitions():
        if definition.code not in known:
            scheme = _create_scheme(actor, tenant, definition, is_shipped=True)
            _create_version(actor, scheme, 1, definition)
            new.append(scheme)
    for version in SchemeVersion.objects.filter(scheme__in=new):
        advance(version, "publish", actor=actor)
    return new


@transaction.atomic
def scheme_create(*, actor: Actor, tenant: Unit, document: object) -> SchemeVersion:
    """A new scheme with a first draft version. Raises `Invalid` with field paths, `NotAllowed`."""
    actor.require(Right.EDIT)
    definition = from_json(document)
    if Scheme.objects.filter(tenant=tenant, key=definition.code).exists():
        raise Invalid(errors=(FieldError("code", mark("There is a scheme “{key}” already."), {"key": definition.code}),))
    return _create_version(actor, _create_scheme(actor, tenant, definition, is_shipped=False), 1, definition)


@transaction.atomic
def version_draft(*, actor: Actor, scheme: Scheme) -> SchemeVersion:
    """The open draft of a scheme, copied from its latest version if there is none yet. Raises `NotAllowed`."""
    actor.require(Right.EDIT)
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    draft = scheme.versions.filter(state="draft").first()
    if draft is not None:
        return draft
    latest = scheme.versions.order_by("-number").first()
    if latest is None:
        raise WrongState(mark("The scheme has no version to start from."))
    number = (scheme.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return _create_version(actor, scheme, number, from_json(latest.definition))


@transaction.atomic
def version_save(*, actor: Actor, version: SchemeVersion, document: object) -> SchemeVersion:
    """Replace the rules of a draft. Raises `Invalid` with field paths, `WrongState` once in force, `NotAllowed`."""
    actor.require(Right.EDIT)
    locked = SchemeVersion.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=version.pk)
    if locked.state != "draft":
        raise WrongState(mark("A version in force never changes. Start a new draft."))
    definition = from_json(document)
    if definition.code != locked.scheme.key:
        raise Invalid(errors=(FieldError("code", mark("The scheme is called “{key}”."), {"key": locked.scheme.key}),))
    with audited(actor=actor, record=locked, action="save"):
        locked.definition = to_json(definition)
        locked.digest = digest(locked.definition)
        locked.save(update_fields=["definition", "digest", "changed_at"])
    return locked


@transaction.atomic
def version_publish(*, actor: Actor, version: SchemeVersion) -> SchemeVersion:
    """Put a draft in force. Lines go on with the version they are bound to until somebody binds the new one."""
    from_json(version.definition)
    return advance(version, "publish", actor=actor)


@transaction.atomic
def version_retire(*, actor: Actor, version: SchemeVersion, note: str) -> SchemeVersion:
    """Take a version out of use for new bindings; lines bound to it keep it."""
    return advance(version, "retire", actor=actor, note=note)


@transaction.atomic
def line_scheme_bind(*, actor: Actor, line: ContractLine, version: SchemeVersion, from_on: date) -> LineScheme:
    """Score `line` by `version` from a day on.

    Raises `WrongState` for a version not in force, or if a period that ends on or after that day already has a
    published card: rules do not change under a score that went out. Raises `NotAllowed`.
    """
    actor.require(Right.EDIT)
    if version.state != "published":
        raise WrongState(mark("Only a version in force can be bound."))
    out = (
        Card.objects.filter(line=line, period__ends_on__gte=from_on).exclude(state="draft").order_by("-period__ends_on").first()
    )
    if out is not None:
        raise WrongState(mark("{period} has been published by the old rules; start later."), period=out.period.key)
    binding, _ = LineScheme.objects.update_or_create(line=line, from_on=from_on, defaults={"version": version})
    mark_where_asked(version, {line.pk: from_on})
    write_entry(
        actor=actor, record=line, action="bind_scheme", changes={"scheme": [None, str(version)], "from_on": [None, from_on]}
    )
    return binding


def line_schemes_create(
    *, actor: Actor, bindings: Mapping[int, SchemeVersion], from_on: Mapping[int, date], record: SchemeVersion
) -> int:
    """Bind many lines at once (imports): one insert and one audit entry at `record`. The caller has checked the rules."""
    rows = [LineScheme(line_id=line, version=version, from_on=from_on[line]) for line, version in bindings.items()]
    with transaction.atomic():
        LineScheme.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
        for version in {version.pk: version for version in bindings.values()}.values():
            mark_where_asked(version, {line: from_on[line] for line, bound in bindings.items() if bound == version})
        write_entry(actor=actor, record=record, action="bind_lines", changes={"lines": [None, sorted(bindings)]})
    return len(rows)


def _create_scheme(actor: Actor, tenant: Unit, definition: SchemeDefinition, *, is_shipped: bool) -> Scheme:
    scheme = Scheme(
        tenant=tenant,
        key=definition.code,
        name_zh=definition.name["zh"],
        name_en=definition.name["en"],
        service_line=definition.service_line,
        cycle=definition.cycle.value,
        is_shipped=is_shipped,
    )
    with audited(actor=actor, record=scheme, action="create"):
        scheme.save()
    return scheme


def _create_version(actor: Actor, scheme: Scheme, number: int, definition: SchemeDefinition) -> SchemeVersion:
    document = to_json(definition)
    version = SchemeVersion(scheme=scheme, number=number, definition=document, digest=digest(document))
    with audited(actor=actor, record=version, action="create"):
        version.save()
    return version

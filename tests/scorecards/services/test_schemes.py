from datetime import date

import pytest

from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.scorecards.models import Card, LineScheme, Scheme, SchemeVersion
from duban.scorecards.services import (
    card_publish,
    line_scheme_bind,
    line_schemes_create,
    scheme_create,
    schemes_install,
    shipped_definitions,
    version_draft,
    version_publish,
    version_retire,
    version_save,
)
from tests.factories.scorecards import bound_line, closed, contract_line, full_month, office
from tests.scorecards.domain.builders import block, document, indicator, linear

OWN = document(block("lobby", 100, indicator("lobby", 100, linear())))


def test_shipped_schemes_are_put_in_once_and_in_force(world):
    first = schemes_install(actor=office(world.ours), tenant=world.ours.root)
    assert len(first) == len(shipped_definitions()) == 16
    assert schemes_install(actor=office(world.ours), tenant=world.ours.root) == []
    assert set(SchemeVersion.objects.values_list("state", flat=True)) == {"published"}


def test_own_scheme_starts_as_a_draft(world, actor):
    version = scheme_create(actor=actor("quality_manager"), tenant=world.ours.root, document=OWN)
    assert (version.number, version.state, version.scheme.key) == (1, "draft", "TEST")
    with pytest.raises(Invalid):
        scheme_create(actor=actor("quality_manager"), tenant=world.ours.root, document=OWN)
    with pytest.raises(NotAllowed):
        scheme_create(actor=actor("finance"), tenant=world.ours.root, document={**OWN, "code": "T-2"})
    assert Scheme.objects.count() == 1


def test_draft_is_copied_edited_and_put_in_force(world, actor):
    manager = actor("quality_manager")
    schemes_install(actor=office(world.ours), tenant=world.ours.root)
    scheme = Scheme.objects.get(key="CLN-M")
    draft = version_draft(actor=manager, scheme=scheme)
    assert version_draft(actor=manager, scheme=scheme) == draft
    changed = {**draft.definition, "minimum_weight": "80"}
    saved = version_save(actor=manager, version=draft, document=changed)
    assert (saved.number, saved.definition["minimum_weight"], saved.digest != draft.digest) == (2, "80", True)
    version_publish(actor=manager, version=saved)
    with pytest.raises(WrongState):
        version_save(actor=manager, version=saved, document=changed)
    with pytest.raises(Invalid):
        version_retire(actor=manager, version=saved, note="")
    assert version_retire(actor=manager, version=saved, note="replaced").state == "retired"


def test_unsound_rules_change_nothing(world, actor):
    version = scheme_create(actor=actor("quality_manager"), tenant=world.ours.root, document=OWN)
    with pytest.raises(Invalid):
        version_save(actor=actor("quality_manager"), version=version, document={**OWN, "maximum": "90"})
    with pytest.raises(Invalid):
        version_save(actor=actor("quality_manager"), version=version, document={**OWN, "code": "OTHER"})
    assert SchemeVersion.objects.get().digest == version.digest


def test_line_is_bound_to_a_version_in_force(world, actor):
    schemes_install(actor=office(world.ours), tenant=world.ours.root)
    line = contract_line(world.ours)
    version = SchemeVersion.objects.get(scheme__key="CLN-M")
    line_scheme_bind(actor=actor("quality_manager"), line=line, version=version, from_on=date(2026, 10, 1))
    line_scheme_bind(actor=actor("quality_manager"), line=line, version=version, from_on=date(2026, 10, 1))
    assert LineScheme.objects.count() == 1
    draft = version_draft(actor=actor("quality_manager"), scheme=version.scheme)
    with pytest.raises(WrongState):
        line_scheme_bind(actor=actor("quality_manager"), line=line, version=draft, from_on=date(2026, 11, 1))
    with pytest.raises(NotAllowed):
        line_scheme_bind(actor=actor("finance"), line=line, version=version, from_on=date(2026, 11, 1))


def test_rules_do_not_change_under_a_published_score(world, evidence, actor):
    line = bound_line(world.ours)
    full_month(evidence, line)
    closed(world.ours)
    card_publish(actor=office(world.ours), card=Card.objects.get())
    version = SchemeVersion.objects.get(scheme__key="T16")
    with pytest.raises(WrongState):
        line_scheme_bind(actor=actor("quality_manager"), line=line, version=version, from_on=date(2026, 10, 15))
    line_scheme_bind(actor=actor("quality_manager"), line=line, version=version, from_on=date(2026, 11, 1))


def test_many_lines_are_bound_at_once(world):
    schemes_install(actor=office(world.ours), tenant=world.ours.root)
    version = SchemeVersion.objects.get(scheme__key="CLN-M")
    lines = [contract_line(world.ours).pk, contract_line(world.ours).pk]
    start = dict.fromkeys(lines, date(2026, 1, 1))
    assert (
        line_schemes_create(actor=office(world.ours), bindings=dict.fromkeys(lines, version), from_on=start, record=version)
        == 2
    )
    assert LineScheme.objects.count() == 2


def test_a_scheme_without_a_version_has_nothing_to_start_from(world, actor):
    bare = Scheme.objects.create(
        tenant=world.ours.root, key="BARE", name_zh="空", name_en="Bare", service_line="cleaning", cycle="month"
    )
    with pytest.raises(WrongState):
        version_draft(actor=actor("quality_manager"), scheme=bare)

import pytest

from duban.inspections.selectors.audit_codes import finding_keys, line_keys, office_to_audit, plan_keys
from duban.kernel.errors import Invalid, NotFound
from duban.standards.models import Checklist
from tests.factories.audits import make_audit
from tests.factories.inspections import items_of, make_line, make_place


@pytest.fixture
def line(world):
    return make_line(world.ours)


def wanted(world, line, **more):
    return {
        "lead": [world.person("quality_manager").username],
        "members": [world.person("auditor").username],
        "units": [world.ours.project_two.code],
        "lines": [f"{line.contract.code}/1"],
        "standards": [line.standard.code],
        "checklists": [Checklist.objects.get(standard=line.standard).code],
        **more,
    }


def test_codes_become_keys(actor, line, world):
    keys = plan_keys(actor("quality_manager"), wanted(world, line))
    assert keys["lead"] == (world.person("quality_manager").pk,)
    assert (keys["lines"], keys["units"], keys["standards"]) == ((line.pk,), (world.ours.project_two.pk,), (line.standard_id,))
    assert line_keys(actor("rival_manager"), [f"{line.contract.code}/1"]) == {}


def test_codes_that_nobody_knows_are_named(actor, line, world):
    strange = wanted(world, line, members=["nobody"], lines=[f"{line.contract.code}/9", "x"])
    with pytest.raises(Invalid) as error:
        plan_keys(actor("quality_manager"), strange)
    assert [(problem.field, problem.params["code"]) for problem in error.value.errors] == [
        ("members", "nobody"),
        ("lines", f"{line.contract.code}/9"),
        ("lines", "x"),
    ]


def test_a_finding_names_item_line_unit_and_place(actor, line, world):
    audit = make_audit(world.ours, line)
    place = make_place(world.ours.estate, "2 号楼")
    named = {"item": "floors.handrail", "line": f"{line.contract.code}/1", "unit": "", "place": place.tag}
    keys = finding_keys(actor("quality_manager"), audit, named)
    assert keys == {"item": items_of(line)[0].pk, "line": line.pk, "unit": None, "place": place.pk}
    with pytest.raises(Invalid) as error:
        finding_keys(actor("quality_manager"), audit, {**named, "unit": "OU-0", "item": "x.y"})
    assert [problem.field for problem in error.value.errors] == ["item", "unit"]


def test_an_office_is_found_in_scope(actor, world):
    assert office_to_audit(actor("quality_manager"), world.ours.city.code) == world.ours.city
    for code in (world.theirs.city.code, world.ours.vendor.unit.code):
        with pytest.raises(NotFound):
            office_to_audit(actor("quality_manager"), code)

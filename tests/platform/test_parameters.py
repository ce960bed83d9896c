from datetime import date
from decimal import Decimal

import pytest

from duban.kernel.dated import NoValue
from duban.kernel.errors import Invalid, NotAllowed, NotFound
from duban.platform.audit.models import AuditEntry
from duban.platform.parameters.models import DatedParameter
from duban.platform.parameters.selectors import catalogue, parameter_get, parameter_name, parameter_register, value_on
from duban.platform.parameters.services import NewValue, load_shipped_values, parameter_correct, parameter_enter

WAGE = "labour.minimum_wage"


@pytest.fixture
def shipped(db):
    return load_shipped_values()


def enter(actor, *, from_on=date(2026, 7, 1), value="2800", city="上海", until_on=None, key=WAGE):
    return parameter_enter(
        actor=actor,
        new=NewValue(key=key, value=Decimal(value), from_on=from_on, city=city, until_on=until_on, source="City notice"),
    )


def test_shipped_values_are_loaded_once(shipped):
    assert load_shipped_values() == shipped == DatedParameter.objects.count()


def test_every_shipped_value_is_in_the_catalogue(shipped):
    assert set(DatedParameter.objects.values_list("key", flat=True)) == set(catalogue())


def test_shipped_register_has_no_gap_and_no_overlap(shipped, world, actor):
    rows = [row for group in parameter_register(actor("finance")) for row in group.rows]
    assert [(row.key, row.faults) for row in rows if row.faults] == []


@pytest.mark.parametrize(
    ("key", "city", "on", "value"),
    [
        (WAGE, "上海", date(2026, 10, 1), "2740"),
        ("labour.month_hours", "上海", date(2026, 10, 1), "165.36"),
        ("labour.month_days", "", date(2024, 6, 1), "20.83"),
        ("labour.month_days", "", date(2025, 1, 1), "20.67"),
        ("labour.statutory_holidays", "", date(2024, 12, 31), "11"),
        ("tax.vat_general", "", date(2026, 10, 1), "0.06"),
        ("payment.sme_days", "", date(2026, 10, 1), "60"),
        ("retention.gov_procurement", "", date(2026, 10, 1), "15"),
    ],
)
def test_shipped_value(shipped, key, city, on, value):
    assert value_on(key, city=city, on=on).value == Decimal(value)


def test_gap_names_the_parameter(shipped):
    with pytest.raises(NoValue) as refused:
        value_on(WAGE, city="拉萨", on=date(2026, 10, 1))
    assert refused.value.params == {"name": "Minimum monthly wage", "city": "拉萨", "on": "2026-10-01"}


def test_own_value_goes_before_the_shipped_one(shipped, world, actor):
    enter(actor("group_admin"))
    ours, theirs = world.ours.root.path, world.theirs.root.path
    on = date(2026, 10, 1)
    assert value_on(WAGE, city="上海", on=on, tenant_path=ours).value == Decimal(2800)
    assert value_on(WAGE, city="上海", on=on, tenant_path=theirs).value == Decimal(2740)
    assert value_on(WAGE, city="上海", on=date(2026, 6, 30), tenant_path=ours).value == Decimal(2740)


def test_new_value_ends_the_open_one(world, actor):
    first = enter(actor("group_admin"))
    enter(actor("group_admin"), from_on=date(2027, 7, 1), value="2900")
    first.refresh_from_db()
    assert first.until_on == date(2027, 6, 30)
    assert list(AuditEntry.objects.about(first).values_list("action", flat=True)) == ["end", "create"]


def test_overlap_is_refused(world, actor):
    enter(actor("group_admin"), until_on=date(2026, 12, 31))
    enter(actor("group_admin"), from_on=date(2027, 1, 1))
    with pytest.raises(Invalid):
        enter(actor("group_admin"), from_on=date(2026, 12, 1), until_on=date(2026, 12, 5))
    assert DatedParameter.objects.count() == 2
    assert enter(actor("group_admin"), from_on=date(2025, 1, 1), until_on=date(2025, 6, 1)).pk


def test_unknown_parameter_is_refused(world, actor):
    with pytest.raises(Invalid):
        enter(actor("group_admin"), key="no.such")


@pytest.mark.parametrize("role", ["finance", "vendor_manager", "stranger"])
def test_only_who_sets_up_the_system_enters_values(world, actor, role):
    with pytest.raises(NotAllowed):
        enter(actor(role))
    assert DatedParameter.objects.count() == 0


def test_correction_is_kept_in_the_trail(world, actor):
    parameter = enter(actor("group_admin"))
    parameter_correct(
        actor=actor("group_admin"), parameter=parameter, value=Decimal(2810), source="Corrected notice", confidence="B"
    )
    entry = AuditEntry.objects.about(parameter).first()
    assert (entry.action, entry.changes["value"]) == ("edit", ["2800", "2810"])


def test_shipped_value_is_not_changed(shipped, world, actor):
    parameter = DatedParameter.objects.filter(key=WAGE).first()
    with pytest.raises(NotAllowed):
        parameter_correct(actor=actor("group_admin"), parameter=parameter, value=Decimal(1), source="x", confidence="B")


def test_value_of_another_company_is_not_found(world, actor):
    parameter = enter(actor("group_admin"))
    with pytest.raises(NotFound):
        parameter_get(actor("their group_admin"), parameter.pk)
    assert parameter_get(actor("auditor"), parameter.pk) == parameter


def test_name_in_the_language_of_the_reader():
    from django.utils.translation import override

    assert parameter_name("no.such") == "no.such"
    with override("zh-hans"):
        assert parameter_name(WAGE) == "月最低工资标准"


def test_register_page(shipped, world, client_as):
    text = client_as("finance").get("/settings/parameters/").text
    assert "Minimum monthly wage" in text
    assert ">165.36<" in text


def test_value_is_entered_and_corrected_by_page(world, client_as, actor):
    client = client_as("group_admin")
    form = {"key": WAGE, "city": "上海", "value": "2800", "from_on": "2026-07-01", "source": "City notice", "confidence": "B"}
    assert client.get("/settings/parameters/new/").status_code == 200
    assert client.post("/settings/parameters/new/", form)["Location"] == "/settings/parameters/"
    parameter = DatedParameter.objects.get()
    assert client.get(f"/settings/parameters/{parameter.pk}/").status_code == 200
    change = {"value": "2810", "source": "Corrected", "confidence": "A"}
    assert client.post(f"/settings/parameters/{parameter.pk}/", change).status_code == 302
    assert client.post(f"/settings/parameters/{parameter.pk}/", {"value": ""}).status_code == 422
    parameter.refresh_from_db()
    assert (parameter.value, str(parameter)) == (Decimal(2810), f"{WAGE} 上海 2026-07-01")


def test_overlap_is_shown_beside_the_field(world, client_as, actor):
    enter(actor("group_admin"))
    form = {"key": WAGE, "city": "上海", "value": "2900", "from_on": "2026-07-01", "source": "x", "confidence": "B"}
    response = client_as("group_admin").post("/settings/parameters/new/", form)
    assert response.status_code == 422
    assert "Another value holds from 2026-07-01 on." in response.text


@pytest.mark.parametrize(("role", "status"), [("finance", 403), ("their group_admin", 404), ("stranger", 404)])
def test_value_is_changed_by_who_may(world, client_as, actor, role, status):
    parameter = enter(actor("group_admin"))
    assert client_as(role).post(f"/settings/parameters/{parameter.pk}/", {"value": "1"}).status_code == status

from datetime import date

import pytest
from django.test import Client

from duban.inspections.models import Reinspection, SecondOpinion
from duban.inspections.services.reinspections import reinspections_draw
from duban.inspections.views.reinspection_words import answer_badge
from tests.inspections.measured import FIRST, LAST, measured

PATH = "/inspections/reinspections/"
FORM = {"start": "2026-01-05", "end": "2026-10-30", "count": "2", "due_on": "2026-11-30", "seed": "2026-11"}


@pytest.fixture
def made(world):
    return measured(world.ours, estates=1)


@pytest.fixture
def task(actor, made):
    draw = {"start": FIRST, "end": LAST, "count": 1, "due_on": date(2026, 11, 30), "seed": "1"}
    return reinspections_draw(actor=actor("quality_manager"), **draw)[0]


@pytest.fixture
def second(task):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(task.inspector, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def answers_of(task):
    keys = task.visit.results.values_list("pk", flat=True)
    return {f"item-{key}-verdict": "0" if number == 0 else "1" for number, key in enumerate(keys)}


def test_a_quality_manager_draws_a_sample(client_as, made):
    client = client_as("quality_manager")
    assert client.get(f"{PATH}draw/").status_code == 200
    assert client.post(f"{PATH}draw/", FORM).status_code == 302
    assert Reinspection.objects.count() == 2
    text = client.get(PATH).content.decode()
    assert all(one.code in text for one in Reinspection.objects.all())


@pytest.mark.parametrize(
    ("change", "told"), [({"end": "2026-01-01"}, "lies before the first"), ({"start": "2026-10-29"}, "No visit of")]
)
def test_a_draw_that_cannot_be_made_is_explained(client_as, made, change, told):
    page = client_as("quality_manager").post(f"{PATH}draw/", {**FORM, **change})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not Reinspection.objects.exists()


@pytest.mark.parametrize("role", ["quality_inspector", "vendor_manager"])
def test_others_do_not_draw(client_as, made, role):
    assert client_as(role).post(f"{PATH}draw/", FORM).status_code == 403


def test_the_second_inspector_checks_blind_and_then_compares(task, second):
    url = f"{PATH}{task.code}/"
    page = second.get(url).content.decode()
    assert "You do not see what the first inspector found" in page
    assert task.visit.inspector.name not in page
    assert "/draws/" not in page
    assert second.get(f"/inspections/visits/{task.visit.code}/").status_code == 404
    half = second.post(url, dict(list(answers_of(task).items())[1:]))
    assert half.status_code == 422
    assert second.post(url, answers_of(task)).status_code == 302
    assert SecondOpinion.objects.filter(verdict=0, severity=0).count() == 1
    assert "Both answers" in second.get(url).content.decode()


def test_who_compares_sees_no_form_and_may_call_off(client_as, task):
    client = client_as("quality_manager")
    page = client.get(f"{PATH}{task.code}/").content.decode()
    assert "Nothing to compare yet" in page
    assert "Call off" in page
    assert f"/api/v1/inspections/draws/{task.draw.code}" in page
    assert client.post(f"{PATH}{task.code}/cancel/", {"note": "楼栋封闭"}).status_code == 302
    task.refresh_from_db()
    assert task.state == "cancelled"


def test_the_list_is_flat(client_as, actor, made, flat_queries):
    client, quality = client_as("quality_manager"), actor("quality_manager")
    draw = {"start": FIRST, "end": LAST, "count": 1, "due_on": date(2026, 11, 30)}
    flat_queries.check(
        "inspections.reinspections",
        visit=lambda: client.get(PATH),
        add_row=lambda: reinspections_draw(actor=quality, **draw, seed=str(Reinspection.objects.count())),
    )


def test_answers_are_words():
    assert [answer_badge(word).label for word in ("pass", "major", "not_applicable")] == [
        "Pass",
        "Fail · Major",
        "Not applicable",
    ]

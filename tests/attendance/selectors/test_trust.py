from types import SimpleNamespace
from uuid import uuid4

import pytest

from duban.attendance.selectors.trust import grounds_of_punches, grounds_of_scans
from duban.kernel.trust import Floors, TrustGrade
from tests.factories.attendance import make_post, make_route
from tests.factories.inspections import make_line, make_place


@pytest.fixture
def line(world):
    return make_line(world.ours, service_line="security")


def envelope(**said):
    return SimpleNamespace(id=uuid4(), payload=SimpleNamespace(**said))


def test_punches_stand_at_their_posts(world, line, actor):
    place = make_place(world.ours.estate, "东门")
    place.latitude, place.longitude, place.is_rotating = "31.230400", "121.473700", True
    place.save()
    post, loose = make_post(world.ours.estate, place=place), make_post(world.ours.estate, "巡逻岗")
    sent = [envelope(post=post.code), envelope(post=loose.code), envelope(post="PO-0")]
    found = grounds_of_punches(actor("vendor_worker"), sent)
    assert set(found) == {sent[0].id, sent[1].id}
    ground = found[sent[0].id]
    assert (ground.office, ground.keeper, ground.title) == (world.ours.project.path, world.ours.city.path, post.name)
    assert (ground.stand.tag, ground.stand.radius_m, ground.stand.is_rotating) == (place.tag, place.radius_m, True)
    assert (found[sent[1].id].stand, ground.floors) == (None, Floors(TrustGrade.C, TrustGrade.C))


def test_scans_stand_at_the_points_of_their_route(world, line, actor):
    route = make_route(line)
    point = route.points.first().place
    sent = [
        envelope(route=f"{route.code}.1", point=point.tag),
        envelope(route=route.code, point="X"),
        envelope(route="RT-0", point="X"),
    ]
    found = grounds_of_scans(actor("vendor_worker"), sent)
    assert list(found) == [sent[0].id]
    assert (found[sent[0].id].stand.point, found[sent[0].id].page, found[sent[0].id].title) == (
        None,
        "attendance:round",
        route.name,
    )
    point.latitude, point.longitude = "31.230400", "121.473700"
    point.save()
    assert grounds_of_scans(actor("vendor_worker"), sent)[sent[0].id].stand.point is not None

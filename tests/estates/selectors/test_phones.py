from duban.estates.selectors.phones import carried_places, circles_of, degrees
from tests.factories.inspections import make_place


def test_places_come_with_the_way_down(world):
    tower = make_place(world.ours.estate, "1 号楼")
    hall = make_place(world.ours.estate, "大堂", parent=tower)
    hall.latitude, hall.longitude = "31.230400", "121.473700"
    hall.save()
    (top,) = carried_places([tower.pk])
    assert (top["parent"], top["path_name"], top["lat"]) == (None, "1 号楼", None)
    (low,) = carried_places([hall.pk])
    assert (low["tag"], low["parent"], low["estate"]) == (hall.tag, tower.tag, world.ours.estate.code)
    assert (low["path_name"], low["lat"], low["lon"]) == ("1 号楼 / 大堂", "31.230400", "121.473700")


def test_an_unknown_coordinate_is_nothing():
    assert degrees(None) is None


def test_a_floor_stands_where_its_building_stands(world):
    tower = make_place(world.ours.estate, "2 号楼")
    tower.latitude, tower.longitude, tower.radius_m = "31.230500", "121.473800", 60
    tower.save()
    floor = make_place(world.ours.estate, "3 层", parent=tower)
    store = make_place(world.ours.estate, "保洁间", parent=floor)
    store.latitude, store.longitude, store.radius_m = "31.230600", "121.473900", 15
    store.save()
    nowhere = make_place(world.ours.estate, "中心绿地")
    found = circles_of([floor, store, nowhere])
    assert {pk: (str(circle.latitude), circle.radius_m) for pk, circle in found.items()} == {
        floor.pk: ("31.230500", 60),
        store.pk: ("31.230600", 15),
    }
    (carried,) = carried_places([floor.pk])
    assert (carried["lat"], carried["lon"], carried["radius_m"]) == ("31.230500", "121.473800", 60)

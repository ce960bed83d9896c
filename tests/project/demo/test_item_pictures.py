from random import Random

from duban.project.demo.item_pictures import show_items
from duban.project.demo.registers import World
from duban.standards.models import StandardItem
from tests.factories.standards import StandardFactory, StandardItemFactory


def test_shown_items_get_both_pictures(world):
    tenant = world.ours
    standard = StandardFactory(tenant=tenant.root, state="in_force")
    for key in ("floors.handrail", "lobby.glass"):
        StandardItemFactory(standard=standard, key=key)
    demo = World(random=Random(1), units={"恒远物业集团": tenant.root}, people={"director": world.person("quality_manager")})
    assert show_items(demo) == 2
    shown = StandardItem.objects.get(key="floors.handrail")
    assert shown.good_picture != shown.bad_picture
    assert StandardItem.objects.get(key="lobby.glass").good_picture is None

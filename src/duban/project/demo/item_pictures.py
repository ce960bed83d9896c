"""Reference pictures of a few items: how it should look, and how it must not."""

from random import Random

from duban.orgs.selectors import actor_for_person
from duban.project.demo.pictures import evidence_picture
from duban.project.demo.registers import World
from duban.standards.models import StandardItem
from duban.standards.services import item_picture_set

SHOWN = (
    "floors.handrail",
    "floors.sweeping",
    "lobby.lift_car",
    "waste.bins",
    "gate.fire_lane",
    "discipline.uniform",
    "posts.main_gate",
)


def show_items(world: World) -> int:
    """Give the shown items of every standard in force both pictures; returns how many pictures there are."""
    manager = actor_for_person(world.people["director"])
    items = StandardItem.objects.filter(key__in=SHOWN, standard__tenant=world.tenant, standard__state="in_force")
    count = 0
    for item in items.select_related("standard__tenant", "standard__office").order_by("pk"):
        for side, is_mended in (("good_picture", True), ("bad_picture", False)):
            caption = f"{item.number} {'OK' if is_mended else 'NG'}"
            drawn = evidence_picture(item.standard.service_line, Random(item.key), caption, is_mended=is_mended)
            item_picture_set(actor=manager, item=item, side=side, source=drawn)
            count += 1
    return count

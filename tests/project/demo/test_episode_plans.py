import json
from importlib.resources import files

from duban.project.demo.company import ESTATES, LAST_DAY, PEOPLE, VENDORS
from duban.project.demo.episode_plans import EPISODES, PRAISES
from duban.project.demo.spots import AREAS

ITEMS = {
    item["key"]
    for name in ("cleaning", "security", "greening", "maintenance", "customer_service")
    for item in json.loads((files("duban.standards") / "data" / f"{name}.json").read_text(encoding="utf-8"))["items"]
}
ESTATE_BY_SHORT = {plan.short: plan for plan in ESTATES}


def test_what_is_told_could_have_happened():
    for episode in EPISODES:
        for answer in episode.answers:
            assert episode.day < answer.day <= LAST_DAY
            assert bool(answer.by) != bool(episode.recipient)
        for look in episode.looks:
            answered = [(answer.day, answer.hour) for answer in episode.answers if answer.fault == look.fault]
            assert min(answered) < (look.day, look.hour)
            assert look.by != episode.inspector
            assert look.is_accepted or look.note


def test_only_known_people_vendors_estates_and_items_are_named():
    people = {plan.username for plan in PEOPLE}
    vendors = {plan.short for plan in VENDORS}
    for episode in EPISODES:
        assert episode.vendor in vendors
        assert {fault.item for fault in episode.faults} <= ITEMS
        assert {episode.inspector, episode.issuer} <= people
        assert {step.by for step in (*episode.answers, *episode.looks)} - {""} <= people
    assert {plan.vendor for plan in PRAISES} <= vendors
    assert {plan.by for plan in PRAISES} <= people


def test_places_stand_on_their_estates():
    told = [(episode.estate, fault.place) for episode in EPISODES for fault in episode.faults]
    for short, path in [*told, *((plan.estate, plan.place) for plan in PRAISES)]:
        estate, (top, _, floor) = ESTATE_BY_SHORT[short], path.partition("/")
        assert top in AREAS or int(top.removesuffix(" 栋")) <= estate.buildings
        assert not floor or int(floor.removesuffix(" 层")) in {1, estate.floors // 2, estate.floors}

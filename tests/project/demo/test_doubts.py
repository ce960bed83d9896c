from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from duban.inspections.models import InspectionTask, UncountedResult
from duban.platform.trust.models import TrustReview
from duban.project.demo import doubts
from duban.project.demo.doubts import GROUNDS, WALKS, send_doubts
from duban.project.demo.registers import World
from duban.standards.models import StandardItem
from tests.factories.inspections import make_line, make_place

HURRIED = next(walk for walk in WALKS if walk.vendor == "绿野园林")


@pytest.fixture
def demo(world, monkeypatch):
    tenant = world.ours
    tenant.vendor.short_name, tenant.estate.short_name = HURRIED.vendor, HURRIED.estate
    tenant.vendor.save()
    tenant.estate.save()
    line = make_line(tenant, service_line="greening")
    StandardItem.objects.bulk_create(
        [StandardItem(standard=line.standard, key=key, block=key.split(".")[0], number="9", name=key) for key in GROUNDS]
    )
    for number in (1, 2, 3):
        place = make_place(tenant.estate, f"{number} 栋")
        place.latitude, place.longitude = Decimal("31.23"), Decimal("121.47")
        place.save()
    monkeypatch.setattr(doubts, "WALKS", (HURRIED,))
    people = {"inspector2": world.person("quality_inspector"), "quality": world.person("quality_manager")}
    return World(random=Random(1), people=people)


def test_a_round_in_a_breath_is_doubted_and_decided_place_by_place(demo, monkeypatch):
    monkeypatch.setattr(doubts, "_praise", lambda world, walk: None)
    assert send_doubts(demo) == send_doubts(demo) == len(HURRIED.seen)
    task = InspectionTask.objects.get()
    assert (task.state, task.kind) == ("done", "extra")
    states = Counter((review.about[-3:], review.state) for review in TrustReview.objects.all())
    assert states == {("1 栋", "accepted"): 8, ("2 栋", "waiting"): 8, ("3 栋", "refused"): 8}
    refused = TrustReview.objects.filter(state="refused").values_list("record", flat=True)
    uncounted = UncountedResult.objects.filter(for_score=False).values_list("check_result__pk", flat=True)
    assert len(uncounted) == len(refused)


def test_the_same_file_for_another_gate_shows_both_photos_and_the_time_inside(world, monkeypatch):
    tenant, walks = world.ours, [walk for walk in WALKS if walk.vendor == "护城保安"]
    tenant.vendor.short_name, tenant.estate.short_name = walks[0].vendor, walks[0].estate
    tenant.vendor.save()
    tenant.estate.save()
    line = make_line(tenant, service_line="security")
    keys = {seen.item for walk in walks for seen in walk.seen}
    StandardItem.objects.bulk_create(
        [StandardItem(standard=line.standard, key=key, block=key.split(".")[0], number="9", name=key) for key in sorted(keys)]
    )
    for name in {seen.place for walk in walks for seen in walk.seen}:
        place = make_place(tenant.estate, name)
        place.latitude, place.longitude = Decimal("31.23"), Decimal("121.47")
        place.save()
    monkeypatch.setattr(doubts, "WALKS", walks)
    people = {"inspector3": world.person("quality_inspector"), "quality": world.person("quality_manager")}
    assert send_doubts(World(random=Random(1), people=people)) == 5
    twin = TrustReview.objects.get(kind="inspections.answer", first_reason="twin")
    figures = {reason["code"]: reason["figures"] for reason in twin.mark.reasons}
    assert (twin.about[-2:], twin.state, figures["twin"]) == ("东门", "waiting", {"bits": "0"})
    assert int(figures["exif_time"]["minutes"]) > 17 * 24 * 60
    assert TrustReview.objects.get(first_reason="mock").about.endswith("地下车库")
    waiting = TrustReview.objects.filter(state="waiting")
    codes = {(review.kind, review.first_reason): [one["code"] for one in review.mark.reasons] for review in waiting}
    assert codes[("inspections.answer", "exif_place")] == ["exif_place", "exif_time"]
    assert codes[("inspections.answer", "edited")] == ["edited"]
    assert codes[("inspections.praise", "twin")] == ["twin", "gallery"]

from datetime import date

from django.db.models import Sum

from duban.attendance.models import PatrolRound, PatrolScan, Route
from duban.contracts.models import ContractLine
from duban.estates.models import Place
from duban.platform.trust.models import TrustReview
from duban.project.demo.manning import man_posts
from duban.project.demo.patrolling import walk_patrols


def test_rounds_are_walked_well_late_partly_and_too_fast(manned):
    man_posts(manned)
    count = walk_patrols(manned)
    assert count == PatrolRound.objects.count() == 23 * (12 + 2 + 2)
    assert walk_patrols(manned) == count
    over = PatrolRound.objects.filter(is_over=True)
    sums = over.aggregate(*(Sum(f"{name}_count") for name in ("on_time", "late", "skipped", "bunched")))
    assert all(sums.values())
    assert sums["on_time_count__sum"] > over.aggregate(all=Sum("point_count"))["all"] * 0.7
    assert over.filter(longest_gap__gte=3).exists()


def test_one_round_is_under_way_at_any_hour(manned, time_machine):
    time_machine.move_to("2026-11-23T10:50:00+08:00")
    man_posts(manned)
    walk_patrols(manned)
    running = PatrolRound.objects.get(is_over=False, scans__isnull=False, scans__place__name="东门")
    assert (running.route.name, running.day) == ("全天巡查", date(2026, 11, 23))
    assert 0 < running.scans.count() <= running.point_count
    names = set(PatrolScan.objects.values_list("name", flat=True))
    assert manned.people["captain"].name in names or len(names) > 3


def test_a_careful_vendor_walks_better(manned, world):
    contract = ContractLine.objects.get(estate=world.ours.estate_two).contract
    world.ours.rival.short_name = "金盾安防"
    world.ours.rival.save()
    contract.vendor = world.ours.rival
    contract.save()
    man_posts(manned)
    walk_patrols(manned)
    rounds = PatrolRound.objects.filter(is_over=True, route__name="夜间巡更").order_by()
    reached = dict(rounds.values_list("line__contract__vendor").annotate(on_time=Sum("on_time_count")))
    assert reached[world.ours.rival.pk] > reached[world.ours.vendor.pk]


def test_before_november_nobody_patrols(manned, time_machine):
    time_machine.move_to("2026-10-20T10:00:00+08:00")
    assert walk_patrols(manned) == 0
    assert Route.objects.count() == 0


def test_a_point_scanned_from_a_copied_code_at_home_waits_for_somebody(manned):
    Place.objects.filter(name__in=("东门", "外围道路")).update(latitude="31.230000", longitude="121.470000")
    man_posts(manned)
    walk_patrols(manned)
    review = TrustReview.objects.get(kind="attendance.patrol", grade="D")
    assert [reason["code"] for reason in review.mark.reasons][:2] == ["travel", "far"]
    assert (review.grade, review.state, review.counts_score, review.page) == ("D", "waiting", False, "attendance:round")

from datetime import date, timedelta
from random import Random

from duban.attendance.models import Slot
from duban.project.demo.crews import build_crews, lapsed_crew, lapsed_on
from duban.vendors.models import InsuranceProof, Worker, WorkerCredential

TODAY = date(2026, 11, 23)


def test_who_the_clocks_name_is_entered_licensed_and_insured(manned):
    crews = build_crews(manned, Random(1), TODAY)
    assert len(crews) == 6 + 6 + 3
    assert {len(crew.before) for crew in crews} == {3}
    assert [len(crew.since) for crew in crews if crew.line.service_line == "cleaning"] == [2, 2, 2]
    guards = [worker for crew in crews if crew.line.service_line == "security" for worker in crew.before]
    assert WorkerCredential.objects.filter(kind="guard", state="verified", worker__in=guards).count() == len(guards)
    assert InsuranceProof.objects.count() > len(guards) // 2
    assert Worker.objects.filter(left_on__isnull=False).count() > 0


def test_turns_change_with_the_days_and_are_those_of_the_clocks(manned):
    crew = build_crews(manned, Random(1), TODAY)[1]
    day = date(2026, 10, 30)
    assert crew.on(day).name == Slot.objects.get(post=crew.post, day=day).rostered_name
    assert crew.on(TODAY) is crew.since[TODAY.toordinal() % 3]


def test_the_captain_stands_on_a_post_himself(manned):
    crews = build_crews(manned, Random(1), TODAY)
    captain = manned.people["captain"]
    worker = Worker.objects.get(person=captain)
    assert (worker.name, crews[0].before[0]) == (captain.name, worker)
    assert Slot.objects.filter(rostered_name=captain.name, actual_name=captain.name).count() == 11
    assert not Slot.objects.exclude(post=crews[0].post).filter(rostered_name=captain.name).exists()


def test_one_certificate_has_run_out_and_one_card_waits(manned):
    crews = build_crews(manned, Random(1), TODAY)
    room = lapsed_crew(crews)
    assert room.post.name == "监控室夜岗"
    held = WorkerCredential.objects.get(worker=room.since[-1], kind="fire_operator")
    assert held.valid_until == lapsed_on(TODAY) == TODAY - timedelta(days=4)
    assert list(WorkerCredential.objects.filter(state="entered").values_list("worker__name", flat=True)) == ["郑小军"]
    assert Worker.objects.get(name="朱永明").credentials.count() == 0


def test_without_guards_there_is_no_captain_and_nothing_lapses(manned, world):
    Slot.objects.all().delete()
    assert build_crews(manned, Random(1), TODAY) == []
    assert lapsed_crew([]) is None
    assert Worker.objects.count() == 0

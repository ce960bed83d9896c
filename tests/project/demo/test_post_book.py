from datetime import time
from decimal import Decimal

from duban.estates.domain.posts import Fence
from duban.estates.domain.staffing import StaffingLevel
from duban.estates.models import Post
from duban.project.demo.post_book import post_plans


def test_guards_stand_by_twelve_hours_with_the_heads_of_the_contract():
    plans = post_plans("翠湖", "security")
    assert [plan.name for plan in plans] == ["东门日岗", "东门夜岗", "西门日岗", "监控室夜岗", "巡逻日岗", "车库夜岗"]
    assert {plan.crew_size for plan in plans} == {Decimal("3.5")}
    room = plans[3]
    assert (room.fence, room.credentials, room.first_shift_at) == (Fence.BLOCK, ("fire_operator",), time(19))


def test_every_verdict_on_a_crew_stands_somewhere():
    found = {
        Post(hours_per_week=plan.hours_per_week, crew_size=plan.crew_size).staffing.level
        for estate in ("翠湖", "海棠里", "金桂苑")
        for plan in post_plans(estate, "security")
    }
    assert found == set(StaffingLevel)
    assert [plan.crew_size for plan in post_plans("书香", "cleaning")] == [1, 1, 1]


def test_the_empty_post_is_always_among_them_and_other_services_have_none():
    assert "监控室夜岗" in [plan.name for plan in post_plans("映月台", "security")]
    assert len(post_plans("平江", "security")) == 4
    assert post_plans("翠湖", "greening") == []

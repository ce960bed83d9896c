from datetime import date, timedelta

import pytest

from duban.inspections.domain.events import PraiseGiven
from duban.inspections.models import Praise
from duban.inspections.services import praise_give, praise_take_back
from duban.inspections.services.notices import tell_praised
from duban.kernel.errors import Invalid, NotAllowed, WrongState
from duban.platform.files.models import Attachment
from duban.platform.files.services import store_file
from duban.platform.notices.models import Notice
from tests.factories.inspections import make_line, make_place
from tests.inspections.test_services import photo

DAY = date(2026, 11, 20)


@pytest.fixture
def line(world):
    return make_line(world.ours)


def test_praise_is_given_with_pictures_and_taken_back_with_a_reason(actor, line, world):
    inspector = actor("quality_inspector")
    stored = store_file(actor=inspector, source=photo(colour="blue"))
    place = make_place(world.ours.estate, "大堂")
    praise = praise_give(
        actor=inspector, line=line, text="暴雨夜主动清淤", day=DAY, place=place, uploads=[photo()], files=[stored]
    )
    assert (praise.code, praise.state, praise.given_by_id) == ("PZ-2026-0001", "given", inspector.person_id)
    assert Attachment.objects.filter(target_id=praise.pk).count() == 2
    with pytest.raises(Invalid):
        praise_take_back(actor=inspector, praise=praise, note=" ")
    assert praise_take_back(actor=inspector, praise=praise, note="记错了人").state == "taken_back"
    with pytest.raises(WrongState):
        praise_take_back(actor=inspector, praise=praise, note="再撤")


def test_praise_that_does_not_fit_is_refused(actor, line, world):
    elsewhere = make_place(world.ours.estate_two, "外楼")
    for wrong in (
        {"text": " ", "day": DAY},
        {"text": "好", "day": date(2025, 12, 31)},
        {"text": "好", "day": date(2026, 11, 23) + timedelta(days=1)},
        {"text": "好", "day": DAY, "place": elsewhere},
    ):
        with pytest.raises(Invalid):
            praise_give(actor=actor("quality_inspector"), line=line, **wrong)
    for role in ("vendor_manager", "finance", "their quality_manager"):
        with pytest.raises(NotAllowed):
            praise_give(actor=actor(role), line=line, text="好", day=DAY)
    assert Praise.objects.count() == 0


def test_the_vendor_hears_of_it(actor, line, world):
    praise = praise_give(actor=actor("quality_inspector"), line=line, text="好", day=DAY)
    tell_praised(PraiseGiven(praise.code))
    assert world.person("vendor_manager").pk in set(Notice.objects.values_list("person", flat=True))
    count = Notice.objects.count()
    tell_praised(PraiseGiven("PZ-0"))
    assert Notice.objects.count() == count

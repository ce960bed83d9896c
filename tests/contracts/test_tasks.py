from datetime import date

from duban.contracts.tasks import follow_the_calendar
from duban.platform.notices.models import Notice
from tests.factories.contracts import ContractFactory


def test_the_clock_expires_and_reminds_once(world):
    ended = ContractFactory(
        office=world.ours.city, vendor=world.ours.vendor, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)
    )
    near = ContractFactory(office=world.theirs.city, vendor=world.theirs.vendor, ends_on=date(2027, 3, 1))
    for _ in range(2):
        follow_the_calendar.func()
    ended.refresh_from_db()
    near.refresh_from_db()
    assert (ended.state, near.state, near.last_reminder_days) == ("expired", "active", 30)
    told = set(Notice.objects.values_list("person_id", "kind"))
    assert told == {(world.theirs.person("procurement").pk, "contracts.expiring")}
    assert Notice.objects.count() == 1

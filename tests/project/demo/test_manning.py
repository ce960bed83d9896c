from datetime import date

from duban.attendance.models import Assignment, Punch, Roster, Slot, Swap
from duban.project.demo.manning import man_posts


def test_october_and_the_running_month_are_told_once(manned):
    count = man_posts(manned)
    assert count == Punch.objects.count() > 15 * 45
    assert man_posts(manned) == count
    since = Slot.objects.filter(day__gte=date(2026, 11, 1))
    assert set(since.values_list("state", flat=True)) == {"present", "vacant", "review", "off"}
    assert set(since.values_list("source", flat=True)) == {"roster"}
    assert since.count() == 15 * 23 - _not_begun()
    assert set(Slot.objects.filter(day__lt=date(2026, 11, 1)).values_list("source", flat=True)) == {""}


def _not_begun():
    """Of today the night shifts, which begin in the evening."""
    return Assignment.objects.filter(day=date(2026, 11, 23), post__is_night=True).count()


def test_next_week_of_one_estate_is_a_draft_and_somebody_wants_to_swap(manned):
    man_posts(manned)
    drafts = Roster.objects.filter(state="draft")
    assert {(roster.week, roster.line.estate.short_name) for roster in drafts} == {(date(2026, 11, 30), "翠湖")}
    assert set(drafts[0].assignments.values_list("day__day", flat=True)) <= {30, 1, 2}
    swap = Swap.objects.get()
    assert (swap.state, swap.assignment.day) == ("proposed", date(2026, 11, 24))


def test_before_november_only_the_clocks_are_told(manned, time_machine):
    time_machine.move_to("2026-10-20T10:00:00+08:00")
    man_posts(manned)
    assert Assignment.objects.count() == 15 * 31
    assert Swap.objects.count() == 0


def test_on_the_first_of_november_the_week_is_taken_up_again(manned, time_machine):
    time_machine.move_to("2026-11-01T10:00:00+08:00")
    man_posts(manned)
    assert Roster.objects.filter(week=date(2026, 10, 26)).count() == 3
    assert set(Roster.objects.filter(week=date(2026, 10, 26)).values_list("state", flat=True)) == {"published"}


def test_a_line_that_ended_is_told_no_further(manned):
    line = Slot.objects.first().line
    line.ends_on = date(2026, 11, 15)
    line.save()
    man_posts(manned)
    assert max(Assignment.objects.filter(roster__line=line).values_list("day", flat=True)) == date(2026, 11, 15)

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duban.complaints.models import Complaint
from duban.complaints.selectors import (
    complaint_get,
    complaint_list,
    complaint_page,
    estates_to_choose,
    evidence_panel,
    lines_for,
    metric_facts,
    occurrences,
)
from duban.kernel.errors import NotAllowed, NotFound
from duban.kernel.evidence import Cluster
from duban.platform.sealing import seal
from tests.factories.complaints import RECEIVED, make_complaint
from tests.factories.inspections import make_line

START, END = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def line(world):
    return make_line(world.ours)


kinds = st.tuples(
    st.sampled_from(["pending", "valid", "invalid"]), st.sampled_from([None, -1, 1]), st.sampled_from([None, -2, 0, 2])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.lists(kinds, max_size=8))
def test_reply_facts_equal_a_naive_recount(line, rows):
    Complaint.objects.all().delete()
    now = timezone.now()
    counted = in_time = late = valid = 0
    for validity, due_in, replied_after in rows:
        due = None if due_in is None else now + timedelta(days=due_in)
        replied = None if replied_after is None or due is None else due + timedelta(hours=replied_after)
        make_complaint(line, validity=validity, due_at=due, first_reply_at=replied)
        valid += validity == "valid"
        if validity == "valid" and due is not None and (replied is not None or due < now):
            counted += 1
            in_time += replied is not None and replied <= due
            late += replied is None or replied > due
    facts = [row for queryset in metric_facts([line.pk], START, END) for row in queryset]
    assert facts == ([("complaints.replied_on_time", line.pk, date(2026, 10, 12), in_time, counted)] if counted else [])
    found = [item.kind for item in occurrences(None, START, END)]
    assert (found.count("valid_complaint"), found.count("late_reply")) == (valid, late)


def test_a_late_reply_has_a_code_of_its_own(line):
    complaint = make_complaint(line, validity="valid", due_at=RECEIVED, first_reply_at=RECEIVED + timedelta(hours=1))
    assert [(item.code, item.key) for item in occurrences([line.pk], START, END)] == [
        (complaint.code, "cleanliness"),
        (f"{complaint.code}-L", "cleanliness"),
    ]


def test_unrouted_complaints_count_for_nobody(line):
    make_complaint(line, line=None, validity="valid", due_at=RECEIVED, first_reply_at=RECEIVED)
    assert [row for queryset in metric_facts(None, START, END) for row in queryset] == []


def test_the_panel_shows_late_replies_or_all_valid_ones(actor, line):
    late = make_complaint(
        line, validity="valid", due_at=RECEIVED, first_reply_at=RECEIVED + timedelta(hours=1), place_name="3栋"
    )
    make_complaint(line, validity="valid", due_at=RECEIVED, first_reply_at=RECEIVED)
    panel = evidence_panel(actor("vendor_manager"), line.pk, "complaints.replied_on_time", START, END)
    assert (panel.counted, panel.missed, panel.places) == (2, 1, (Cluster("3栋", 1),))
    assert [row.code for row in panel.rows] == [late.code]
    assert evidence_panel(actor("auditor"), line.pk, "", START, END).missed == 2
    with pytest.raises(NotFound):
        evidence_panel(actor("rival_manager"), line.pk, "", START, END)
    with pytest.raises(NotAllowed):
        evidence_panel(actor("vendor_worker"), line.pk, "", START, END)


def test_only_the_desk_reads_who_complained(actor, line):
    complaint = make_complaint(line, reporter_name="陈先生", reporter_contact_sealed=seal("138"))
    desk = complaint_page(actor("service_desk"), complaint)
    vendor = complaint_page(actor("vendor_manager"), complaint)
    assert (desk.reporter, desk.contact) == ("陈先生", "138")
    assert (vendor.reporter, vendor.contact) == ("陈**", "")


def test_scope_by_estate_and_by_line(actor, world, line):
    complaint = make_complaint(line)
    unrouted = make_complaint(line, line=None)
    assert set(complaint_list(actor("service_desk"))) == {complaint, unrouted}
    assert set(complaint_list(actor("vendor_manager"))) == {complaint}
    assert set(complaint_list(actor("their quality_manager"))) == set()
    with pytest.raises(NotFound):
        complaint_get(actor("rival_manager"), complaint.code)
    assert list(estates_to_choose(actor("estate_manager"))) == [world.ours.estate]
    assert lines_for(world.ours.estate, date(2026, 10, 12), "cleaning") == [line]

from datetime import UTC, datetime

from duban.complaints.domain.intake import ComplaintInput


def test_a_complaint_comes_in_unrouted_and_without_a_name():
    entry = ComplaintInput(1, "noise", "phone", "噪声", datetime(2026, 10, 5, tzinfo=UTC))
    assert (entry.line_id, entry.service_line, entry.reporter_name, entry.external_number) == (None, "", "", "")

from django.urls import reverse

from duban.scorecards.models import VendorGrade
from tests.scorecards.views.pages import text_of


def test_grade_is_proposed_and_confirmed(card, client_as):
    client = client_as("quality_manager")
    client.post(reverse("scorecards:grades_propose", args=["2026-10"]))
    grade = VendorGrade.objects.get()
    url = reverse("scorecards:grade", args=[grade.code])
    assert "too few months to say" in text_of(client.get(url))
    assert client.post(url, {"grade": "B"}).status_code == 422
    assert client.post(url, {"grade": "B", "note": "first month"}).status_code == 302
    assert VendorGrade.objects.get().grade == "B"
    assert client_as("rival_manager").get(url).status_code == 404

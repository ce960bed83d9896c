from duban.scorecards.domain.appeals import AppealPoint


def test_a_point_is_about_an_occurrence_or_an_indicator():
    assert AppealPoint(ground="x", occurrence=("inspections", "CR-1")).indicator_key == ""
    assert AppealPoint(ground="x", indicator_key="floors").occurrence is None

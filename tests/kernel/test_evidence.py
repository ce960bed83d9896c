from datetime import date

from duban.kernel.evidence import EvidencePanel, EvidencePhoto, EvidenceRow


def test_a_panel_gathers_the_photos_of_its_rows_without_doubles():
    photos = (EvidencePhoto("/a", "/A"), EvidencePhoto("/b", "/B"))
    row = EvidenceRow(
        "inspections", "CR-1", date(2026, 10, 5), "Glass", "B1", "Fail", "Minor", "inspections:result", ("CR-1",), photos
    )
    assert EvidencePanel("inspections", "inspections.pass_rate", 10, 2, rows=(row, row)).photos == photos

from duban.standards.domain.xforms import cells
from duban.standards.domain.xforms.cells import cell_text, column_letter, read_rows


def read(*records):
    return read_rows(
        {"survey": records}, "survey", plain=frozenset({"type", "name"}), translated=frozenset({"label"}), default_language="zh"
    )


def test_cells_become_texts():
    assert [cell_text(value) for value in (None, " a ", 3.0, 2.5, True, False, 7)] == [
        "",
        "a",
        "3",
        "2.5",
        "true",
        "false",
        "7",
    ]
    assert [column_letter(place) for place in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_headings_are_understood_in_the_ways_of_the_standard():
    rows, faults = read(
        ["Type", "name", "label::English (en)", "label::zh-Hans", "notes"],
        ["text", "a", "Name", "名称"],
        [None, "", ""],
        ["text", "b"],
    )
    assert faults == []
    assert [row.number for row in rows] == [2, 4]
    assert rows[0].texts("label") == {"zh": "名称", "en": "Name"}
    assert rows[1].texts("label") == {}
    assert read(["label"], ["名称"])[0][0].texts("label") == {"zh": "名称"}
    assert read() == ([], [])


def test_what_cannot_be_expressed_is_named_with_its_cell():
    rows, faults = read(
        ["type", "label::Français (fr)", "type", "media::image", "label::", "x"],
        ["text", "", "again", "", "", ""],
        ["text", "nom", "", "a.png"],
    )
    assert [(fault.message, fault.place) for fault in faults] == [
        (cells.OTHER_LANGUAGE, "B3"),
        (cells.TWICE, "C2"),
        (cells.UNKNOWN_COLUMN, "D3"),
    ]
    assert faults[0].where == "survey B3 label::Français (fr)"
    fault = rows[0].fault("name", "x")
    assert (fault.place, fault.heading, fault.value) == ("2", "name", "")

from duban.platform.imports import reasons
from duban.platform.imports.models import ImportRun, Stage
from duban.platform.sheets.problems import Problem
from duban.project.commands.wording import (
    kinds_of_exports,
    kinds_of_imports,
    problem_document,
    problem_line,
    run_document,
)


def test_whatever_comes_in_can_be_named():
    assert {"estates", "contracts", "slots", "complaints"} <= set(kinds_of_imports())
    assert set(kinds_of_exports()) <= set(kinds_of_imports())
    assert all(kinds_of_imports().values())


def test_a_problem_is_a_line_of_where_what_and_how_to_mend_it():
    document = {"sheet": "数据", "row": 3, "column": "B", "message": "The cell is empty.", "remedy": "Fill it in."}
    assert problem_line(document) == "数据 3 B: The cell is empty. Fill it in."
    assert problem_line({"message": "The file is empty."}) == "The file is empty."


def test_problems_come_as_plain_values_whatever_they_were():
    problem = Problem(reasons.NO_ROWS, "数据", 2, "A")
    assert problem_document(problem)["reason"]["why"] == reasons.NO_ROWS.why
    assert problem_document({"row": 2}) == {"row": 2}


def test_an_import_as_json():
    run = ImportRun(kind="estates", stage=Stage.DONE, created_count=2, updated_count=1, unchanged_count=0, problems=[])
    assert run_document(run) == {
        "kind": "estates",
        "stage": "done",
        "created": 2,
        "updated": 1,
        "unchanged": 0,
        "problems": [],
    }

from hypothesis import given
from hypothesis import strategies as st
from pyxform.xls2xform import convert

from duban.platform.sheets.writers import write_book
from duban.standards.domain.xforms.forms import Choice, Form, Question
from duban.standards.domain.xforms.reading import read_form
from duban.standards.domain.xforms.writing import write_form

words = st.text(st.sampled_from("合格abc '<&"), min_size=1, max_size=6).map(lambda text: f"字{text.strip()}x")
texts = st.dictionaries(st.sampled_from(["zh", "en"]), words, min_size=1)
LISTS = {"verdict": (Choice("pass", {"zh": "合格", "en": "Pass"}), Choice("fail", {"zh": "不合格"}))}
RULES = {
    "relevant": "1 = 1",
    "constraint": ". != 'x' and string-length(.) < 9",
    "required": "true()",
    "calculation": "if(1 > 2, 'a', 'b')",
}


@st.composite
def questions(draw, depth=0):
    kinds = ["text", "integer", "decimal", "image", "geopoint", "barcode", "note", "select_one", "select_multiple", "calculate"]
    kind = draw(st.sampled_from(kinds + (["group", "repeat"] if depth < 2 else [])))
    texts_of = {"label": draw(texts)} | ({"hint": draw(texts)} if draw(st.booleans()) else {})
    if kind in {"group", "repeat"}:
        children = tuple(draw(st.lists(questions(depth + 1), min_size=1, max_size=3)))
        return Question("x", kind, {"label": texts_of["label"]}, draw(picked(["relevant"])), "", children)
    rules = draw(picked(["relevant"] if kind == "note" else ["relevant", "constraint", "required"]))
    rules |= {"calculation": RULES["calculation"]} if kind == "calculate" else {}
    return Question("x", kind, texts_of, rules, "verdict" if kind.startswith("select") else "")


def picked(names):
    return st.sets(st.sampled_from(names)).map(lambda chosen: {name: RULES[name] for name in names if name in chosen})


def named(questions_, numbers):
    return tuple(
        Question(f"q{next(numbers)}.a", one.kind, one.texts, one.rules, one.choices, named(one.children, numbers))
        for one in questions_
    )


forms = st.lists(questions(), min_size=1, max_size=4).map(lambda made: named(made, iter(range(1000)))).map(
    lambda made: Form("日检", made, LISTS if any(one.choices for outer in made for one in outer.everything()) else {})
)  # fmt: skip


@given(forms)
def test_what_is_written_is_read_back(form):
    found, faults = read_form(write_form(form, form_id="CL-1", version="1"), title="")
    assert faults == []
    assert found == form


@given(forms)
def test_pyxform_takes_what_we_write(tmp_path_factory, form):
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    with path.open("wb") as stream:
        write_book(stream, write_form(form, form_id="CL-2026-0001", version="1.1"))
    xform = convert(path).xform
    assert 'id="CL-2026-0001"' in xform
    assert all(f"/{question.name}" in xform for question in form.everything())

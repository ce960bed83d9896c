import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.standards.domain.xforms.expressions import ExpressionError, Node, parse, references


def test_precedence_and_association():
    assert parse("1 + 2 * 3 - 4").tree() == [
        "op", "-", ["op", "+", ["number", "1"], ["op", "*", ["number", "2"], ["number", "3"]]], ["number", "4"],
    ]  # fmt: skip
    assert parse("- -.5 div (1 mod 2)").value == "div"
    assert parse("true() and false() or not(true())").value == "or"


def test_names_of_questions_and_functions():
    tree = parse("if(${floors.rail} = 'fail', count-selected(${a-b}), string-length(.)) != \"x\"")
    assert references(tree) == ("floors.rail", "a-b")
    assert references(parse("${a} + ${ a }")) == ("a",)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", 1),
        ("1 +", 4),
        ("/data/x", 1),
        ("../x = 1", 1),
        ("1 | 2", 3),
        ("${x", 1),
        ("1 2", 3),
        ("now()", 1),
        ("not 1", 5),
        ("not()", 1),
        ("if(1,2)", 1),
        ("(1", 3),
        ("concat(1 2)", 10),
        ("1 = = 2", 5),
        (")", 1),
        ("1 + x[1]", 6),
        ("regex(., ${x})", 1),
        ("regex(., '[')", 1),
        ("regex(., '(a+)+')", 1),
        ("regex(., '(a|a)*')", 1),
        ("regex(., '((a))*')", 1),
        ("(" * 50 + "1" + ")" * 50, 41),
        ("1" * 2001, 1),
    ],
)
def test_what_is_not_of_the_subset_is_refused_with_its_place(text, place):
    with pytest.raises(ExpressionError) as error:
        parse(text)
    assert error.value.place == place
    assert error.value.params["place"] == place
    assert error.value.message.format(**error.value.params)


def written(node):
    """An expression of a tree, with brackets everywhere."""
    parts = [written(part) for part in node.parts]
    shapes = {
        "number": lambda: node.value,
        "text": lambda: f"'{node.value}'",
        "ref": lambda: f"${{{node.value}}}",
        "self": lambda: ".",
        "minus": lambda: f"-({parts[0]})",
        "op": lambda: f"({parts[0]}) {node.value} ({parts[1]})",
        "call": lambda: f"{node.value}({', '.join(parts)})",
    }
    return shapes[node.kind]()


leaves = st.one_of(
    st.integers(0, 999).map(lambda number: Node("number", str(number))),
    st.text("abc 中", max_size=4).map(lambda text: Node("text", text)),
    st.sampled_from(["a", "b_1", "c.d", "e-f"]).map(lambda name: Node("ref", name)),
    st.just(Node("self")),
)
operators = ["or", "and", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(operators), inner, inner).map(lambda made: Node("op", made[0], made[1:])),
        inner.map(lambda part: Node("minus", "", (part,))),
        st.tuples(st.sampled_from(["concat", "selected", "pow"]), inner, inner).map(
            lambda made: Node("call", made[0], made[1:])
        ),
    ),
    max_leaves=12,
)


@given(trees)
def test_a_written_tree_is_read_back(tree):
    assert parse(written(tree)) == tree


@given(st.text("abc()${}.'\"<>=!+-*/, 0123456789", max_size=40))
def test_any_text_is_read_or_refused(text):
    place = 0
    try:
        parse(text)
    except ExpressionError as error:
        place = error.place
    assert 0 <= place <= len(text) + 1

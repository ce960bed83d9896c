from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.sampling import (
    AQLS,
    LETTERS,
    SIZES,
    Level,
    Severity,
    arrow,
    cell,
    choose,
    code_letter,
    plan_for,
)
from duban.kernel.errors import Invalid

NORMAL, TIGHTENED, REDUCED = Severity.NORMAL, Severity.TIGHTENED, Severity.REDUCED
MAIN_TABLE = """
A 2   ↓ ↓ ↓ ↓ 0 ↓
B 3   ↓ ↓ ↓ 0 ↑ ↓
C 5   ↓ ↓ 0 ↑ ↓ 1
D 8   ↓ 0 ↑ ↓ 1 2
E 13  0 ↑ ↓ 1 2 3
F 20  ↑ ↓ 1 2 3 5
G 32  ↓ 1 2 3 5 7
H 50  1 2 3 5 7 10
J 80  2 3 5 7 10 14
K 125 3 5 7 10 14 21
L 200 5 7 10 14 21 ↑
"""
COLUMNS = ("1.0", "1.5", "2.5", "4.0", "6.5", "10")
CELLS = [
    (letter, int(size), aql, text)
    for letter, size, *row in (line.split() for line in MAIN_TABLE.strip().splitlines())
    for aql, text in zip(COLUMNS, row, strict=True)
]
WAYS = {"↓": 1, "↑": -1}


@pytest.mark.parametrize(("letter", "size", "aql", "text"), CELLS)
def test_every_cell_of_the_main_table(letter, size, aql, text):
    assert SIZES[NORMAL][LETTERS.index(letter)] == size
    found = cell(letter, Decimal(aql), NORMAL)
    if text in WAYS:
        assert found is None
        assert arrow(letter, Decimal(aql), NORMAL) == WAYS[text]
    else:
        assert found == int(text)


@pytest.mark.parametrize(
    ("lot", "level_ii", "level_i"),
    [
        (2, "A", "A"),
        (8, "A", "A"),
        (9, "B", "A"),
        (15, "B", "A"),
        (16, "C", "B"),
        (25, "C", "B"),
        (26, "D", "C"),
        (50, "D", "C"),
        (51, "E", "C"),
        (90, "E", "C"),
        (91, "F", "D"),
        (150, "F", "D"),
        (151, "G", "E"),
        (280, "G", "E"),
        (281, "H", "F"),
        (500, "H", "F"),
        (501, "J", "G"),
        (1200, "J", "G"),
        (1201, "K", "H"),
        (3200, "K", "H"),
        (3201, "L", "J"),
        (10000, "L", "J"),
    ],
)
def test_code_letters_at_both_ends_of_every_range(lot, level_ii, level_i):
    assert (code_letter(lot, Level.II), code_letter(lot, Level.I)) == (level_ii, level_i)


@pytest.mark.parametrize(
    ("lot", "letters"),
    [
        (8, "A A A A A A B"),
        (90, "B B C C C E F"),
        (1200, "C C E F G J K"),
        (35_000, "C D F H K M N"),
        (500_000, "D E G J M P Q"),
        (500_001, "D E H K N Q R"),
    ],
)
def test_code_letters_of_all_levels(lot, letters):
    assert [code_letter(lot, level) for level in Level] == letters.split()


@pytest.mark.parametrize(
    ("name", "lot", "aql", "n", "ac", "used"),
    [
        ("AQL 2.5, 批 120 (F)", 120, "2.5", 20, 1, "F"),
        ("AQL 2.5, 批 30 (D↑)", 30, "2.5", 5, 0, "C"),
        ("AQL 2.5, 批 60 (E↓)", 60, "2.5", 20, 1, "F"),
        ("AQL 1.0, 批 120 (F↑)", 120, "1.0", 13, 0, "E"),
    ],
)
def test_vectors_of_the_domain_facts(name, lot, aql, n, ac, used):
    plan = plan_for(lot, level=Level.II, aql=Decimal(aql))
    assert (plan.n, plan.ac, plan.re, plan.used_letter) == (n, ac, ac + 1, used), name


def test_a_sample_that_reaches_the_lot_is_the_lot():
    plan = plan_for(10, level=Level.II, aql=Decimal("1.0"))
    assert (plan.n, plan.is_whole_lot, plan.letter, plan.used_letter) == (10, True, "B", "E")
    assert plan.trace[-1].rule == "whole"
    assert not plan_for(1000, level=Level.II, aql=Decimal("1.0")).is_whole_lot


def test_no_red_line_is_accepted_and_everything_is_looked_at():
    plan = plan_for(500, level=Level.II, aql=Decimal(0))
    assert (plan.n, plan.ac, plan.re) == (500, 0, 1)


def test_the_trace_tells_the_letter_the_arrow_and_the_plan():
    plan = plan_for(120, level=Level.II, aql=Decimal("1.0"))
    assert [step.rule for step in plan.trace] == ["code_letter", "arrow", "table"]
    assert plan.trace[1].inputs == {"from": "F", "to": "E"}


@pytest.mark.parametrize(
    ("letter", "aql", "severity", "ac"),
    [
        ("J", "1.0", TIGHTENED, 1),
        ("K", "1.0", TIGHTENED, 2),
        ("J", "2.5", TIGHTENED, 3),
        ("L", "2.5", TIGHTENED, 8),
        ("K", "2.5", TIGHTENED, 5),
        ("S", "0.025", TIGHTENED, 1),
        ("J", "2.5", REDUCED, 3),
        ("K", "2.5", REDUCED, 5),
        ("L", "2.5", REDUCED, 6),
        ("H", "2.5", REDUCED, 2),
        ("K", "1.0", REDUCED, 2),
    ],
)
def test_tightened_and_reduced_plans(letter, aql, severity, ac):
    assert cell(letter, Decimal(aql), severity) == ac


def test_an_arrow_that_would_leave_the_table_points_the_other_way():
    assert arrow("A", Decimal(10), NORMAL) == 1
    assert arrow("R", Decimal("0.015"), NORMAL) == -1


@pytest.mark.parametrize(
    ("lot", "aql", "field"), [(0, "2.5", "lot"), (10_000_001, "2.5", "lot"), (10, "3", "aql"), (9, "-1", "aql")]
)
def test_what_the_tables_do_not_know_is_refused(lot, aql, field):
    with pytest.raises(Invalid) as refusal:
        plan_for(lot, level=Level.II, aql=Decimal(aql))
    assert [error.field for error in refusal.value.errors] == [field]


@pytest.mark.parametrize("severity", list(Severity))
def test_arrows_end_at_a_plan_in_their_own_direction(severity):
    for letter in LETTERS[: len(SIZES[severity])]:
        for aql in AQLS:
            if cell(letter, aql, severity) is None:
                way, index = arrow(letter, aql, severity), LETTERS.index(letter)
                beyond = LETTERS[:index] if way == -1 else LETTERS[index + 1 : len(SIZES[severity])]
                assert any(cell(other, aql, severity) is not None for other in beyond)


lots = st.integers(1, 600_000)
levels, severities, aqls = st.sampled_from(list(Level)), st.sampled_from(list(Severity)), st.sampled_from(AQLS)


@given(lots, lots, levels, aqls, severities)
def test_a_larger_lot_never_gets_a_smaller_sample(one, other, level, aql, severity):
    small, large = sorted((one, other))
    assert (
        plan_for(small, level=level, aql=aql, severity=severity).n <= plan_for(large, level=level, aql=aql, severity=severity).n
    )


@given(lots, levels, aqls, severities)
def test_a_plan_fits_its_lot_and_fails_from_one_more_than_it_accepts(lot, level, aql, severity):
    plan = plan_for(lot, level=level, aql=aql, severity=severity)
    assert 1 <= plan.n <= lot
    assert plan.ac + 1 == plan.re
    assert plan.ac < plan.n or plan.is_whole_lot


@given(lots, levels, st.integers(0, len(AQLS) - 2), severities)
def test_a_milder_aql_never_accepts_a_smaller_share(lot, level, index, severity):
    strict, mild = (plan_for(lot, level=level, aql=aql, severity=severity) for aql in AQLS[index : index + 2])
    assert strict.ac <= mild.ac


@given(st.sets(st.integers(1, 10_000), min_size=1, max_size=60), st.integers(0, 60), st.integers(0, 2**62))
def test_the_same_seed_draws_the_same_places_in_whatever_order_they_come(keys, count, seed):
    drawn = choose(sorted(keys), count, seed)
    assert drawn == choose(sorted(keys, reverse=True), count, seed)
    assert len(drawn) == len(set(drawn)) == min(count, len(keys))
    assert set(drawn) <= keys


def test_every_place_is_drawn_about_equally_often():
    hits = [sum(place in choose(range(20), 5, seed) for seed in range(2000)) for place in range(20)]
    assert all(420 < count < 580 for count in hits)

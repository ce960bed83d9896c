import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from duban.inspections.domain.calibration.calc import calculate_draw
from duban.inspections.domain.calibration.drawing import Candidate, Drawn, case_of, draw

candidates = st.lists(
    st.builds(Candidate, st.integers(1, 60), st.integers(1, 4), st.integers(1, 2)), max_size=40, unique_by=lambda one: one.visit
)
seconds = st.dictionaries(st.integers(1, 2), st.lists(st.integers(1, 5), max_size=5))


@given(rows=candidates, able=seconds, count=st.integers(0, 12), seed=st.text(min_size=1, max_size=5))
def test_the_case_repeats_the_draw(rows, able, count, seed):
    case = json.loads(json.dumps(case_of(rows, able, count, seed)))
    drawn = [Drawn(**one) for one in calculate_draw(case)["drawn"]]
    assert tuple(drawn) == draw(rows, able, count, seed)


@given(rows=candidates, able=seconds, count=st.integers(0, 12), seed=st.text(max_size=5))
def test_properties(rows, able, count, seed):
    found = draw(rows, able, count, seed)
    assert found == draw(list(reversed(rows)), able, count, seed)
    assert len({one.visit for one in found}) == len(found) <= count
    by_visit = {row.visit: row for row in rows}
    for one in found:
        assert one.second != by_visit[one.visit].first
        assert one.second in able[by_visit[one.visit].office]
    possible = [row for row in rows if set(able.get(row.office, ())) - {row.first}]
    assert len(found) == min(count, len(possible))


def test_the_work_is_shared_and_the_seed_decides():
    rows = [Candidate(number, 1, 1) for number in range(40)]
    found = draw(rows, {1: [1, 2, 3]}, 10, "a")
    assert Counter(one.second for one in found) == {2: 5, 3: 5}
    assert found != draw(rows, {1: [1, 2, 3]}, 10, "b")
    assert draw(rows[:1], {1: [1]}, 3, "a") == ()
    assert draw(rows[:1], {1: [1, 2]}, 3, "a") == (Drawn(0, 2),)

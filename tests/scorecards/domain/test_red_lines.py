from decimal import Decimal

import pytest

from duban.scorecards.domain.red_lines import apply_red_lines, crossed, zeroed_keys
from duban.scorecards.domain.result import Outcome
from tests.scorecards.domain.builders import happening, shipped

D = Decimal


@pytest.mark.parametrize(
    ("key", "score", "failed", "zeroed"),
    [
        ("accident", D(0), True, frozenset()),
        ("blocked_exit", D(0), True, frozenset()),
        ("wages", D(69), True, frozenset()),
        ("forged", D(69), False, frozenset({"rectified"})),
        ("other", D(69), False, frozenset()),
    ],
)
def test_shipped_red_lines(key, score, failed, zeroed):
    lines = crossed(shipped("CLN-M"), (happening("1", "red_line", key),))
    assert apply_red_lines(lines, D(95), Outcome.SCORED) == (score, Outcome.SCORED, failed)
    assert zeroed_keys(lines) == zeroed


def test_without_a_red_line_nothing_changes():
    assert crossed(shipped("CLN-M"), (happening("1"),)) == ()
    assert apply_red_lines((), D(95), Outcome.HELD) == (D(95), Outcome.HELD, False)


def test_unscored_tables_stay_unscored():
    lines = crossed(shipped("CLN-M"), (happening("1", "red_line", "leak"),))
    assert apply_red_lines(lines, D(95), Outcome.UNSCORED)[1] is Outcome.UNSCORED

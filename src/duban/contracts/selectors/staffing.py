"""Whether the posts that a contract's lines pay for are staffed lawfully."""

from collections.abc import Sequence

from duban.contracts.models import ContractLine
from duban.estates.selectors.records import posts_at
from duban.estates.selectors.staffing import PostStaffing, with_staffing


def line_staffing(lines: Sequence[ContractLine]) -> list[tuple[ContractLine, list[PostStaffing]]]:
    """Each line with the posts in use of its service at its estate and the verdicts on their crews: one statement."""
    posts = posts_at((line.estate_id, line.service_line) for line in lines)
    return [(line, with_staffing(posts.get((line.estate_id, line.service_line), []))) for line in lines]

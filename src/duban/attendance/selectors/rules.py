"""Grace, lateness and free misses as they hold for posts."""

from collections.abc import Iterable

from duban.attendance.domain.rules import Rules, Wanted, rules_of
from duban.attendance.models import LineRules
from duban.contracts.models import ContractLine
from duban.estates.models import Post


def rules_for(posts: Iterable[tuple[Post, int]]) -> dict[int, Rules]:
    """Key of each post → its rules under the line given with it: one statement."""
    pairs = list(posts)
    lines = {rules.line_id: rules for rules in LineRules.objects.filter(line_id__in={line for _post, line in pairs})}
    return {post.pk: rules_of(_of_post(post), _of_line(lines.get(line))) for post, line in pairs}


def line_rules(line: ContractLine) -> LineRules:
    """What a line says, or an unsaved row that says nothing."""
    return LineRules.objects.filter(line=line).first() or LineRules(line=line)


def _of_post(post: Post) -> Wanted:
    return Wanted(grace_minutes=post.grace_minutes, free_misses=post.free_misses)


def _of_line(rules: LineRules | None) -> Wanted:
    if rules is None:
        return Wanted()
    return Wanted(rules.grace_minutes, rules.absent_after_minutes, rules.free_misses)

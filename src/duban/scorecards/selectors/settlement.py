

def scores_of_lines(line_ids: Collection[int], until: date) -> dict[int, tuple[tuple[str, Decimal | None], ...]]:
    """The published scores of the lines in periods that end by `until`, oldest first, as (period, score or `None`); one statement."""
    cards = Card.objects.filter(line__in=line_ids, is_current=True, period__ends_on__lte=until).exclude(state="draft")
    rows = cards.order_by("line", "period__starts_on", "pk").values_list("line_id", "period__key", "score")
    found: defaultdict[int, list[tuple[str, Decimal | None]]] = defaultdict(list)
    for line_id, key, score in rows:
        found[line_id].append((key, score))
    return {line_id: tuple(scores) for line_id, scores in found.items()}

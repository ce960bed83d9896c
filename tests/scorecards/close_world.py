"""Scripts for the test that kills a close: make a company with a month of evidence; print what its cards say."""

import hashlib
import json
import os
import sys
from datetime import date

import django

LINES, ROWS = 250, 5_000
TODAY = date(2026, 11, 23)


def main() -> None:
    """`make` or `show`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.project.settings")
    django.setup()
    {"make": make, "show": show}[sys.argv[1]]()


def make() -> None:
    """A company, its evidence announced, its periods open."""
    from bench.closing import mark_all
    from bench.world import make_world
    from duban.scorecards.services.periods import periods_open

    world = make_world(ROWS, line_count=LINES)
    mark_all(world)
    periods_open(actor=world.actor, tenant=world.root, today=TODAY)


def show() -> None:
    """Every card with its figures, and whether the trail is whole, as one JSON object."""
    from duban.platform.audit.selectors import verify_chains
    from duban.scorecards.models import Card, CardIndicator, Fact, Period

    cards = list(Card.objects.order_by("line_id").values_list("line_id", "revision", "state", "outcome", "score"))
    figures = list(CardIndicator.objects.order_by("card__line_id", "pk").values_list("card__line_id", "key", "points"))
    facts = list(
        Fact.objects.order_by("line_id", "day", "metric").values_list("line_id", "day", "metric", "numerator", "denominator")
    )
    answer = {
        "cards": len(cards),
        "digest": hashlib.sha256(json.dumps([cards, figures, facts], default=str).encode()).hexdigest(),
        "period": Period.objects.get(key="2026-10").state,
        "faults": len(verify_chains()[1]),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

"""Every write of scoring."""

from duban.scorecards.services.appeals import appeal_decide, appeal_withdraw, card_appeal
from duban.scorecards.services.cards import (
    card_confirm,
    card_finalise,
    card_publish,
    card_withdraw,
    cards_lapse,
    cards_publish,
    cards_publish_named,
)
from duban.scorecards.services.facts import mark_dirty, refresh_facts
from duban.scorecards.services.grades import grade_confirm, grades_propose, grades_propose_after
from duban.scorecards.services.periods import CloseReport, period_close, period_close_for, periods_open, periods_open_everywhere
from duban.scorecards.services.ratings import ratings_save
from duban.scorecards.services.schemes import (
    line_scheme_bind,
    line_schemes_create,
    scheme_create,
    schemes_install,
    shipped_definitions,
    version_draft,
    version_publish,
    version_retire,
    version_save,
)

__all__ = [
    "CloseReport",
    "appeal_decide",
    "appeal_withdraw",
    "card_appeal",
    "card_confirm",
    "card_finalise",
    "card_publish",
    "card_withdraw",
    "cards_lapse",
    "cards_publish",
    "cards_publish_named",
    "grade_confirm",
    "grades_propose",
    "grades_propose_after",
    "line_scheme_bind",
    "line_schemes_create",
    "mark_dirty",
    "period_close",
    "period_close_for",
    "periods_open",
    "periods_open_everywhere",
    "ratings_save",
    "refresh_facts",
    "scheme_create",
    "schemes_install",
    "shipped_definitions",
    "version_draft",
    "version_publish",
    "version_retire",
    "version_save",
]

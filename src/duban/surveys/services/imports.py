"""Whole ledgers of survey scores; the import engine keeps the audit entry of the run."""

from collections.abc import Sequence

from duban.contracts.selectors.options import lines_on
from duban.kernel.actor import Actor
from duban.platform.imports import ImportCounts, ImportRow, Progress, upsert
from duban.platform.scope import within
from duban.surveys.models import SurveyScore
from duban.surveys.permissions import Code
from duban.surveys.selectors.imports import score_sum_of
from duban.surveys.services.scores import announce_days

SAME = ("service_line", "day", "method", "invited", "respondents", "source")


def scores_save(rows: Sequence[ImportRow], *, actor: Actor, progress: Progress) -> ImportCounts:
    """Enter new scores and change known ones, by estate, service, day and method. Announces `EvidenceChanged`."""
    served = lines_on((row["estate"], row["service_line"], row["day"]) for row in rows)
    values = [
        {
            **{name: row.get(name) for name in SAME},
            "estate_id": row["estate"],
            "line_id": served.get((row["estate"], row["service_line"], row["day"])),
            "score_sum": score_sum_of(row),
        }
        for row in rows
    ]
    counts = upsert(
        SurveyScore,
        values,
        key=("estate_id", "service_line", "day", "method"),
        existing=SurveyScore.objects.filter(within("estate__office__path", actor.office_paths(Code.EDIT))),
        progress=progress,
    )
    if counts.created + counts.updated:
        announce_days((one["line_id"], one["day"]) for one in values)
    return counts

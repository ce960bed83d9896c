from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from duban.kernel.states import Tone
from duban.platform.imports.models import ImportRun, Stage
from duban.platform.imports.selectors import importers
from duban.platform.ui.components import Badge
from duban.platform.ui.listing import ChoiceFilter, Column, DateFilter, Kind, Listing

TONES = {Stage.DONE: Tone.GOOD, Stage.CHECKED: Tone.WAITING, Stage.REFUSED: Tone.BAD, Stage.FAILED: Tone.BAD}


def stage_badge(run: ImportRun) -> Badge:
    """The stage as word and tone."""
    stage = Stage(run.stage)
    return Badge(str(stage.label), TONES.get(stage, Tone.NEUTRAL))


def kind_label(run: ImportRun) -> str:
    """What the file held, in words."""
    return next((str(item.label) for item in importers() if item.kind == run.kind), run.kind)


RUNS = Listing(
    name="imports.runs",
    columns=(
        Column("code", _("Import"), link=lambda run: reverse("imports:detail", args=[run.code])),
        Column("created_at", _("Brought in"), kind=Kind.DATETIME, sort="created_at"),
        Column("kind", _("Kind"), value=kind_label),
        Column("short_name", _("File")),
        Column("actor_name", _("By")),
        Column("row_count", _("Rows"), kind=Kind.NUMBER, phone=False),
        Column("created_count", _("New"), kind=Kind.NUMBER, phone=False),
        Column("updated_count", _("Changed"), kind=Kind.NUMBER, phone=False),
        Column("problem_count", _("Problems"), kind=Kind.NUMBER),
        Column("stage", _("State"), kind=Kind.STATE, badge=stage_badge),
    ),
    filters=(
        ChoiceFilter("stage", _("State"), choices=Stage),
        DateFilter("created", _("Brought in"), field="created_at"),
    ),
    search=("code", "file_name", "kind", "actor_name"),
    order="-created_at",
    page_size=20,
    empty_title=_("Nothing has been imported yet"),
    empty_hint=_("Download a template, fill it in and upload it here."),
)

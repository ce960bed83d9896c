"""Ledgers of survey scores: which columns come in, and go out again."""

from django.utils.translation import gettext_lazy as _

from duban.estates.domain.service_line_words import SERVICE_LINE_WORDS
from duban.platform.exports import Exporter
from duban.platform.imports import Choice, Date, Decimal, Importer, Integer, Reference, Text
from duban.surveys.models import SurveyMethod
from duban.surveys.permissions import Code as Right

SCORES = Importer(
    kind="survey_scores",
    label=_("Survey scores"),
    permission=Right.EDIT,
    columns=(
        Reference(
            "estate",
            zh="项目",
            en="Estate",
            required=True,
            lookup="duban.surveys.selectors.imports.estate_keys",
            example="P001",
        ),
        Choice("service_line", zh="专项", en="Service line", required=True, choices=SERVICE_LINE_WORDS, example="保洁"),
        Date("day", zh="截止日期", en="Last day of the round", required=True, aliases=("日期",), example="2026-10-31"),
        Choice(
            "method",
            zh="调查方式",
            en="Method",
            default=SurveyMethod.HOUSE_VISIT,
            choices={
                SurveyMethod.HOUSE_VISIT: ("入户走访", "House visit", "户访"),
                SurveyMethod.PHONE: ("电话", "Telephone"),
                SurveyMethod.ONLINE: ("线上问卷", "Online", "线上"),
                SurveyMethod.PAPER: ("纸质问卷", "On paper", "纸质"),
                SurveyMethod.THIRD_PARTY: ("第三方", "Third party"),
            },
            example="电话",
        ),
        Integer("invited", zh="应调查人数", en="People asked", minimum=0, example="120"),
        Integer("respondents", zh="有效问卷数", en="Valid answers", required=True, minimum=1, example="40"),
        Decimal(
            "average", zh="平均分", en="Average score", places=4, minimum=0, maximum=100, aliases=("满意度",), example="87.5"
        ),
        Decimal(
            "score_sum", zh="总分", en="Sum of the scores", places=2, minimum=0, help=_("Needed only without the average.")
        ),
        Text("source", zh="来源", en="Source", limit=120, default=""),
    ),
    unique=(("estate", "service_line", "day", "method"),),
    check="duban.surveys.selectors.imports.score_row_problems",
    save="duban.surveys.services.imports.scores_save",
    note=_("One row per round. Scores on a scale of 0 to 100."),
)

SCORES_EXPORT = Exporter(importer=SCORES, rows="duban.surveys.selectors.imports.score_export_rows")

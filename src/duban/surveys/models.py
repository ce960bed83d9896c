"""How satisfied owners are: summed answers of one round."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from duban.contracts.models import ContractLine
from duban.kernel.actor import Actor
from duban.platform.records import Record, ScopedQuerySet
from duban.platform.scope import within


class SurveyMethod(models.TextChoices):
    """How the answers were gathered."""

    HOUSE_VISIT = "house_visit", _("House visit")
    PHONE = "phone", _("Telephone")
    ONLINE = "online", _("Online")
    PAPER = "paper", _("On paper")
    THIRD_PARTY = "third_party", _("Third party")


class SurveyScoreQuerySet(ScopedQuerySet["SurveyScore"]):
    def for_actor(self, actor: Actor) -> Self:
        """Scores of the actor's estates, and those of contract lines the actor sees."""
        return self.filter(
            within("estate__office__path", actor.office_paths()) | models.Q(line__in=ContractLine.objects.for_actor(actor))
        )


class SurveyScore(Record):
    """The answers of one round about one service at one estate, summed up.

    `score_sum` is the sum of all answers on a scale of 0 to 100 each, so sums of several rounds add up.
    `day` is the last day of the round, by which it is counted; `line` the contract line that delivered on that day, empty if
    there was none. Single answers, if kept, belong into a table beside it.
    """

    CODE_PREFIX: ClassVar[str] = "SU"

    estate = models.ForeignKey("estates.Estate", models.PROTECT, related_name="survey_scores", verbose_name=_("Estate"))
    line = models.ForeignKey(ContractLine, models.PROTECT, null=True, blank=True, related_name="survey_scores", db_index=False)
    service_line = models.CharField(_("Service line"), max_length=24)
    day = models.DateField(_("Last day of the round"))
    method = models.CharField(_("Method"), max_length=12, choices=SurveyMethod)
    invited = models.PositiveIntegerField(_("People asked"), null=True, blank=True)
    respondents = models.PositiveIntegerField(_("Valid answers"))
    score_sum = models.DecimalField(_("Sum of the scores"), max_digits=12, decimal_places=2)
    source = models.CharField(_("Source"), max_length=120, blank=True)

    objects = SurveyScoreQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["estate", "service_line", "day", "method"], name="survey_score_unique"),
            models.CheckConstraint(
                condition=models.Q(score_sum__gte=0, score_sum__lte=models.F("respondents") * 100), name="survey_score_in_range"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["line", "day"], name="survey_score_line_day")]

    def audit_scope(self) -> str:
        return self.estate.audit_scope()

    def permission_paths(self) -> tuple[str, ...]:
        return (self.estate.office.path,)

from typing import ClassVar

from django.db import models


class Fact(models.Model):
    """One metric of one contract line on one day: additive, so any period and any roll-up is a sum.

    Derived from the evidence and never edited; deleting a rectangle of (lines × days) and writing it again is
    always allowed. The key order (line, day, metric) serves the close of a period.
    """

    line = models.ForeignKey("contracts.ContractLine", models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    metric = models.CharField(max_length=64)
    numerator = models.DecimalField(max_digits=14, decimal_places=2)
    denominator = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "day", "metric"], name="fact_unique")]

    def __str__(self) -> str:
        return f"{self.metric} {self.line_id} {self.day}"


class DirtyPair(models.Model):
    """A (line, day) whose evidence changed since its facts were made (`is_refreshed` false) or its card scored.

    Announcers only ever insert, several times for one pair if need be. A refresh flags the rows it can see before it
    reads the evidence, a scoring removes the flagged rows it can see before it reads the facts: a mark that commits
    meanwhile is untouched and counts for the next time.
    """

    line = models.ForeignKey("contracts.ContractLine", models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    is_refreshed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["line", "day"], name="dirty_pair_line_day")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.day}"

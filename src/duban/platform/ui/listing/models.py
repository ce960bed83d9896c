from typing import ClassVar

from django.db import models

MOST_PER_LIST = 30
TITLE_LENGTH = 60
QUERY_LENGTH = 2000


class SavedView(models.Model):
    """Search, filters and order of one list, kept by one person under a name of their own."""

    person = models.ForeignKey("orgs.Person", models.CASCADE, related_name="saved_views")
    listing = models.CharField(max_length=80)
    title = models.CharField(max_length=TITLE_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "platform"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "listing", "title"], name="saved_view_title_unique"),
        ]

    def __str__(self) -> str:
        return self.title

"""Files: the bytes once, and what they hang on."""

from typing import ClassVar

from django.db import models


class StoredFile(models.Model):
    """The bytes of one file, once, whoever attached them. The original is never changed: it is evidence."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")


class Attachment(models.Model):
    """A stored file hung on a record of any kind, under the name its bringer gave it."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    name = models.CharField(max_length=160)
    note = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey("orgs.Person", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["target_type", "target_id"], name="attachment_target")]

    def __str__(self) -> str:
        return self.name

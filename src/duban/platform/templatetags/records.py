"""What every record page may show of the platform: its conversation, its history, its files."""

from typing import Any

from django import template
from django.db import models

from duban.platform.audit.selectors import timeline_of
from duban.platform.conversations.selectors import conversation_url
from duban.platform.files.models import StoredFile
from duban.platform.files.selectors import attachment_views, attachments_of, file_url

register = template.Library()


@register.inclusion_tag("platform/conversation_loader.html")
def conversation_of(record: models.Model) -> dict[str, Any]:
    return {"url": conversation_url(record)}


@register.inclusion_tag("platform/history.html")
def history_of(record: models.Model) -> dict[str, Any]:
    return {"entries": timeline_of(record)}


@register.inclusion_tag("platform/attachments.html")
def files_of(record: models.Model) -> dict[str, Any]:
    return {"attachments": attachment_views(list(attachments_of(record)))}


@register.simple_tag
def file_of(record: models.Model, file: StoredFile, variant: str = "") -> str:
    return file_url(record, file, variant=variant)

"""Where Django looks for the models of the platform's parts."""

from duban.platform.audit.models import AuditEntry, AuditHead
from duban.platform.files.models import Attachment, StoredFile
from duban.platform.records import CodeSequence

__all__ = ["Attachment", "AuditEntry", "AuditHead", "CodeSequence", "StoredFile"]

"""Where Django looks for the models of the platform's parts."""

from duban.platform.audit.models import AuditEntry, AuditHead
from duban.platform.conversations.models import Conversation, ConversationMessage
from duban.platform.files.models import Attachment, StoredFile
from duban.platform.imports.models import ImportRun
from duban.platform.notices.models import Notice, NoticePreference
from duban.platform.parameters.models import DatedParameter
from duban.platform.records import CodeSequence
from duban.platform.sync.models import EarlyEnvelope, Envelope, NeededFile, Upload
from duban.platform.tokens.models import ApiToken
from duban.platform.trust.models import PhotoPrint, PhotoUse, TrustMark, TrustReview
from duban.platform.ui.listing.models import SavedView
from duban.platform.worker.models import ScheduledRun, WorkerHeartbeat

__all__ = [
    "ApiToken",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "CodeSequence",
    "Conversation",
    "ConversationMessage",
    "DatedParameter",
    "EarlyEnvelope",
    "Envelope",
    "ImportRun",
    "NeededFile",
    "Notice",
    "NoticePreference",
    "PhotoPrint",
    "PhotoUse",
    "SavedView",
    "ScheduledRun",
    "StoredFile",
    "TrustMark",
    "TrustReview",
    "Upload",
    "WorkerHeartbeat",
]

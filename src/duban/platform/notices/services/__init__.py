"""Writes of the notices: telling, reading, choosing, mailing."""

from duban.platform.notices.services.mailing import send_digests, send_mails
from duban.platform.notices.services.telling import choose_deliveries, mark_read, notify

__all__ = ["choose_deliveries", "mark_read", "notify", "send_digests", "send_mails"]

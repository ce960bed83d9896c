"""Writes of the phone's inbox."""

from duban.platform.sync.services.applying import rename_record
from duban.platform.sync.services.receiving import receive_envelopes
from duban.platform.sync.services.uploads import WrongOffset, forget_uploads, take_chunk
from duban.platform.sync.services.waking import wake, wake_envelopes, wake_for_file

__all__ = [
    "WrongOffset",
    "forget_uploads",
    "receive_envelopes",
    "rename_record",
    "take_chunk",
    "wake",
    "wake_envelopes",
    "wake_for_file",
]

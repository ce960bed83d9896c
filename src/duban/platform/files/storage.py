"""Where the bytes lie. The local disk today; another store needs only these four functions."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

DEFAULT_STORE = "duban.platform.files.storage.LocalStore"


class FileStore(Protocol):
    """Bytes by key. Keys are relative paths with slashes; what is kept under a key never changes."""

    def workspace(self) -> Path:
        """A folder for temporary files from which `keep` is cheap."""

    def keep(self, source: Path, key: str) -> None:
        """Move the file to the key, at once or not at all; a key that is taken stays as it is."""

    def open(self, key: str) -> BinaryIO:
        """Open for reading; `FileNotFoundError` if there is nothing."""

    def holds(self, key: str) -> bool:
        """Whether the key is taken."""


class LocalStore:
    """Files below `MEDIA_ROOT`."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = Path(root or settings.MEDIA_ROOT)

    def workspace(self) -> Path:
        """A folder on the same disk, so that keeping is a rename."""
        folder = self.root / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def keep(self, source: Path, key: str) -> None:
        """Flush to the disk, then rename: after a crash the file is whole or absent."""
        target = self.root / key
        if target.exists():
            source.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as file:
            os.fsync(file.fileno())
        source.chmod(0o440)
        source.replace(target)

    def open(self, key: str) -> BinaryIO:
        """The file, unbuffered copies left to the caller."""
        return (self.root / key).open("rb")

    def holds(self, key: str) -> bool:
        """Whether the file is there."""
        return (self.root / key).exists()


@cache
def _store(path: str, _root: str) -> FileStore:
    return cast("FileStore", import_string(path)())


def file_store() -> FileStore:
    """The store that the setting `DUBAN_FILE_STORE` names."""
    return _store(getattr(settings, "DUBAN_FILE_STORE", DEFAULT_STORE), str(settings.MEDIA_ROOT))


def original_key(sha256: str) -> str:
    """Key of the untouched bytes: `ab/cd/<sha256>`."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def display_key(sha256: str, variant: str, ending: str = "") -> str:
    """Key of a re-encoded copy for display; `ending` tells copies of one picture apart that show different things."""
    name = f"{sha256}-{ending}" if ending else sha256
    return f"display/{variant}/{sha256[:2]}/{name}.jpg"


def temporary_file(store: FileStore) -> Path:
    """An empty file in the store's workspace."""
    descriptor, path = tempfile.mkstemp(dir=store.workspace())
    os.close(descriptor)
    return Path(path)


def is_writable() -> bool:
    """Whether a new file could be kept now (for the readiness check)."""
    try:
        temporary_file(file_store()).unlink()
    except OSError:
        return False
    return shutil.disk_usage(file_store().workspace()).free > 50 * 1024 * 1024

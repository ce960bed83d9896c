"""What a file is, told by its content. The name and what the browser claims count for nothing but CSV."""

import warnings
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import puremagic
from PIL import Image, UnidentifiedImageError

from duban.kernel.errors import FieldError, Invalid
from duban.kernel.text import mark

HEAD_BYTES = 8192
MOST_PIXELS = 64_000_000
"""A picture of more pixels than this is refused: unpacked it would take more than 250 MB."""


class FileKind(StrEnum):
    """Families of files a place may accept."""

    IMAGE = "image"
    PDF = "pdf"
    SHEET = "sheet"
    DOCUMENT = "document"
    ARCHIVE = "archive"


EVERY_KIND = tuple(FileKind)

MEDIA_TYPES: dict[str, FileKind] = {
    "image/jpeg": FileKind.IMAGE,
    "image/png": FileKind.IMAGE,
    "image/webp": FileKind.IMAGE,
    "application/pdf": FileKind.PDF,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": FileKind.SHEET,
    "text/csv": FileKind.SHEET,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileKind.DOCUMENT,
    "application/zip": FileKind.ARCHIVE,
}
PARTS = {
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Sniffed:
    """What the content turned out to be; size in pixels for pictures."""

    media_type: str
    width: int | None = None
    height: int | None = None


def sniff(path: Path, *, name: str, kinds: tuple[FileKind, ...] = EVERY_KIND) -> Sniffed:
    """Tell what the file is; `Invalid` if it is nothing we take, or a picture that does not decode."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise _refused(mark("The file “{name}” is empty."), name)
    media_type = _media_type(path, head, name)
    kind = MEDIA_TYPES.get(media_type)
    if kind is None or kind not in kinds:
        raise _refused(mark("“{name}” is not a kind of file that is accepted here."), name)
    return _decoded(path, media_type, name) if kind is FileKind.IMAGE else Sniffed(media_type)


def _media_type(path: Path, head: bytes, name: str) -> str:
    if head.startswith(b"PK\x03\x04"):
        return _package_type(path, name)
    try:
        guesses = [str(match.mime_type) for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        guesses = []
    known = [guess for guess in guesses if guess in MEDIA_TYPES]
    if known:
        return known[0]
    return "text/csv" if name.lower().endswith(".csv") and _is_text(head) else ""


def _package_type(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile as error:
        raise _refused(mark("The file “{name}” is damaged."), name) from error
    return next((media_type for part, media_type in PARTS.items() if part in names), "application/zip")


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    # The head may end in the middle of a character, so the last bytes do not count.
    return any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    for cut in range(4):
        try:
            head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _decoded(path: Path, media_type: str, name: str) -> Sniffed:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise _refused(mark("The picture “{name}” has too many pixels."), name)
                picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused(mark("The picture “{name}” is damaged and cannot be shown."), name) from error
    return Sniffed(media_type, width, height)


def _refused(message: str, name: str) -> Invalid:
    return Invalid(message, errors=(FieldError("file", message, {"name": name}),), name=name)

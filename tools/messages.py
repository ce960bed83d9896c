"""Collect the texts people read, keep their translations, and compile them. Needs no GNU gettext.

    tools/messages.py                 collect, merge, compile: every app
    tools/messages.py estates vendors only these apps
    tools/messages.py --compile       only compile what is written
    tools/messages.py --check         change nothing; fail if a file would change or a translation is missing

Each app keeps its texts in `<app>/locale/zh_Hans/LC_MESSAGES/django.po`; those of the kernel stand with the platform's.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "duban"
LOCALE = "zh_Hans"
SHARED_HOME = {"kernel": "platform"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "mark": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
VOLATILE = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid)', re.MULTILINE
)
PERCENT_PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]")
BRACE_PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")


def main() -> int:
    """Run the command; the exit code says whether the check passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("apps", nargs="*", help="only these apps")
    parser.add_argument("--compile", action="store_true", help="only compile")
    parser.add_argument("--check", action="store_true", help="change nothing, fail on stale or missing texts")
    options = parser.parse_args()
    if not settings.configured:
        settings.configure()
    apps = options.apps or app_names()
    if options.compile:
        return sum(compile_catalog(po_path(app)) for app in apps)
    faults = [fault for app in apps for fault in refresh(app, writes=not options.check)]
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if options.check and faults else 0


def app_names() -> list[str]:
    """Every package of the project that keeps its own texts."""
    return sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists() and path.name not in SHARED_HOME)


def po_path(app: str) -> Path:
    """Where the texts of one app stand."""
    return SOURCE / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def refresh(app: str, *, writes: bool) -> list[str]:
    """Bring one app's file up to date (or only say that it is not) and return what is wrong with it."""
    path = po_path(app)
    catalog = merged(collect(app), path)
    if not catalog:
        return []
    text = rendered(catalog)
    stale = not path.exists() or path.read_text(encoding="utf-8") != text
    if stale and writes:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if writes:
        compile_catalog(path)
    return ([f"{app}: texts are stale, run tools/messages.py"] if stale and not writes else []) + faults_of(app, catalog)


def collect(app: str) -> Catalog:
    """All texts of one app, as found in its Python and its templates."""
    catalog = Catalog(locale=LOCALE, fuzzy=False)
    homes = [app, *(guest for guest, home in SHARED_HOME.items() if home == app)]
    for home in homes:
        for path in sorted((SOURCE / home).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                place = path.relative_to(SOURCE).as_posix()
                for message, context in messages_of(path):
                    catalog.add(message, locations=[(place, 1)], context=context)
    return catalog


def messages_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Texts of one file with their contexts."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        pseudo = templatize(text, origin=str(path))
        text = "\n".join(line.strip() for line in pseudo.splitlines())
    found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for _line, message, _comments, context in found:
        if message:
            yield message, context


def merged(fresh: Catalog, path: Path) -> Catalog:
    """The fresh texts with the translations that were written before; texts that went away wait as obsolete ones."""
    if not path.exists():
        return fresh
    with path.open("rb") as file:
        old = read_po(file, locale=LOCALE)
    known = {(message.id, message.context): message for message in [*old, *old.obsolete.values()] if message.id}
    for message in fresh:
        before = known.pop((message.id, message.context), None) if message.id else None
        if before is not None:
            message.string = before.string
    for gone in known.values():
        if any(translations(gone)):
            fresh.obsolete[gone.id if isinstance(gone.id, str) else gone.id[0]] = gone
    return fresh


def rendered(catalog: Catalog) -> str:
    """The file's text, without dates and line numbers, so that it changes only with its content."""
    for message in catalog:
        message.locations = sorted({(place, 0) for place, _line in message.locations})
    buffer = io.BytesIO()
    catalog.header_comment = "# Chinese texts of Duban."
    write_po(buffer, catalog, width=128, sort_output=True, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not VOLATILE.match(line) and not line.startswith('"Project-Id'))


def compile_catalog(path: Path) -> int:
    """Write the compiled file beside the source; returns 0 for the sake of the command's exit code."""
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=LOCALE)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
    return 0


def faults_of(app: str, catalog: Catalog) -> list[str]:
    """Missing, fuzzy and wrongly filled translations of one app."""
    faults = []
    for message in catalog:
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[0]
        texts = translations(message)
        if not texts or not all(texts):
            faults.append(f"{app}: no translation of {source!r}")
        elif message.fuzzy:
            faults.append(f"{app}: unsure translation of {source!r}")
        elif any(placeholders(text) - placeholders(*ids(message)) for text in texts):
            faults.append(f"{app}: other placeholders in the translation of {source!r}")
        elif placeholders(*ids(message)) - placeholders(*texts) and isinstance(message.id, str):
            faults.append(f"{app}: a placeholder is lost in the translation of {source!r}")
    return faults


def ids(message: Message) -> tuple[str, ...]:
    """Source texts of a message: one, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """Translated texts of a message, empty strings where none is given."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def placeholders(*texts: str) -> set[str]:
    """Names to be filled in, in both notations."""
    return {name for text in texts for pattern in (PERCENT_PLACEHOLDER, BRACE_PLACEHOLDER) for name in pattern.findall(text)}


if __name__ == "__main__":
    sys.exit(main())

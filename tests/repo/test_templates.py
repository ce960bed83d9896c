"""Templates carry neither style nor script; shared pieces say what they take; texts are translated."""

import re

from tests.repo.source import SOURCE, assert_only_known, place, templates, text_of

INLINE = re.compile(
    r"\sstyle\s*=|<style\b|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\son\w+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}|<[^>]*>|&\w+;", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]+")
SAMPLES = {"styleguide.html", "language_switch.html"}
NAMES = {"Duban", "CNY", "PDF", "Excel", "CSV", "API", "督办", "SHA"}


def test_no_inline_style_or_script():
    wrong = [place(path) for path in templates() if INLINE.search(COMMENT.sub("", text_of(path)))]
    assert wrong == []


def test_shared_pieces_open_with_a_comment():
    pieces = [path for path in templates() if path.parent == SOURCE / "platform" / "ui" / "templates" / "ui"]
    assert pieces
    assert [place(path) for path in pieces if not text_of(path).lstrip().startswith(("{#", "{% comment", "{% extends"))] == []


def test_texts_are_translated():
    wrong = []
    for path in templates():
        if path.name in SAMPLES:
            continue
        bare = TAG.sub(" ", TRANSLATED.sub(" ", COMMENT.sub(" ", text_of(path))))
        words = set(WORD.findall(bare)) - NAMES
        if words:
            wrong.append(f"{place(path)}: {' '.join(sorted(words))[:80]}")
    assert_only_known(wrong, "untranslated_templates")

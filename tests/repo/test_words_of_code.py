"""Names in the code that people get to see: actions of the trail have words, symbols are drawn."""

import re

import pytest
from django.apps import apps

from duban.platform.audit.wording import ACTIONS
from tests.repo.source import ROOT, place, python_files, templates, text_of

ACTION = re.compile(r'\baction="([a-z_]+)"')
SYMBOL = re.compile(r"""\bsymbol="([a-z-]+)"|{% icon ["']([a-z-]+)["']""")
DRAWN = re.compile(r'<symbol id="([a-z-]+)"')


@pytest.fixture(scope="module")
def moves():
    tables = (getattr(model, "STATES", None) for model in apps.get_models())
    return {move.name for table in tables if table is not None for move in table.moves}


def test_every_action_of_the_trail_has_words(moves):
    used = {(place(path), name) for path in python_files() for name in ACTION.findall(text_of(path))}
    assert len(used) > len(ACTIONS)
    assert sorted((where, name) for where, name in used if name not in ACTIONS and name not in moves) == []


def test_every_symbol_is_drawn():
    drawn = set(DRAWN.findall((ROOT / "frontend/src/office/icons.svg").read_text(encoding="utf-8")))
    files = (*python_files(), *templates())
    used = {(place(path), one or two) for path in files for one, two in SYMBOL.findall(text_of(path))}
    assert len(used) > len(drawn)
    assert sorted((where, name) for where, name in used if name not in drawn) == []

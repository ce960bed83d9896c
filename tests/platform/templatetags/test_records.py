import io

import pytest
from django.template import Context, Template
from PIL import Image

from duban.platform.files.services import attach, store_file


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def render(text, **context):
    return Template("{% load records %}" + text).render(Context(context))


def test_conversation_is_loaded_later(world):
    html = render("{% conversation_of unit %}", unit=world.ours.project)
    assert 'hx-get="/conversations/' in html
    assert 'hx-trigger="load"' in html


def test_files_and_history(world, actor):
    target = io.BytesIO()
    Image.new("RGB", (4, 4)).save(target, "PNG")
    file = store_file(actor=actor("finance"), source=target.getvalue(), name="a.png")
    assert "No files." in render("{% files_of unit %}", unit=world.ours.project)
    attach(actor=actor("finance"), target=world.ours.project, file=file, name="门口.png")
    assert "门口.png" in render("{% files_of unit %}", unit=world.ours.project)
    assert "attached a file" in render("{% history_of unit %}", unit=world.ours.project)
    assert render('{% file_of unit file "thumb" %}', unit=world.ours.project, file=file).endswith("/thumb/")

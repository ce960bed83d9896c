import json
import logging

import pytest
import structlog

from duban.platform.logging import configure_logging, without_personal_data


@pytest.fixture(autouse=True)
def _restored():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("django", "django.request", "django_tasks")}
    yield
    root.handlers[:], root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def test_personal_data_is_blanked():
    event = {"event": "x", "Email": "a@b.c", "username": "li.na", "count": 3}
    assert without_personal_data(None, "info", event) == {"event": "x", "Email": "…", "username": "…", "count": 3}


def test_json_lines_carry_the_request_id(capsys):
    configure_logging("json")
    structlog.contextvars.bind_contextvars(request_id="r-1")
    structlog.get_logger("duban.test").info("closed", cards=3, email="a@b.c")
    line = json.loads(capsys.readouterr().err)
    assert {key: line[key] for key in ("event", "cards", "request_id", "level", "logger", "email")} == {
        "event": "closed",
        "cards": 3,
        "request_id": "r-1",
        "level": "info",
        "logger": "duban.test",
        "email": "…",
    }


def test_lines_of_libraries_take_the_same_way(capsys):
    configure_logging("json")
    logging.getLogger("some.library").warning("slow")
    assert json.loads(capsys.readouterr().err)["event"] == "slow"


def test_console_is_plain_text(capsys):
    configure_logging("console")
    structlog.get_logger("duban.test").info("closed", cards=3)
    assert "closed" in capsys.readouterr().err

"""Structured logs: one line per event, with the request id, without personal data."""

import logging
import logging.config
from collections.abc import MutableMapping
from typing import Any

import structlog

PERSONAL = frozenset(
    {"password", "token", "phone", "email", "name", "username", "address", "session", "cookie", "authorization"}
)
"""Keys whose values never reach a log, whoever binds them."""


def without_personal_data(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank values under personal keys."""
    for key in event:
        if key.lower() in PERSONAL:
            event[key] = "…"
    return event


def configure_logging(log_format: str, *, level: str = "INFO") -> None:
    """Send our own and the libraries' logs through one pipe to stderr, as `console` or `json`."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_personal_data,
    ]
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"structured": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                "django": {"level": "WARNING"},
                "django.request": {"level": "ERROR"},
                "django_tasks": {"level": "WARNING"},
            },
        }
    )

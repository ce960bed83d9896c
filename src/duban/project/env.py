"""The environment, read once, typed, refused at start with the variable's name if it makes no sense."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

SHORTEST_KEY = 32
Value = TypeVar("Value")


class WrongEnvironment(Exception):
    """A variable is missing or wrong; the message starts with its name."""


@dataclass(frozen=True)
class Env:
    """Everything Duban takes from the environment. Names are the field names in capitals with `DUBAN_` before them."""

    data_dir: Path
    database_url: str
    secret_key: str
    is_debug: bool
    is_demo: bool
    allowed_hosts: tuple[str, ...]
    trusted_origins: tuple[str, ...]
    is_https: bool
    time_zone: str
    mail_url: str
    base_url: str
    log_format: str
    upload_limit_mb: int
    import_limit_mb: int
    import_row_limit: int
    export_row_limit: int


MEANINGS = {
    "DATABASE_URL": "PostgreSQL as postgresql://user:password@host:port/name; empty is SQLite in the data folder",
    "DUBAN_DATA_DIR": "folder of the SQLite database, the files and the secret key",
    "DUBAN_SECRET_KEY": "secret behind sessions and sealed values, 32 characters or more; empty makes one in the data folder",
    "DUBAN_DEBUG": "pages of errors for developers; never where others can reach it",
    "DUBAN_DEMO": "accounts stand on the sign-in page and `/_ui/` shows the components",
    "DUBAN_ALLOWED_HOSTS": "names under which the server may be called, with commas",
    "DUBAN_TRUSTED_ORIGINS": "origins from which forms may come, with commas, as https://duban.example",
    "DUBAN_HTTPS": "only encrypted connections: redirect, secure cookies, HSTS; the proxy sends X-Forwarded-Proto",
    "DUBAN_TIME_ZONE": "time zone of days, months and everything shown",
    "DUBAN_MAIL_URL": "where mail is handed in, as smtps://user:password@host:465; empty sends none",
    "DUBAN_BASE_URL": "address of the installation for links in mails, as https://duban.example; empty leaves them out",
    "DUBAN_LOG_FORMAT": "console for people, json for machines",
    "DUBAN_UPLOAD_LIMIT_MB": "largest file that may be attached, in MB",
    "DUBAN_IMPORT_LIMIT_MB": "largest ledger that may be imported, in MB",
    "DUBAN_IMPORT_ROW_LIMIT": "most rows of one ledger",
    "DUBAN_EXPORT_ROW_LIMIT": "most rows of a list that are exported at once",
}
"""What each variable means, for the reference."""


def read_env(source: Mapping[str, str] = os.environ) -> Env:
    """Build the `Env`; raise `WrongEnvironment` naming the variable that is wrong."""
    data_dir = Path(source.get("DUBAN_DATA_DIR") or "data").expanduser().resolve()
    is_debug = _flag(source, "DUBAN_DEBUG", default=False)
    return Env(
        data_dir=data_dir,
        database_url=_database_url(source),
        secret_key=_secret_key(source, data_dir),
        is_debug=is_debug,
        is_demo=_flag(source, "DUBAN_DEMO", default=False),
        allowed_hosts=_names(source, "DUBAN_ALLOWED_HOSTS", default="127.0.0.1,localhost,[::1]"),
        trusted_origins=_names(source, "DUBAN_TRUSTED_ORIGINS", default=""),
        is_https=_flag(source, "DUBAN_HTTPS", default=False),
        time_zone=source.get("DUBAN_TIME_ZONE") or "Asia/Shanghai",
        mail_url=source.get("DUBAN_MAIL_URL") or "",
        base_url=_base_url(source),
        log_format=_choice(source, "DUBAN_LOG_FORMAT", ("console", "json"), default="console"),
        upload_limit_mb=_parsed(source, "DUBAN_UPLOAD_LIMIT_MB", int, default=20),
        import_limit_mb=_parsed(source, "DUBAN_IMPORT_LIMIT_MB", int, default=200),
        import_row_limit=_parsed(source, "DUBAN_IMPORT_ROW_LIMIT", int, default=300_000),
        export_row_limit=_parsed(source, "DUBAN_EXPORT_ROW_LIMIT", int, default=100_000),
    )


def _database_url(source: Mapping[str, str]) -> str:
    url = source.get("DATABASE_URL", "")
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise WrongEnvironment("DATABASE_URL must start with postgresql:// (leave it empty for SQLite in the data folder)")
    return url


def _base_url(source: Mapping[str, str]) -> str:
    url = source.get("DUBAN_BASE_URL", "").strip().rstrip("/")
    if url and not url.startswith(("https://", "http://")):
        raise WrongEnvironment("DUBAN_BASE_URL must start with https:// or http://")
    return url


def _secret_key(source: Mapping[str, str], data_dir: Path) -> str:
    given = source.get("DUBAN_SECRET_KEY", "")
    if given and len(given) < SHORTEST_KEY:
        raise WrongEnvironment(f"DUBAN_SECRET_KEY must have at least {SHORTEST_KEY} characters")
    return given or _kept_key(data_dir / "secret_key")


def _kept_key(path: Path) -> str:
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(48)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key


def _flag(source: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = source.get(name, "").strip().lower()
    if text in {"1", "true", "yes", "on"}:
        return True
    if text in {"0", "false", "no", "off"}:
        return False
    if text:
        raise WrongEnvironment(f"{name} must be yes or no, not {text!r}")
    return default


def _choice(source: Mapping[str, str], name: str, choices: tuple[str, ...], *, default: str) -> str:
    text = source.get(name, "") or default
    if text not in choices:
        raise WrongEnvironment(f"{name} must be one of {', '.join(choices)}, not {text!r}")
    return text


def _names(source: Mapping[str, str], name: str, *, default: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in source.get(name, default).split(",") if part.strip())


def _parsed(source: Mapping[str, str], name: str, parse: Callable[[str], Value], *, default: Value) -> Value:
    text = source.get(name, "").strip()
    try:
        return parse(text) if text else default
    except ValueError as error:
        raise WrongEnvironment(f"{name} is not valid: {text!r}") from error

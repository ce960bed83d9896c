from pathlib import Path

import pytest

from duban.project.env import WrongEnvironment, read_env

KEY = "k" * 32


def test_defaults_are_secure_and_local(tmp_path):
    env = read_env({"DUBAN_DATA_DIR": str(tmp_path), "DUBAN_SECRET_KEY": KEY})
    assert (env.data_dir, env.database_url, env.is_debug, env.is_demo, env.is_https) == (tmp_path, "", False, False, False)
    assert env.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")
    assert (env.time_zone, env.log_format, env.upload_limit_mb, env.import_limit_mb) == ("Asia/Shanghai", "console", 20, 200)


def test_values_are_read(tmp_path):
    env = read_env(
        {
            "DUBAN_DATA_DIR": str(tmp_path),
            "DUBAN_SECRET_KEY": KEY,
            "DATABASE_URL": "postgresql://duban@db/duban",
            "DUBAN_DEBUG": "yes",
            "DUBAN_DEMO": "on",
            "DUBAN_HTTPS": "1",
            "DUBAN_ALLOWED_HOSTS": "duban.example, www.duban.example",
            "DUBAN_UPLOAD_LIMIT_MB": "5",
            "DUBAN_LOG_FORMAT": "json",
        }
    )
    assert (env.is_debug, env.is_demo, env.is_https) == (True, True, True)
    assert env.allowed_hosts == ("duban.example", "www.duban.example")
    assert (env.database_url, env.upload_limit_mb, env.log_format) == ("postgresql://duban@db/duban", 5, "json")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db/duban"),
        ("DUBAN_SECRET_KEY", "too short"),
        ("DUBAN_DEBUG", "perhaps"),
        ("DUBAN_UPLOAD_LIMIT_MB", "many"),
        ("DUBAN_LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(tmp_path, name, value):
    source = {"DUBAN_DATA_DIR": str(tmp_path), "DUBAN_SECRET_KEY": KEY, name: value}
    with pytest.raises(WrongEnvironment) as refused:
        read_env(source)
    assert str(refused.value).startswith(name)


def test_a_secret_key_is_made_once_and_kept(tmp_path):
    first = read_env({"DUBAN_DATA_DIR": str(tmp_path)}).secret_key
    assert read_env({"DUBAN_DATA_DIR": str(tmp_path)}).secret_key == first
    assert len(first) >= 32
    assert (Path(tmp_path) / "secret_key").stat().st_mode & 0o777 == 0o600

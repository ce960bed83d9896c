"""The product's settings with what tests need different: a throw-away data folder, cheap passwords, plain static files.

`DUBAN_TEST_ENGINE=postgresql` runs the suite on a PostgreSQL of its own, started here once for all test processes.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "DUBAN_TEST_DATA" not in os.environ:
    os.environ["DUBAN_TEST_DATA"] = tempfile.mkdtemp(prefix="duban-test-")
    atexit.register(shutil.rmtree, os.environ["DUBAN_TEST_DATA"], ignore_errors=True)
os.environ["DUBAN_DATA_DIR"] = os.environ["DUBAN_TEST_DATA"]
(Path(os.environ["DUBAN_TEST_DATA"]) / "static").mkdir(exist_ok=True)
os.environ.setdefault("DUBAN_SECRET_KEY", "a secret of the tests and of nobody else")

if os.environ.get("DUBAN_TEST_ENGINE") == "postgresql" and not os.environ.get("DATABASE_URL"):
    from tests.postgres import start_server

    os.environ["DATABASE_URL"] = start_server()

from duban.project.settings import *  # noqa: F403 - these are the product's settings, changed below
from duban.project.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES = {"default": {**DATABASES["default"], "CONN_MAX_AGE": 0}}

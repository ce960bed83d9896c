"""Django's settings, from one typed environment. Nobody but `project` imports this module; use `django.conf`."""

from urllib.parse import unquote, urlparse

from django.utils.translation import gettext_lazy as _

from duban.platform.logging import configure_logging
from duban.project.env import read_env

ENV = read_env()
ENV.data_dir.mkdir(parents=True, exist_ok=True)

SECRET_KEY = ENV.secret_key
DEBUG = ENV.is_debug
DUBAN_DEMO = ENV.is_demo
DUBAN_DEMO_PASSWORD = "duban-demo-2026"  # noqa: S105 - the demo accounts stand openly on the sign-in page
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENV.trusted_origins)
ROOT_URLCONF = "duban.project.urls"
WSGI_APPLICATION = "duban.project.wsgi.application"
ASGI_APPLICATION = "duban.project.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "duban.platform",
    "duban.platform.ui",
    "duban.orgs",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "duban.estates",
    "duban.vendors",
    "duban.standards",
    "duban.contracts",
    "duban.inspections",
    "duban.attendance",
    "duban.complaints",
    "duban.surveys",
    "duban.scorecards",
    "duban.settlement",
    "duban.insight",
    "duban.project",
]

MIDDLEWARE = [
    "duban.platform.requests.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "duban.platform.requests.ContentSecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "duban.orgs.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "duban.platform.requests.NotOfferedMiddleware",
    "duban.platform.requests.DomainErrorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "duban.platform.ui.context.page_frame",
            ],
            "builtins": ["duban.platform.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "duban.platform.ui.form_renderer.PlainRenderer"


def _postgresql(url: str) -> dict[str, object]:
    parts = urlparse(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "")) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": str(ENV.data_dir / "duban.sqlite3"),
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;"
        ),
    },
}

DATABASES = {"default": _postgresql(ENV.database_url) if ENV.database_url else SQLITE}

AUTH_USER_MODEL = "orgs.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "duban.orgs.sign_in.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ENV.is_debug or ENV.is_demo

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
TIME_ZONE = ENV.time_zone
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Vite has hashed and compressed its files already, so they are served from where they lie and never change.
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/"
MEDIA_ROOT = ENV.data_dir / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DUBAN_UPLOAD_LIMIT = ENV.upload_limit_mb * 1024 * 1024
DUBAN_IMPORT_LIMIT = ENV.import_limit_mb * 1024 * 1024
DUBAN_IMPORT_ROW_LIMIT = ENV.import_row_limit
DUBAN_EXPORT_ROW_LIMIT = ENV.export_row_limit
DUBAN_DATA_DIR = ENV.data_dir

LOGGING_CONFIG = None
configure_logging(ENV.log_format)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SECURE_SSL_REDIRECT = ENV.is_https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if ENV.mail_url else "django.core.mail.backends.dummy.EmailBackend"
)
_mail = urlparse(ENV.mail_url or "smtp://localhost:25")
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtps"
DEFAULT_FROM_EMAIL = "duban@localhost"

DUBAN_BASE_URL = ENV.base_url
DUBAN_LISTENERS = "duban.project.wiring.LISTENERS"
DUBAN_PERIODIC_JOBS = "duban.project.wiring.PERIODIC_JOBS"
DUBAN_EVIDENCE = "duban.project.wiring.EVIDENCE"
DUBAN_RISK_GROUNDS = "duban.project.wiring.RISK_GROUNDS"
DUBAN_OPTIONAL_METRICS = "duban.project.wiring.OPTIONAL_METRICS"
DUBAN_PANELS = "duban.project.wiring.PANELS"
DUBAN_IMPORTS = "duban.project.wiring.IMPORTS"
DUBAN_EXPORTS = "duban.project.wiring.EXPORTS"
DUBAN_SEARCH = "duban.project.wiring.SEARCH"
DUBAN_NOTICES = "duban.project.wiring.NOTICES"
DUBAN_SYNC_KINDS = "duban.project.wiring.SYNC_KINDS"
DUBAN_RECORD_PAGES = "duban.project.wiring.RECORD_PAGES"
DUBAN_PACK = "duban.project.wiring.PACK"
DUBAN_ACTORS_OF = "duban.orgs.selectors.actors_of"
DUBAN_ACTORS_NAMED = "duban.orgs.selectors.actors_named"
DUBAN_RIGHTS = "duban.project.rights.RIGHTS"
DUBAN_RIGHT_LABELS = "duban.project.rights.LABELS"
DUBAN_SETTINGS_PAGES = "duban.project.navigation.SETTINGS_PAGES"
DUBAN_NAVIGATION = "duban.project.navigation.NAVIGATION"
DUBAN_STATIONS = "duban.project.navigation.STATIONS"
DUBAN_PERSON_LINE = "duban.project.navigation.person_line"

"""Django's settings: one file, all of it told by the environment (`environment.py`)."""

from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from tavolo.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent

TAVOLO_HOME = env.home()
TAVOLO_VERSION = version("tavolo")
TAVOLO_BASE_URL = env.text("TAVOLO_BASE_URL", "http://localhost:8000").rstrip("/")
TAVOLO_EMAIL_URL = env.text("TAVOLO_EMAIL_URL", f"file://{TAVOLO_HOME / 'mail'}")
TAVOLO_TRUSTED_PROXIES = [
    p.strip() for p in env.text("TAVOLO_TRUSTED_PROXIES").split(",") if p.strip()
]

DEBUG = env.flag("TAVOLO_DEBUG")
SECRET_KEY = env.secret_key(TAVOLO_HOME / "keys")
_BASE = urlsplit(TAVOLO_BASE_URL)
ALLOWED_HOSTS = [_BASE.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
SECURE = _BASE.scheme == "https"

ROOMS = [
    "kernel",
    "journal",
    "ui",
    "search",
    "imports",
    "people",
    "territory",
    "messages",
    "documents",
    "registry",
    "portal",
    "desk",
]

INSTALLED_APPS = [
    "tavolo.config.apps.TavoloConfig",
    *(f"tavolo.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "tavolo.config.apps.FlashMessages",
    "django.contrib.staticfiles",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "tavolo.ui.middleware.RequestLog",
    "tavolo.ui.middleware.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before whatever knows sessions: under /api/ nobody has one.
    "tavolo.ui.api.surface.ApiSurface",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before whatever asks who it is: nobody is anybody yet.
    "tavolo.desk.middleware.BeginMiddleware",
    "tavolo.ui.middleware.SameOrigin",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tavolo.people.middleware.ActorMiddleware",
    "tavolo.desk.middleware.CountMiddleware",
    "tavolo.ui.middleware.Refusals",
]

ROOT_URLCONF = "tavolo.config.urls"
WSGI_APPLICATION = "tavolo.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tavolo.ui.context.layout",
            ],
        },
    },
]

# The vault's database is another one: no key and no transaction crosses (HOUSE, the vault).
VAULT_ROOMS: set[str] = {"vault", "pathways"}
DATABASES = {
    "default": env.database("DATABASE", TAVOLO_HOME / "tavolo.sqlite3"),
    "vault": env.database("VAULT", TAVOLO_HOME / "vault.sqlite3"),
}
DATABASE_OWNERS = {"default": env.owner("DATABASE"), "vault": env.owner("VAULT")}
DATABASE_ROUTERS = ["tavolo.config.databases.RoomRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.text("TAVOLO_CACHE_URL"),
    }
    if env.text("TAVOLO_CACHE_URL")
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Drawings that are made once, for every process of this machine, or of all with a shared cache.
    "drawings": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.text("TAVOLO_CACHE_URL"),
        "KEY_PREFIX": "drawings",
        "TIMEOUT": 7 * 24 * 60 * 60,
    }
    if env.text("TAVOLO_CACHE_URL")
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": TAVOLO_HOME / "cache" / "drawings",
        "TIMEOUT": 7 * 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
    # Attempts are counted where every process sees them (decision 18).
    "attempts": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["tavolo.people.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "tavolo.people.passwords.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60

# allauth does the steps of signing in; who, how often and in what words is ours (people/adapter.py).
ACCOUNT_ADAPTER = "tavolo.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = False  # a process's own counters; ours are people/attempts.py
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# SPID and CIE through a provider, or the body's own one (docs/reference/environment.md).
TAVOLO_IDENTITY_PROVIDERS = env.identity_providers()
MFA_ADAPTER = "tavolo.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = (
    "required"  # a passkey is both: what one has, and what one is or knows
)
MFA_TOTP_TOLERANCE = 1

SESSION_ENGINE = "tavolo.people.sessions"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
# Flash messages ride in the session: an anonymous visitor gets no cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TAVOLO_TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# One mechanism against forged requests: the Origin is checked (docs/decisions/0021).
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W008"]

LANGUAGE_CODE = "it"
LANGUAGES = [("it", _("Italian")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Rome"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = TAVOLO_HOME / "static"
STATICFILES_FINDERS = [
    "tavolo.ui.finders.RoomFinder",
    "tavolo.ui.finders.BootstrapItaliaFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_USE_FINDERS = DEBUG

EMAIL_BACKEND = "tavolo.messages.backend.OutboxBackend"
# Mailboxes on loopback and private addresses, and on any port.
TAVOLO_IMAP_PRIVATE = env.flag("TAVOLO_IMAP_PRIVATE")
DEFAULT_FROM_EMAIL = env.text("TAVOLO_EMAIL_FROM", f"tavolo@{_BASE.hostname or 'localhost'}")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Logs hold no address, no name and no searched word (DESIGN, operable).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "tavolo.config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "tavolo": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django_tasks_db": {"level": "WARNING"},
    },
}

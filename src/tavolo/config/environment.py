"""What the installation is told from outside: the environment, read once and typed.

Everything has a default that works on one small machine; `docs/reference/environment.md` lists all of it.
"""

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
UNREADABLE = (
    "A database address is sqlite:///path or postgresql://user:password@host:port/name; "
    "signs like # ? / @ in a password are written as %23 %3F %2F %40."
)


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    return text(name).lower() in TRUE


def home() -> Path:
    """The folder of data, files, indexes and keys (`TAVOLO_HOME`)."""
    told = text("TAVOLO_HOME")
    if told:
        return Path(told).expanduser().absolute()
    data = text("XDG_DATA_HOME") or str(Path("~/.local/share").expanduser())
    return Path(data) / "tavolo"


def secret_key(keys: Path) -> str:
    """`TAVOLO_SECRET_KEY`, or the one made at first start and kept in `TAVOLO_HOME/keys` (mode 600)."""
    told = text("TAVOLO_SECRET_KEY")
    if told:
        return told
    path = keys / "secret_key"
    if not path.exists():
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, secrets.token_urlsafe(64))
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise ImproperlyConfigured(
            f"The file {path} is empty: restore it, or delete it for a new key."
        )
    return key


def _write_once(path: Path, content: str) -> None:
    # Two processes may start at once: whoever links first wins, and both read the same key.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    with os.fdopen(handle, "w", encoding="ascii") as draft:
        draft.write(content)
        draft.flush()
        os.fsync(handle)
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()


@dataclass(frozen=True)
class DatabaseUrl:
    """`sqlite:///path` or `postgresql://user:password@host:port/name?option=value`."""

    url: str

    def settings(self) -> dict[str, Any]:
        """As Django wants it. ImproperlyConfigured for any other address, without repeating its password."""
        try:
            parts = urlsplit(self.url)
            if parts.scheme == "sqlite" and parts.path and not parts.netloc:
                return sqlite(unquote(parts.path))
            if parts.scheme in {"postgresql", "postgres"}:
                return postgresql(self.url)
        except ValueError as fault:
            raise ImproperlyConfigured(UNREADABLE) from fault
        raise ImproperlyConfigured(UNREADABLE)


def sqlite(path: str) -> dict[str, Any]:
    """WAL, immediate transactions, and triggers that also see what REPLACE deletes (decision 5)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
                "PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728;"
            ),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # A server that does not answer is said to be away before whoever waits is.
        "OPTIONS": {"connect_timeout": "10", **options},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def database(name: str, default: Path) -> dict[str, Any]:
    """The database that `TAVOLO_{name}_URL` names, or an SQLite file of ours."""
    told = text(f"TAVOLO_{name}_URL")
    return DatabaseUrl(told).settings() if told else sqlite(str(default))


def owner(name: str) -> dict[str, Any] | None:
    """The same database as its owner, for migrations (`TAVOLO_{name}_OWNER_URL`); None where one role does both."""
    told = text(f"TAVOLO_{name}_OWNER_URL")
    return DatabaseUrl(told).settings() if told else None


def identity_providers() -> list[dict[str, Any]]:
    """Those that `TAVOLO_OIDC_PROVIDERS` names, each told by its own variables (`TAVOLO_OIDC_{key}_…`).

    ImproperlyConfigured where one of them lacks what nobody can guess.
    """
    return [identity_provider(key) for key in text("TAVOLO_OIDC_PROVIDERS").lower().split()]


def identity_provider(key: str) -> dict[str, Any]:
    """Issuer, client and secret are needed; levels are what the provider calls them (`acr`)."""

    def told(part: str, default: str = "") -> str:
        return text(f"TAVOLO_OIDC_{key.upper()}_{part}", default)

    needed = {part: told(part) for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")}
    lacking = [f"TAVOLO_OIDC_{key.upper()}_{part}" for part, value in needed.items() if not value]
    if lacking:
        raise ImproperlyConfigured(f"Not set: {', '.join(lacking)}.")
    return {
        "key": key,
        "name": told("NAME", key.upper()),
        "issuer": needed["ISSUER"],
        "client_id": needed["CLIENT_ID"],
        "secret": needed["CLIENT_SECRET"],
        "scope": told("SCOPE", "openid"),
        "levels": tuple(told("LEVELS").split()),
    }

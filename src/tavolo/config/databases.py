from typing import Any

from django.conf import settings
from django.db.models import Model


class RoomRouter:
    """Sends the sealed rooms to the vault's database and all others to the first; no relation crosses."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        return database_of(model._meta.app_label)

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        return database_of(model._meta.app_label)

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        return database_of(one._meta.app_label) == database_of(other._meta.app_label)

    def allow_migrate(self, database: str, app_label: str, **_hints: Any) -> bool:
        return database == database_of(app_label)


def database_of(app_label: str) -> str:
    return "vault" if app_label in settings.VAULT_ROOMS else "default"

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from tavolo.journal.choices import APPEND_ONLY


class JournalConfig(AppConfig):
    name = "tavolo.journal"
    label = "journal"
    # On these the application's role may read and insert (config.databases grants it).
    append_only = APPEND_ONLY

    def ready(self) -> None:
        post_migrate.connect(stand_guard, sender=self, dispatch_uid="journal.guards")


def stand_guard(*, using: str, **_kwargs: Any) -> None:
    """Put the guards up again: SQLite drops a table's triggers where a migration remakes it."""
    # Imported here: models cannot be imported while applications are being loaded.
    from tavolo.journal import guards

    if using == guards.DATABASE:
        guards.raise_guards(using)

"""One file a subject; each adds its commands to the parser."""

from django.utils.translation import gettext as _

from tavolo.config.commands import (
    accounts,
    archive,
    checking,
    database,
    demonstration,
    exports,
    imports,
    networks,
    persons,
    running,
    search,
    territory,
)

__all__ = ["COMMANDS", "_"]

COMMANDS = (
    networks.add,
    accounts.add,
    persons.add_person,
    persons.add_request,
    demonstration.add,
    running.add_serve,
    running.add_work,
    territory.add,
    search.add,
    database.add,
    checking.add,
    imports.add_import,
    imports.add_undo,
    exports.add,
    archive.add_backup,
    archive.add_restore,
)

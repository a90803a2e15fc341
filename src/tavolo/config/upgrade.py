"""Bringing the databases to this version, as their owner."""

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from tavolo.config.databases import as_owner, grant_application_role
from tavolo.journal.guards import missing_guards, raise_guards


def pending() -> list[str]:
    """The migrations that this version wants and the databases lack."""
    lacking = []
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        lacking += [f"{alias}: {migration.app_label}.{migration.name}" for migration, _back in plan]
    return lacking


def migrate() -> int:
    """Migrate every database as its owner and give the application its rights; returns how many ran."""
    with as_owner():
        lacking = pending()
        if lacking:
            for alias in connections:
                call_command("migrate", database=alias, interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
            grant_application_role()
        if missing_guards():
            raise_guards()
    return len(lacking)

"""Which tables go into the archive, with their columns, in the order of their keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import models, router

from tavolo.config.archive.columns import kind_of

# What passes (sessions, signs of life) and what migrations make again by themselves.
LEFT_OUT = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_session",
    "kernel_workerbeat",
}
# Tables without a model: Django's own list of migrations is in the manifest, attempts pass.
WITHOUT_MODEL = {"django_migrations", "kernel_attempts"}
# What an installation that nobody used yet fills by itself.
MADE_BY_ITSELF = {
    "kernel_installation",
    "kernel_schedule",
    "django_tasks_database_dbtaskresult",
}

Model = type[models.Model]


@dataclass(frozen=True)
class Table:
    """A table of one database, told without its model, as a newer version may not have it any more."""

    database: str
    name: str
    key: str
    columns: tuple[tuple[str, str], ...]

    @property
    def member(self) -> str:
        return f"tables/{self.database}/{self.name}.ndjson"


def tables() -> list[Table]:
    """Every table that is carried; whatever a table points to stands before it."""
    return [table_of(model) for model in in_key_order(carried())]


def carried() -> list[Model]:
    """The models whose rows are carried, each table once."""
    every = apps.get_models(include_auto_created=True)
    found = {
        model._meta.db_table: model
        for model in every
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    }
    return [model for table, model in found.items() if table not in LEFT_OUT]


def table_of(model: Model) -> Table:
    fields = columns_of(model)
    key = model._meta.pk
    return Table(
        str(router.db_for_read(model)),
        model._meta.db_table,
        str(key.column),
        tuple((str(field.column), kind_of(field)) for field in fields),
    )


def columns_of(model: Model) -> list["models.Field[Any, Any]"]:
    """The columns that can be written: what the database computes is left to it."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def in_key_order(found: Iterable[Model]) -> list[Model]:
    """Sorted so that keys point backwards; keys are checked at the end, so a circle does no harm."""
    known = {model._meta.db_table: model for model in found}
    before = {table: _pointed_to(model) & set(known) for table, model in known.items()}
    while True:
        try:
            return [known[table] for table in TopologicalSorter(before).static_order()]
        except CycleError as circle:
            first, second, *_rest = circle.args[1]
            before[second].discard(first)


def _pointed_to(model: Model) -> set[str]:
    targets = {
        field.related_model._meta.db_table
        for field in model._meta.local_concrete_fields
        if field.related_model is not None
    }
    return targets - {model._meta.db_table}

"""Which way each model goes: the declarations of all rooms, by model."""

from typing import Any

from django.apps import apps
from django.db import models

from tavolo.config.archive.tables import carried, in_key_order
from tavolo.kernel.models import Blob
from tavolo.kernel.plugs import Goes, Travel, travels

Model = type[models.Model]


def every_model() -> list[Model]:
    """Each model with a table of its own, ours or not."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]


def undecided() -> list[str]:
    """Models of which nobody said which way they go."""
    said = {travel.key for travel in travels}
    return sorted(model._meta.label for model in every_model() if model._meta.label not in said)


def going(*, accounts: bool) -> list[tuple[Model, Travel]]:
    """The models whose rows go, each after those that it points to."""
    said = {travel.key: travel for travel in travels if travel.goes is not Goes.STAYS}
    found = [(model, said.get(model._meta.label)) for model in in_key_order(carried())]
    return [
        (model, travel)
        for model, travel in found
        if travel is not None and (accounts or not travel.accounts)
    ]


def travel_of(model: Model) -> Travel:
    return travels.get(model._meta.label)


def fields_of(model: Model) -> list["models.Field[Any, Any]"]:
    """What is written of a row: all but the number that the database gives it."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if not field.generated and not isinstance(field, models.AutoField)
    ]


def keys_of(model: Model) -> list["models.ForeignKey[Any, Any]"]:
    return [field for field in fields_of(model) if isinstance(field, models.ForeignKey)]


def target_of(key: Any) -> Model:
    """The model to which a key leads."""
    target: Model = key.related_model
    return target


def is_shared(model: Model) -> bool:
    return travel_of(model).goes is Goes.SHARED


def is_natural(model: Model) -> bool:
    """Whether its rows are known by their key itself: contents are, by their digest."""
    return model is Blob

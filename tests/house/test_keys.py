"""Foreign keys are imports too: they point downward, and none crosses between databases."""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from tavolo.config.databases import database_of
from tavolo.kernel.models import Network
from tavolo.people.models import Person

# From the bottom row upwards; rooms on one row never point at each other (HOUSE, rooms stacked).
ROWS = (
    ("kernel",),
    ("journal", "ui", "search"),
    ("imports",),
    ("people", "territory"),
    ("messages", "vault"),
    ("documents",),
    ("registry",),
    ("observatory",),
    ("protocols", "directory"),
    ("tables",),
    ("planning",),
    ("funding", "outreach", "workplace"),
    ("portal", "pathways", "federation", "desk"),
)
ROW = {room: number for number, row in enumerate(ROWS) for room in row}

Key = models.ForeignKey | models.ManyToManyField


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("tavolo.")]


def keys_of(model: type[models.Model]) -> list[Key]:
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return [field for field in fields if isinstance(field, Key)]


def faults(rooms: Iterable[type[models.Model]]) -> list[str]:
    """What is wrong with the keys of these models, one sentence each."""
    return [
        f"{model._meta.label}.{field.name} {fault}"
        for model in rooms
        for field in keys_of(model)
        for fault in faults_of(field)
    ]


def faults_of(field: Key) -> list[str]:
    here, there = field.model._meta.app_label, field.related_model._meta.app_label
    found = []
    if database_of(here) != database_of(there):
        found.append("crosses to another database")
    if here == there or there not in ROW:
        return found
    if ROW[there] >= ROW[here]:
        found.append("points upward or sideways")
    if field.remote_field.related_name != "+":
        found.append('has no related_name="+"')
    return found


def test_every_room_has_its_row() -> None:
    assert {room for room in settings.ROOMS if room not in ROW} == set()


def test_keys_between_rooms_point_downward() -> None:
    assert faults(our_models()) == []


def planted(label: str, **keys: models.ForeignKey) -> type[models.Model]:
    """A model that is nowhere but in the test that asks for it."""
    with isolate_apps("tavolo.search"):
        meta = type("Meta", (), {"app_label": label})
        return type("Planted", (models.Model,), {"__module__": __name__, "Meta": meta, **keys})


def test_a_planted_upward_key_is_found() -> None:
    upward = models.ForeignKey(Person, models.CASCADE, related_name="+")
    assert faults([planted("search", upward=upward)]) == [
        "search.Planted.upward points upward or sideways"
    ]


def test_a_planted_way_back_is_found() -> None:
    named = models.ForeignKey(Network, models.CASCADE, related_name="planted_by_a_test")
    assert faults([planted("search", named=named)]) == [
        'search.Planted.named has no related_name="+"'
    ]


def test_a_planted_key_into_the_vault_is_found() -> None:
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    assert faults([planted("pathways", person=person)]) == [
        "pathways.Planted.person crosses to another database"
    ]

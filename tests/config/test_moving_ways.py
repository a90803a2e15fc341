"""Every model says which way it goes when a network moves: what nobody thought of would be lost."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from tavolo.config.moving.scope import owner_of
from tavolo.config.moving.ways import every_model, going, keys_of, target_of, undecided
from tavolo.kernel.models import Blob
from tavolo.kernel.plugs import Goes, Travel, travels

PARTS = ("equal", "mentions", "contents", "loose", "in_trust")


def faults_of(travel: Travel) -> list[str]:
    """What a declaration names and its model does not have."""
    model = apps.get_model(travel.key)
    named = [name for part in PARTS for name in getattr(travel, part)]
    named += travel.known_by if travel.goes is Goes.SHARED else ()
    named += [*travel.emptied, *travel.secret, *travel.opened, *travel.soft]
    return [name for name in named if not _has(model, name)]


def _has(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def test_every_model_says_which_way_it_goes() -> None:
    assert undecided() == []


def test_nothing_is_said_of_models_that_are_not_there() -> None:
    assert {travel.key for travel in travels} - {m._meta.label for m in every_model()} == set()


def test_what_is_said_is_there() -> None:
    assert {travel.key: faults for travel in travels if (faults := faults_of(travel))} == {}


def test_what_stays_says_why() -> None:
    assert [t.key for t in travels if (t.goes is Goes.STAYS) is not bool(t.why)] == []


def test_what_goes_leads_to_the_network_or_to_what_is_shared() -> None:
    for model, travel in going(accounts=True):
        if travel.goes is Goes.OF_SHARED:
            assert travels.get(owner_of(model, travel.path)._meta.label).goes is Goes.SHARED


def test_what_goes_points_at_nothing_that_stays() -> None:
    """But for contents, which go as files."""
    lost = [
        f"{model._meta.label}.{key.name}"
        for model, travel in going(accounts=True)
        for key in keys_of(model)
        if key.name not in travel.emptied and target_of(key) is not Blob
        if travels.get(target_of(key)._meta.label).goes is Goes.STAYS
    ]
    assert lost == []


def test_a_declaration_of_what_is_not_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(travels, "_plugs", {})
    travel = Travel("people.Person", Goes.SHARED, mentions=("nonsense",))
    assert faults_of(travel) == ["nonsense"]
    assert "kernel.Network" in undecided()

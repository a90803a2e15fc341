"""Persons as a clerk looks for them: by name, among those of whom she is shown something."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.text import search_key
from tavolo.people.models import Person
from tavolo.registry.queries.affiliations import affiliations_visible_to
from tavolo.registry.queries.visible import (
    delegations_visible_to,
    offices_visible_to,
    representations_visible_to,
)
from tavolo.registry.queries.words import matching

MOST_PERSONS = 8


@dataclass(frozen=True)
class Known:
    """Somebody and, so that namesakes can be told apart, where she holds or held an office."""

    person: Person
    organisations: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """As in: Bianca Verdi (Comune di Lucca)."""
        where = ", ".join(self.organisations)
        return f"{self.person.name} ({where})" if where else self.person.name


def persons_known_to(actor: Actor) -> QuerySet[Person]:
    """Those of whom she is shown an office, a delegation, a mandate or that they act for somebody."""
    shown = Q()
    for rows in (
        offices_visible_to(actor).known(),
        delegations_visible_to(actor).known(),
        representations_visible_to(actor).known(),
        affiliations_visible_to(actor),
    ):
        shown |= Q(Exists(rows.filter(person=OuterRef("pk"))))
    return Person.objects.filter(shown, erased_at__isnull=True)


def persons_called(given_name: str, family_name: str, *, by: Actor) -> list[Known]:
    """Those known to `by` in whose name each of these words begins one, by name; two queries."""
    words = search_key(f"{given_name} {family_name}")
    if not words:
        return []
    rows = persons_known_to(by).filter(matching(words)).order_by("sort_key", "id")
    persons = list(rows[:MOST_PERSONS])
    where = _organisations_of(persons, by)
    return [Known(person, tuple(where.get(person.pk, ()))) for person in persons]


def _organisations_of(persons: Iterable[Person], by: Actor) -> dict[int, list[str]]:
    rows = offices_visible_to(by).filter(person__in=list(persons), superseded_at__isnull=True)
    found: dict[int, list[str]] = {}
    for person, name in rows.order_by("id").values_list("person", "organisation__name"):
        names = found.setdefault(person, [])
        if name not in names:
            names.append(name)
    return found

"""The kinds of facts of a body, as the clerk meets them: a table, in the order of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import NotFound
from tavolo.registry.choices import NameKind
from tavolo.tables.forms.said import NameForm, PurposeForm, SaidForm, TerritoryForm
from tavolo.tables.models import BodyName, BodyPurpose, BodyTerritory, Sphere


@dataclass(frozen=True)
class Section:
    """`slug` stands in the address; `empty` says what to enter first."""

    slug: str
    model: Any
    form: type[SaidForm]
    title: str | Promise
    add: str | Promise
    empty: str | Promise


SECTIONS = (
    Section(
        "nomi",
        BodyName,
        NameForm,
        _("Names"),
        _("Add a name"),
        _("Enter the name in its act, and the one in use."),
    ),
    Section(
        "territorio",
        BodyTerritory,
        TerritoryForm,
        _("Territory"),
        _("Add a territory"),
        _("Say for which district or municipality it works: then it is known who has not joined."),
    ),
    Section(
        "finalita",
        BodyPurpose,
        PurposeForm,
        _("Purposes"),
        _("Add a purpose"),
        _("Copy the purposes from its act, one by one, word for word."),
    ),
)


def section_called(slug: str) -> Section:
    """Refuses with NotFound."""
    found = next((one for one in SECTIONS if one.slug == slug), None)
    if found is None:
        raise NotFound
    return found


def said_words(fact: Any, spheres: Iterable[Sphere] = ()) -> tuple[str, str]:
    """A fact in words, and what stands beneath."""
    if isinstance(fact, BodyName):
        return fact.name, str(NameKind(fact.kind).label)
    if isinstance(fact, BodyTerritory):
        area, town = fact.area, fact.municipality
        return (area.title if area else town.name if town else ""), ""
    assert isinstance(fact, BodyPurpose)  # noqa: S101  # the third of three
    named = {one.key: one.name for one in spheres}
    return f"{fact.number}. {fact.words}", ", ".join(
        named[key] for key in fact.spheres if key in named
    )

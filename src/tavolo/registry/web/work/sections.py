"""The kinds of facts of an organisation, as the clerk meets them: a table, in the order of the page."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import NotFound
from tavolo.registry.models import (
    Contact,
    Delegation,
    Identifier,
    OfficeHolding,
    OrganisationName,
    OrganisationSuccession,
    PersonalFact,
    Representation,
    Seat,
    ServedTerritory,
    Standing,
)


@dataclass(frozen=True)
class Section:
    """`slug` stands in the address; `empty` says what to enter first; `one` what a fact of it is."""

    slug: str
    model: type[Model]
    title: str | Promise
    one: str | Promise
    add: str | Promise
    empty: str | Promise

    @property
    def personal(self) -> bool:
        return issubclass(self.model, PersonalFact)


SECTIONS = (
    Section(
        "nomi",
        OrganisationName,
        _("Names"),
        _("Name"),
        _("Add a name"),
        _("Enter the official name first, as the statute or the law has it; then short names."),
    ),
    Section(
        "natura",
        Standing,
        _("What it is"),
        _("What it is"),
        _("Say what it is"),
        _("Enter its kind, its legal form, and whether it is an administration, with the source."),
    ),
    Section(
        "sedi",
        Seat,
        _("Seats"),
        _("Seat"),
        _("Add a seat"),
        _("Enter the registered seat first. An address that must stay protected is not shown."),
    ),
    Section(
        "identificativi",
        Identifier,
        _("Identifiers"),
        _("Identifier"),
        _("Add an identifier"),
        _("Enter the tax code first: by it the register knows that two are the same."),
    ),
    Section(
        "recapiti",
        Contact,
        _("Contacts"),
        _("Contact"),
        _("Add a contact"),
        _("Enter the certified e-mail first: by it acts reach the organisation."),
    ),
    Section(
        "territorio",
        ServedTerritory,
        _("Territory served"),
        _("Place where it works"),
        _("Add a place"),
        _("Enter where it works: municipalities or whole areas. The seat does not say it."),
    ),
    Section(
        "incarichi",
        OfficeHolding,
        _("In office"),
        _("Office held"),
        _("Enter who is in office"),
        _("Enter the head first: mayor, president, legal representative."),
    ),
    Section(
        "deleghe",
        Delegation,
        _("Delegations"),
        _("Delegation"),
        _("Add a delegation"),
        _("Enter who has the delegation for equal opportunities, in the words of the act."),
    ),
    Section(
        "rappresentanza",
        Representation,
        _("Who represents it"),
        _("Representation"),
        _("Say who represents it"),
        _("Enter the delegate and the substitute towards each network."),
    ),
    Section(
        "successioni",
        OrganisationSuccession,
        _("What came after"),
        _("Succession"),
        _("Add a successor"),
        _("Where another organisation took its place, enter it: acts keep the old name."),
    ),
)
BY_SLUG = {section.slug: section for section in SECTIONS}


def section_called(slug: str) -> Section:
    """Refuses with NotFound."""
    if slug not in BY_SLUG:
        raise NotFound
    return BY_SLUG[slug]

"""How what a source names is entered: through the same actions that people use."""

from typing import Any

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.people.actions import add_person
from tavolo.registry.actions import add_unit, end_fact, enter_fact
from tavolo.registry.choices import Capacity, DelegationTheme, SuccessionManner
from tavolo.registry.demo.parts import Holder, Named
from tavolo.registry.models import (
    Delegation,
    OfficeHolding,
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Representation,
    Seat,
    Standing,
)

SHORTENED = 300  # as long as a source may be


def enter_more(organisation: Organisation, named: Named, *, source: str) -> None:
    """What a source says beside the name: other names, units, and when it ceased to be."""
    for name in named.names:
        also = OrganisationName(
            organisation=organisation, kind=name.kind, name=name.name, source=name.source or source
        )
        enter_fact(fact=also, by=OPERATOR)
    for part in named.parts:
        add_unit(
            organisation=organisation,
            name=part.name,
            kind=part.kind,
            source=part.source or source,
            by=OPERATOR,
        )


def enter_end(named: Named, *, steward: Network, source: str) -> None:
    """That it ceased to be, and what took its place."""
    if not named.ended:
        return
    organisation, last = called(named.name, steward), PartialDate.parse(named.ended)
    for model in (OrganisationName, Standing, Seat):
        held = model._base_manager.filter(organisation=organisation, superseded_at__isnull=True)
        # The name in use was entered first, and is the last to go: lists keep it.
        for fact in held.order_by("-pk"):
            end_fact(fact=fact, last=last, by=OPERATOR)
    succession = OrganisationSuccession(
        organisation=organisation,
        successor=called(named.into, steward),
        manner=SuccessionManner.MERGER,
        source=source,
    )
    succession.began = last
    enter_fact(fact=succession, by=OPERATOR)


def enter_holder(holder: Holder, *, network: Network) -> None:
    """Somebody in office, with what is delegated to her, and that she speaks where the source says so."""
    person = add_person(given_name=holder.given_name, family_name=holder.family_name, by=OPERATOR)
    organisation = Organisation.objects.get(name=holder.organisation)
    hers: dict[str, Any] = {
        "person": person,
        "organisation": organisation,
        "began": PartialDate.parse(holder.began) if holder.began else None,
        "source": holder.source[:SHORTENED],
    }
    office = OfficeHolding(title=holder.title, form=holder.form, **hers)
    enter_fact(fact=office, by=OPERATOR)
    if holder.matter:
        theme = DelegationTheme.EQUAL_OPPORTUNITIES
        delegation = Delegation(theme=theme, words=holder.matter, holding=office.uid, **hers)
        enter_fact(fact=delegation, by=OPERATOR)
    if holder.speaks:
        speaks = Representation(network=network, capacity=Capacity.DELEGATE, **hers)
        enter_fact(fact=speaks, by=OPERATOR)


def called(name: str, steward: Network) -> Organisation:
    return Organisation.objects.get(name=name, steward=steward)

"""What a person holds in a network: its secretariat, acting and speaking for organisations, deputies."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Held, Passing, holdings
from tavolo.kernel.dates import PartialDate
from tavolo.people.models import Person
from tavolo.people.queries import active_accounts
from tavolo.registry.actions.affiliations import affiliate, end_affiliation
from tavolo.registry.actions.deputies import appoint_deputy, revoke_deputy
from tavolo.registry.actions.facts import end_fact, enter_fact
from tavolo.registry.actions.networks import FOUNDATION
from tavolo.registry.actions.offices import appoint_secretary, end_office
from tavolo.registry.choices import Capacity, Office
from tavolo.registry.errors import ActMissing, NobodyElseCanSignIn
from tavolo.registry.models import Affiliation, Deputy, NetworkOffice, Representation

ONE_DAY = timedelta(days=1)


class Offices:
    """The secretariat; the last to hold it cannot leave it."""

    key = "registry.offices"
    label = _("The network")
    order = 10

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        rows = _offices(network).on(on).select_related("person")
        mine = [row for row in rows if row.person.uid == person]
        return [
            Held(row.uid, str(_("Secretariat")), _act_words(row), needed=len(rows) == len(mine))
            for row in mine
        ]

    def hand_over(self, held: UUID, passing: Passing) -> None:
        row = _offices(passing.network).select_related("network", "person").get(uid=held)
        if (
            passing.to is not None
            and not _offices(passing.network).filter(person__uid=passing.to).exists()
        ):
            if not passing.act:
                raise ActMissing
            appoint_secretary(
                network=row.network,
                person=_person(passing.to),
                act=passing.act,
                since=passing.on,
                by=passing.by,
            )
        end_office(office=row, last_day=passing.last_day, by=passing.by)
        # Whoever was invited and has not accepted cannot run the network yet.
        if not active_accounts(
            [left.person for left in _offices(passing.network).select_related("person")]
        ):
            raise NobodyElseCanSignIn


class Affiliations:
    """Acting for an organisation that the network stewards."""

    key = "registry.affiliations"
    label = _("Organisations for which she acts")
    order = 20

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        rows = Affiliation.objects.on(on).filter(_stewarded(network), person__uid=person)
        rows = rows.filter(valid_until=None).select_related("organisation")
        return [
            Held(row.uid, row.organisation.name, row.function, _href(row.organisation.code))
            for row in rows.order_by("organisation__sort_key", "id")
        ]

    def hand_over(self, held: UUID, passing: Passing) -> None:
        row = Affiliation.objects.known().select_related("organisation__steward").get(uid=held)
        here = Affiliation.objects.known().filter(organisation=row.organisation)
        if (
            passing.to is not None
            and not here.on(passing.on).filter(person__uid=passing.to).exists()
        ):
            affiliate(
                person=_person(passing.to),
                organisation=row.organisation,
                function=row.function,
                since=passing.on,
                by=passing.by,
            )
        end_affiliation(affiliation=row, last_day=passing.last_day, by=passing.by)


class Representations:
    """Speaking for an organisation, in a capacity and for a matter."""

    key = "registry.representations"
    label = _("For whom she speaks")
    order = 30

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        rows = Representation.objects.on(on).filter(_stewarded(network), person__uid=person)
        rows = rows.filter(valid_until=None).select_related("organisation")
        return [
            Held(
                row.uid,
                row.organisation.name,
                ", ".join(filter(None, (str(Capacity(row.capacity).label), row.matter))),
                _href(row.organisation.code),
            )
            for row in rows.order_by("organisation__sort_key", "id")
        ]

    def hand_over(self, held: UUID, passing: Passing) -> None:
        rows = Representation.objects.known().select_related("organisation__steward")
        row = rows.get(uid=held)
        end_fact(fact=row, last=PartialDate.of(passing.last_day), by=passing.by)
        if passing.to is not None:
            enter_fact(fact=_representation(row, _person(passing.to), passing), by=passing.by)


class DeputiesGiven:
    """Whoever acts in her place: from then on in the successor's, or in nobody's."""

    key = "registry.deputies_given"
    label = _("Who acts in her place")
    order = 40

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        rows = _deputies(network, on).filter(principal__uid=person)
        return [Held(row.uid, row.deputy.name, _of(row)) for row in rows]

    def hand_over(self, held: UUID, passing: Passing) -> None:
        row = _deputies(passing.network, passing.last_day).get(uid=held)
        if passing.to is not None:
            _again(row, passing, principal=_person(passing.to), deputy=row.deputy)
        revoke_deputy(deputy=row, last_day=passing.last_day, by=passing.by)


class DeputiesHeld:
    """In whose place she acts: from then on the successor does, or nobody."""

    key = "registry.deputies_held"
    label = _("In whose place she acts")
    order = 50

    def held(self, person: UUID, network: UUID, on: date) -> Sequence[Held]:
        rows = _deputies(network, on).filter(deputy__uid=person)
        return [Held(row.uid, row.principal.name, _of(row)) for row in rows]

    def hand_over(self, held: UUID, passing: Passing) -> None:
        row = _deputies(passing.network, passing.last_day).get(uid=held)
        if passing.to is not None:
            _again(row, passing, principal=row.principal, deputy=_person(passing.to))
        revoke_deputy(deputy=row, last_day=passing.last_day, by=passing.by)


def _act_words(row: NetworkOffice) -> str:
    return str(_("founding of the network")) if row.act == FOUNDATION else row.act


def _offices(network: UUID) -> Any:
    """Those without an end in sight: whoever's ends already hands nothing over."""
    return NetworkOffice.objects.filter(
        network__uid=network, office=Office.SECRETARY, valid_until=None
    ).order_by("id")


def _deputies(network: UUID, on: date) -> QuerySet[Deputy]:
    """Those that hold on a day and go on after it."""
    rows = Deputy.objects.on(on).filter(network__uid=network, valid_until__gt=on + ONE_DAY)
    return rows.select_related("principal", "deputy", "network", "organisation").order_by("id")


def _again(row: Deputy, passing: Passing, *, principal: Person, deputy: Person) -> None:
    """The same grant between two others, for what is left of its term."""
    appoint_deputy(
        principal=principal,
        deputy=deputy,
        network=row.network,
        organisation=row.organisation,
        kind=row.kind,
        parts=row.parts,
        act=passing.act or row.act,
        since=passing.on,
        last_day=row.last_day or passing.on,
        by=passing.by,
    )


def _representation(row: Representation, person: Person, passing: Passing) -> Representation:
    given = Representation(
        person=person,
        organisation=row.organisation,
        unit=row.unit,
        capacity=row.capacity,
        network=row.network,
        matter=row.matter,
        act=passing.act,
    )
    given.began = PartialDate.of(passing.on)
    return given


def _stewarded(network: UUID) -> Q:
    return Q(organisation__steward__uid=network)


def _of(row: Deputy) -> str:
    return row.organisation.name if row.organisation else str(_("secretariat"))


def _person(uid: UUID) -> Person:
    return Person.objects.get(uid=uid)


def _href(code: str) -> str:
    return reverse("registry:organisation", kwargs={"code": code})


holdings.add(Offices())
holdings.add(Affiliations())
holdings.add(Representations())
holdings.add(DeputiesGiven())
holdings.add(DeputiesHeld())

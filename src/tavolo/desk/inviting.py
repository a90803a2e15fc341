"""Who speaks or acts for the organisations of a network, and how far each has come with her invitation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.messages.returned import short_warnings_on
from tavolo.people.models import OPEN, Account, Invitation, Person
from tavolo.people.queries import accounts_of
from tavolo.registry.models import Affiliation, Representation


class Standing(StrEnum):
    """In the order in which a secretary looks at them."""

    NEW = "new"
    EXPIRED = "expired"
    WAITING = "waiting"
    UNREACHED = "unreached"
    ACCEPTED = "accepted"


INVITABLE = frozenset({Standing.NEW, Standing.EXPIRED, Standing.WAITING})


@dataclass(frozen=True)
class Invitee:
    """`warning`: that letters to her address came back; "" where they did not."""

    person: Person
    organisations: tuple[str, ...]
    account: Account | None
    invitation: Invitation | None
    standing: Standing
    warning: str = ""

    @property
    def email(self) -> str:
        return self.account.email if self.account else ""

    @property
    def ends(self) -> datetime | None:
        """Until when she can accept the invitation that she has."""
        return self.invitation.expires_at if self.invitation else None


def invitees(network: Network, *, on: date) -> list[Invitee]:
    """Everybody for whom the network’s secretariat says that she acts or speaks; five queries.

    By what there is to do, then by name.
    """
    persons, places = _acting(network, on)
    accounts = accounts_of(persons.values())
    rows = Invitation.objects.filter(OPEN, network=network, person__in=persons)
    invitations = {row.person_id: row for row in rows}
    warnings = short_warnings_on(account.email for account in accounts.values())
    found = [
        _invitee(person, places[pk], accounts.get(pk), invitations.get(pk), warnings)
        for pk, person in persons.items()
    ]
    order = list(Standing)
    return sorted(
        found, key=lambda one: (order.index(one.standing), one.person.sort_key, one.person.pk)
    )


def counted(rows: Iterable[Invitee]) -> Mapping[Standing, int]:
    found = dict.fromkeys(Standing, 0)
    for row in rows:
        found[row.standing] += 1
    return found


def _acting(network: Network, on: date) -> tuple[dict[int, Person], dict[int, dict[str, None]]]:
    speaking = Representation.objects.on(on).filter(organisation__steward=network, network=network)
    acting = Affiliation.objects.on(on).filter(organisation__steward=network)
    persons: dict[int, Person] = {}
    places: dict[int, dict[str, None]] = {}
    for rows in (speaking, acting):
        related = rows.select_related("person", "organisation").order_by("pk")
        for row in related.filter(person__erased_at__isnull=True):
            persons.setdefault(row.person_id, row.person)
            places.setdefault(row.person_id, {})[row.organisation.name] = None
    return persons, places


def _invitee(
    person: Person,
    places: Iterable[str],
    account: Account | None,
    invitation: Invitation | None,
    warnings: Mapping[str, str],
) -> Invitee:
    if account is None:
        standing = Standing.UNREACHED
    elif account.activated_at is not None:
        standing = Standing.ACCEPTED
    elif invitation is None:
        standing = Standing.NEW
    else:
        standing = Standing.EXPIRED if invitation.expires_at <= clock.now() else Standing.WAITING
    email = account.email if account else ""
    warning = warnings.get(email, "")
    return Invitee(person, tuple(places), account, invitation, standing, warning)

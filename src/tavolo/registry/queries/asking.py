"""Whom one asks about an organisation: in the open, where there is a way in the open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import Channel
from tavolo.registry.models import Contact, Organisation
from tavolo.registry.queries.speaking import Ground, who_speaks_for

# In the order in which one would try them.
CHANNELS = (Channel.EMAIL, Channel.CERTIFIED_EMAIL, Channel.PHONE)


@dataclass(frozen=True)
class Ask:
    """Whom to ask: a public contact of the organisation, else its head, else the network's secretariat."""

    contact: str = ""
    person: Person | None = None
    words: str = ""
    network: Network | None = None


def whom_to_ask(
    organisations: list[Organisation],
    network: Network,
    on: date,
    known_at: datetime | None,
    actor: Actor,
) -> dict[int, Ask]:
    """For each of them, by primary key, whom to ask as far as the actor may see it; five queries."""
    contacts = _public_contacts(organisations, on, known_at)
    speaking = who_speaks_for(organisations, on=on, network=network, known_at=known_at, actor=actor)
    found = {}
    for one in organisations:
        heads = [
            speaker
            for speaker in speaking[one.pk]
            if speaker.ground in {Ground.LEGAL_REPRESENTATIVE, Ground.HEAD}
        ]
        contact = contacts.get(one.pk) or one.public_email or one.phone
        if contact:
            found[one.pk] = Ask(contact=contact)
        elif heads:
            found[one.pk] = Ask(person=heads[0].person, words=heads[0].words)
        else:
            found[one.pk] = Ask(network=network)
    return found


def _public_contacts(
    organisations: Iterable[Organisation], on: date, known_at: datetime | None
) -> dict[int, str]:
    rows = Contact.objects.on(on, known_at=known_at).filter(
        organisation__in=[one.pk for one in organisations],
        unit=None,
        public=True,
        channel__in=CHANNELS,
    )
    found: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: (CHANNELS.index(Channel(row.channel)), row.pk)):
        found.setdefault(row.organisation_id, row.value)
    return found

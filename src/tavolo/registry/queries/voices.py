"""Who acts for one organisation, all at once: in office, speaking for it, taking part, and what is vacant."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from tavolo.kernel.actor import Actor
from tavolo.registry import rules
from tavolo.registry.choices import Channel
from tavolo.registry.models import (
    Contact,
    DiscontinuedOffice,
    Organisation,
    Participation,
)
from tavolo.registry.queries.as_of import AsOf
from tavolo.registry.queries.asking import CHANNELS, Ask
from tavolo.registry.queries.in_office import InOffice, assembled
from tavolo.registry.queries.merged import known_as
from tavolo.registry.queries.speaking import CAPACITIES, Ground, Speaker, speakers_among
from tavolo.registry.queries.together import Asked, together
from tavolo.registry.queries.vacancies import Vacant, vacant_among
from tavolo.registry.queries.visible import (
    delegations_visible_to,
    offices_visible_to,
    representations_visible_to,
)

PERSON = ("id", "uid", "name", "given_name", "family_name", "erased_at", "sort_key")
UNIT = ("id", "uid", "code", "name", "sort_key", "valid_from", "valid_until")
NETWORK = ("id", "uid", "slug", "name", "sort_key")
HEADS = (Ground.LEGAL_REPRESENTATIVE, Ground.HEAD)


@dataclass(frozen=True)
class Voices:
    """`story` is every office and delegation that was ever held there, the last to begin first.

    `taking_part` is where it takes or took part: the present first, then the latest end.
    """

    in_office: list[InOffice]
    story: list[InOffice]
    speakers: list[Speaker]
    vacant: list[Vacant]
    taking_part: list[Participation]


def voices_of(as_of: AsOf, *, actor: Actor) -> Voices:
    """Who acts for the organisation of `as_of` on its day; two queries.

    As `in_office`, `who_speaks`, `vacancies_of` and `participations_of` have it, those of whoever
    turned out to be it included; what is not public is left out unless the actor may see it.
    """
    known = known_as([as_of.organisation], known_at=as_of.known_at)
    read = _read(known[as_of.organisation.pk], as_of.on, as_of.known_at, actor)
    offices, delegations, sent, discontinued, taking_part = read
    on = as_of.on
    held = [row for row in offices if on in row.period]
    unitless = [row for row in held if row.unit_id is None]
    speaking = [row for row in sent if row.unit_id is None and row.capacity in CAPACITIES]
    speakers = speakers_among(known, speaking, unitless)[as_of.organisation.pk]
    return Voices(
        in_office=list(assembled(held, [row for row in delegations if on in row.period])),
        story=sorted(assembled(offices, delegations), key=_begun, reverse=True),
        speakers=speakers,
        vacant=vacant_among(
            as_of.organisation,
            [*offices, *delegations],
            discontinued,
            ask=_ask(as_of, speakers),
            known=known,
            on=on,
        )
        if _all_seen(as_of.organisation, actor)
        else [],
        taking_part=sorted(taking_part, key=_present_first),
    )


def _all_seen(organisation: Organisation, actor: Actor) -> bool:
    """Whether the actor sees every office there; of what is seen in part nobody knows what is vacant."""
    return (
        rules.is_administration(organisation.is_administration, organisation.kind)
        or rules.may_affiliate(actor, organisation.steward.uid)
        or actor.has(
            "organisation_member", scope=("organisation", organisation.uid), part=rules.PEOPLE
        )
    )


def _read(
    rows: frozenset[int], on: date, known_at: datetime | None, actor: Actor
) -> list[list[Any]]:
    def of(found: QuerySet[Any]) -> QuerySet[Any]:
        return found.filter(organisation__in=rows)

    sent = representations_visible_to(actor).on(on, known_at=known_at)
    return together(
        Asked(_known(of(offices_visible_to(actor)), known_at), {"person": PERSON, "unit": UNIT}),
        Asked(
            _known(of(delegations_visible_to(actor)), known_at), {"person": PERSON, "unit": UNIT}
        ),
        Asked(of(sent), {"person": PERSON, "network": NETWORK}),
        Asked(of(DiscontinuedOffice.objects.on(on, known_at=known_at))),
        Asked(of(Participation.objects.all()), {"network": NETWORK}),
    )


def _known(rows: Any, known_at: datetime | None) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.known(known_at)
    return found


def _ask(as_of: AsOf, speakers: list[Speaker]) -> Ask:
    contacts = [row for row in as_of.contacts if _answers(row)]
    if contacts:
        first = min(contacts, key=lambda row: (CHANNELS.index(Channel(row.channel)), row.pk))
        return Ask(contact=first.value)
    heads = [speaker for speaker in speakers if speaker.ground in HEADS]
    if heads:
        return Ask(person=heads[0].person, words=heads[0].words)
    return Ask(network=as_of.organisation.steward)


def _answers(row: Contact) -> bool:
    return row.public and row.unit_id is None and row.channel in CHANNELS


def _begun(one: InOffice) -> date:
    return one.row.valid_from or date.min


def _present_first(row: Participation) -> tuple[date, str, int]:
    return row.valid_until or date.max, row.network.sort_key, row.pk

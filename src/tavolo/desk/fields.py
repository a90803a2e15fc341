"""The fields that a letter of a network can name, and their words: of an organisation, or a sample."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tavolo.documents.queries import documents_of
from tavolo.kernel.actor import Actor
from tavolo.kernel.clock import in_rome
from tavolo.kernel.models import Network
from tavolo.kernel.network import setting_of
from tavolo.people.models import Person
from tavolo.registry.choices import Channel, IdentifierScheme, SeatKind
from tavolo.registry.models import Contact, Identifier, Organisation, Seat
from tavolo.registry.queries import organisation_as_of, voices_of
from tavolo.registry.settings import CONTACT
from tavolo.ui.words import day_words

Words = dict[str, Any]
SEATS = list(SeatKind)
# The kind of thing under which documents of an organisation are kept (`registry/holders.py`).
ORGANISATION = "organisation"


def meanings() -> Mapping[str, str]:
    """What can be named in a template, and what stands there then."""
    return {
        "rete": _("the name of the network"),
        "rete_frase": _("the network in one sentence"),
        "rete_email": _("the e-mail of the secretariat"),
        "data": _("the day on which it is filled"),
        "firma": _("your name"),
        "organizzazione": _("the name of the organisation"),
        "codice_fiscale": _("its tax code"),
        "indirizzo": _("the address of its seat"),
        "comune": _("the municipality of its seat"),
        "email": _("its e-mail"),
        "pec": _("its certified e-mail"),
        "telefono": _("its telephone"),
        "referenti.nome": _("who speaks for it: the name; its line is repeated for each"),
        "referenti.funzione": _("who speaks for it: as what"),
        "documenti.titolo": _("its documents: the title; its line is repeated for each"),
        "documenti.data": _("its documents: the day"),
    }


def sample() -> Words:
    """Each field with its own name in brackets, so that one sees where it stands."""
    words: Words = {}
    for field in meanings():
        name, _dot, key = field.partition(".")
        if key:
            words.setdefault(name, [{}])[0][key] = f"[{field}]"
        else:
            words[name] = f"[{field}]"
    return words


def words_for(network: Network, organisation: Organisation, *, on: date, actor: Actor) -> Words:
    """What a letter of the network to that organisation says; what nobody entered is left blank."""
    as_of = organisation_as_of(organisation, on=on, actor=actor)
    speakers = voices_of(as_of, actor=actor).speakers
    held = documents_of(ORGANISATION, [organisation.uid], actor=actor).get(organisation.uid, [])
    return {
        **_of_network(network, on=on, actor=actor),
        "organizzazione": as_of.name,
        "codice_fiscale": _identifier(as_of.identifiers, IdentifierScheme.TAX_CODE),
        **_seat(as_of.seats),
        "email": _contact(as_of.contacts, Channel.EMAIL),
        "pec": _contact(as_of.contacts, Channel.CERTIFIED_EMAIL),
        "telefono": _contact(as_of.contacts, Channel.PHONE),
        "referenti": [{"nome": each.person.name, "funzione": each.words} for each in speakers],
        "documenti": [
            {"titolo": row.title, "data": _day(in_rome(row.created_at).date())} for row in held
        ],
    }


def _of_network(network: Network, *, on: date, actor: Actor) -> Words:
    person = Person.objects.filter(uid=actor.person).first() if actor.person else None
    return {
        "rete": network.name,
        "rete_frase": network.summary,
        "rete_email": setting_of(network, CONTACT, on=on),
        "data": _day(on),
        "firma": person.name if person else "",
    }


def _day(day: date) -> str:
    return day_words(day, weekday=False)


def _identifier(rows: Iterable[Identifier], scheme: str) -> str:
    return next((row.value for row in rows if row.scheme == scheme), "")


def _contact(rows: Iterable[Contact], channel: str) -> str:
    whole = [row for row in rows if row.channel == channel and row.unit_id is None]
    return next((row.value for row in sorted(whole, key=lambda row: (row.label, row.pk))), "")


def _seat(rows: Iterable[Seat]) -> Words:
    first = min(rows, key=lambda row: (SEATS.index(SeatKind(row.kind)), row.pk), default=None)
    if first is None:
        return {"indirizzo": "", "comune": ""}
    town = first.municipality
    name = f"{town.name} ({town.province.short})" if town and town.province.short else ""
    name = name or (town.name if town else "")
    place = " ".join(part for part in (first.postal_code, name) if part)
    address = ", ".join(part for part in (first.address, place) if part)
    return {"indirizzo": address, "comune": town.name if town else ""}

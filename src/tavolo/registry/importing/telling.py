"""Organisations as values of the columns of a list: of a state, and of what is there today."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q

from tavolo.imports.plugs import Context
from tavolo.registry.choices import Channel, NameKind
from tavolo.registry.importing.finding import NUMBERS
from tavolo.registry.models import Contact, Organisation, Participation, Seat
from tavolo.registry.queries.imported import State, known
from tavolo.registry.queries.today import Today, todays

COLUMNS_OF_STANDING = ("kind", "legal_form")
CHANNELS = {
    "website": Channel.WEBSITE,
    "email": Channel.EMAIL,
    "certified_email": Channel.CERTIFIED_EMAIL,
    "phone": Channel.PHONE,
}
CHUNK = 500


def told_of(state: State) -> Mapping[str, Any]:
    """What a state says in the columns of a list."""
    if "spells" in state:
        spell = state["spells"][-1]
        return {"role": spell["role"], "since": spell["began"]}
    told: dict[str, Any] = {}
    for fact in known(state, "name"):
        key = "short_name" if fact["kind"] == NameKind.SHORT else "name"
        if fact["kind"] == NameKind.PUBLIC or key not in told:
            told[key] = fact["name"]
    for fact in known(state, "standing"):
        told |= {key: fact[key] or None for key in COLUMNS_OF_STANDING}
    for fact in reversed(known(state, "seat")):
        told |= {
            "municipality": fact["place"],
            "address": fact["address"] or told.get("address"),
            "postal_code": fact["postal_code"] or told.get("postal_code"),
        }
    numbers = {fact["scheme"]: fact["value"] for fact in reversed(known(state, "identifier"))}
    contacts = {fact["channel"]: fact["value"] for fact in reversed(known(state, "contact"))}
    return {
        **told,
        **{key: numbers.get(scheme) for key, scheme in NUMBERS.items()},
        **{key: contacts.get(channel) for key, channel in CHANNELS.items()},
    }


def exported(context: Context) -> Iterator[Mapping[str, Any]]:
    """Who takes part in the network, or is kept by it, by name; of others’ organisations what is public."""
    here = Participation.objects.on(context.on).filter(network=context.network)
    rows = Organisation.objects.filter(merged_into__isnull=True).filter(
        Q(steward=context.network) | Exists(here.filter(organisation=OuterRef("pk")))
    )
    keys = list(rows.order_by("sort_key", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        some = Organisation.objects.in_bulk(keys[start : start + CHUNK])
        spells = {spell.organisation_id: spell for spell in here.filter(organisation__in=some)}
        today = todays(some.values(), on=context.on)
        for pk in keys[start : start + CHUNK]:
            mine = some[pk].steward_id == (context.network.pk if context.network else None)
            yield _row(some[pk], _shown(today[pk], whole=mine), spells.get(pk))


def _shown(today: Today, *, whole: bool) -> Today:
    if whole:
        return today
    return replace(
        today,
        seats=[seat for seat in today.seats if seat.public],
        contacts=[contact for contact in today.contacts if contact.public],
    )


def _row(row: Organisation, today: Today, spell: Participation | None) -> Mapping[str, Any]:
    main, short = today.main_name(), today.name(NameKind.SHORT)
    standing, seat = today.standing(), today.main_seat()
    town = seat.municipality if seat else None
    street = next((each for each in today.seats if each.address), seat)
    contacts = {key: _contact(today, channel) for key, channel in CHANNELS.items()}
    numbers = {key: today.number(scheme) for key, scheme in NUMBERS.items()}
    return {
        "code": row.code,
        "name": main.name if main else row.name,
        "short_name": short.name if short and short is not main else None,
        "kind": standing.kind if standing else row.kind,
        "legal_form": (standing.legal_form if standing else row.legal_form) or None,
        **{key: number.value if number else None for key, number in numbers.items()},
        "istat_code": town.istat_code if town else None,
        "municipality": town.name if town else None,
        "address": (street.address if street else "") or None,
        "postal_code": (street.postal_code if street else "") or None,
        **{key: contact.value if contact else None for key, contact in contacts.items()},
        "public": _is_public(street, contacts),
        "role": spell.role if spell else None,
        "since": str(spell.began) if spell and spell.began else None,
        "source": row.source or None,
    }


def _contact(today: Today, channel: str) -> Contact | None:
    """The public one, else the first that there is."""
    rows = [row for row in today.contacts if row.channel == channel and row.unit_id is None]
    return today.contact(channel) or min(rows, key=lambda row: row.pk, default=None)


def _is_public(street: Seat | None, contacts: Mapping[str, Contact | None]) -> bool:
    shown = [row.public for key, row in contacts.items() if row and key != "website"]
    return all([*shown, street is None or street.public])

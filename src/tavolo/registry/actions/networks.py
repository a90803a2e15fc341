"""Founding a network, its name, and its settings."""

from datetime import date
from typing import Any

from django.db import transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network, NetworkSetting
from tavolo.kernel.network import Setting, settings
from tavolo.kernel.versions import save_version
from tavolo.people.actions import invite
from tavolo.people.models import Invitation
from tavolo.registry import rules
from tavolo.registry.actions.common import require, unless_raced
from tavolo.registry.actions.offices import place_in_office
from tavolo.registry.errors import (
    AddressNotUsable,
    AddressReserved,
    AddressTaken,
    NameMissing,
    SettingNotReadable,
    UnknownSetting,
)
from tavolo.registry.facts import NetworkEdited, NetworkFounded, SettingChanged
from tavolo.search.actions import note_change

FOUNDATION = "foundation"


@transaction.atomic
def found_network(
    *,
    slug: str,
    name: str,
    secretary_email: str,
    secretary_name: str = "",
    summary: str = "",
    active_since: PartialDate | None = None,
    letter: bool = True,
    by: Actor,
) -> tuple[Network, Invitation, str]:
    """Make an empty network, invite its first secretary and appoint her by the act "foundation".

    Returns the network, the invitation and its token, which is told this once; no `letter` goes to who
    takes the invitation up in the same act. Refuses with
    NotAllowed, AddressNotUsable, AddressReserved, AddressTaken, NameMissing, and whatever
    `people.actions.invite` does.
    """
    require(rules.may_found_network(by))
    network = _new_network(slug.strip().lower(), name, summary, active_since)
    record(
        action="registry.network_founded",
        actor=by,
        subject=network,
        network=network,
        values={"slug": network.slug, "name": network.name},
    )
    announce(NetworkFounded(network.uid), network=network)
    note_change(network)
    given, _blank, family = " ".join(secretary_name.split()).partition(" ")
    invitation, token = invite(
        email=secretary_email,
        given_name=given,
        family_name=family,
        network=network,
        letter=letter,
        by=by,
    )
    place_in_office(network, invitation.person, act=FOUNDATION, since=clock.today(), by=by)
    return network, invitation, token


@transaction.atomic
def edit_network(
    *,
    network: Network,
    version: int,
    name: str,
    summary: str = "",
    active_since: PartialDate | None = None,
    by: Actor,
) -> Network:
    """Change what a network is called and says of itself; its address stays.

    Refuses with NotAllowed, NameMissing, StaleVersion.
    """
    require(rules.may_edit_network(by, network.uid))
    network.name, network.summary = _name(name), summary.strip()
    network.active_since = active_since
    save_version(network, expected=version, fields=("name", "summary", "active_since"))
    record(
        action="registry.network_edited",
        actor=by,
        subject=network,
        network=network,
        values={
            "name": network.name,
            "summary": network.summary,
            "active_since": str(active_since or ""),
        },
    )
    announce(NetworkEdited(network.uid), network=network)
    note_change(network)
    return network


@transaction.atomic
def change_setting(
    *,
    network: Network,
    key: str,
    value: Any,
    since: date | None = None,
    source: str = "",
    by: Actor,
) -> NetworkSetting:
    """Let a setting have `value` (as kept in JSON) from `since`, by default today, until the next
    change.

    The row that held then is ended, not overwritten. A second change from the same day corrects
    that day's row; the journal keeps both values. Refuses with NotAllowed, UnknownSetting,
    SettingNotReadable.
    """
    require(rules.may_edit_network(by, network.uid))
    if not _setting(key).accepts(value):
        raise SettingNotReadable
    row = _setting_row(network, key, since or clock.today(), value, source)
    record(
        action="registry.setting_changed",
        actor=by,
        subject=network,
        network=network,
        values={"setting": key, "value": value, "since": str(row.valid_from), "source": source},
    )
    announce(SettingChanged(network.uid, key), network=network)
    return row


def _new_network(slug: str, name: str, summary: str, active_since: PartialDate | None) -> Network:
    if not rules.is_slug(slug):
        raise AddressNotUsable
    if slug in rules.RESERVED_WORDS:
        raise AddressReserved
    network = Network(
        slug=slug,
        name=_name(name),
        summary=summary.strip(),
        created_at=clock.now(),
    )
    network.active_since = active_since
    unless_raced(network.save, AddressTaken)
    return network


def _name(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise NameMissing
    return words


def _setting(key: str) -> Setting[Any]:
    try:
        return settings.get(key)
    except KeyError as fault:
        raise UnknownSetting from fault


def _setting_row(
    network: Network, key: str, since: date, value: Any, source: str
) -> NetworkSetting:
    rows = NetworkSetting.objects.select_for_update().filter(network=network, key=key)
    following = rows.filter(valid_from__gt=since).order_by("valid_from").first()
    rows.on(since).exclude(valid_from=since).update(valid_until=since)
    row, _made = NetworkSetting.objects.update_or_create(
        network=network,
        key=key,
        valid_from=since,
        defaults={
            "value": value,
            "source": source,
            "valid_until": following.valid_from if following else None,
        },
    )
    return row

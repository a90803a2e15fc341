"""Acts of the desk that are several acts of the rooms below, done together or not at all."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tavolo.desk import placing
from tavolo.desk.beginning import has_begun
from tavolo.desk.errors import AlreadyBegun
from tavolo.desk.letters import TRIAL
from tavolo.desk.queries import other_secretaries, who_can_sign_in
from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Installation, Network
from tavolo.kernel.network import installation, setting_of, settings
from tavolo.messages.actions import send_letter
from tavolo.messages.models import Message
from tavolo.people.actions import accept_invitation, invite
from tavolo.people.errors import AlreadyInvited
from tavolo.people.models import Account, Person
from tavolo.registry.actions import (
    affiliate,
    appoint_deputy,
    appoint_secretary,
    change_setting,
    edit_network,
    end_office,
    found_network,
)
from tavolo.registry.errors import NobodyElseCanSignIn
from tavolo.registry.models import Affiliation, Deputy, NetworkOffice, Organisation
from tavolo.registry.rules import SETTINGS, runs_network
from tavolo.registry.settings import CONTACT, SEAT, Seat
from tavolo.territory.actions import leave_place, place_network
from tavolo.ui.languages import OFFERED


@transaction.atomic
def begin(
    *,
    slug: str,
    name: str,
    summary: str,
    seat: Seat,
    languages: Sequence[str],
    email: str,
    given_name: str,
    family_name: str,
    password: str,
) -> tuple[Network, Account]:
    """Found the first network of an empty installation, with whoever gave its code as its secretariat.

    The password was validated by the form. Of two at once the second is refused with AlreadyBegun;
    refuses with UnusableAddress and whatever `registry.actions.found_network` does.
    """
    Installation.objects.select_for_update().get(pk=installation().pk)
    if has_begun():
        raise AlreadyBegun
    network, _invitation, token = found_network(
        slug=slug,
        name=name,
        summary=summary,
        secretary_email=email,
        secretary_name=f"{given_name} {family_name}",
        letter=False,
        by=OPERATOR,
    )
    write_public(network=network, seat=seat, languages=languages, by=OPERATOR)
    account = accept_invitation(
        token=token, given_name=given_name, family_name=family_name, password=password
    )
    return network, account


@transaction.atomic
def try_letter(*, network: Network, by: Actor) -> Message:
    """Send a letter to whoever asks for it, so that she sees whether mail works.

    Refuses with NotAllowed, and whatever `messages.actions.send_letter` does.
    """
    if by.person is None or not runs_network(by, network.uid, SETTINGS):
        raise NotAllowed
    letter = send_letter(
        kind=TRIAL,
        to=Person.objects.get(uid=by.person),
        network=network,
        subject=_("Test letter of “%(name)s”") % {"name": network.name},
        text=_("If you read this, mail works. Nothing is to be done."),
        by=by,
    )
    record(action="desk.letter_tried", actor=by, subject=letter, network=network)
    return letter


@transaction.atomic
def write_statements(*, network: Network, values: Mapping[str, str], by: Actor) -> None:
    """Write what the pages on privacy and accessibility say of a network, by key of its settings.

    What has not changed is left as it is. Refuses with NotAllowed.
    """
    for key, value in values.items():
        if value != setting_of(network, settings.get(key), on=clock.today()):
            change_setting(network=network, key=key, value=value, by=by)


@transaction.atomic
def write_public(*, network: Network, seat: Seat, languages: Sequence[str], by: Actor) -> None:
    """Write where a network is, and in which languages its public pages are, the first one first.

    What has not changed is left as it is. Refuses with NotAllowed and SettingNotReadable.
    """
    today = clock.today()
    if seat != setting_of(network, SEAT, on=today):
        change_setting(network=network, key=SEAT.key, value=seat.as_json, by=by)
    if tuple(languages) != setting_of(network, OFFERED, on=today):
        change_setting(network=network, key=OFFERED.key, value=list(languages), by=by)


@transaction.atomic
def invite_secretary(
    *, network: Network, email: str, given_name: str, family_name: str, act: str, by: Actor
) -> NetworkOffice:
    """Invite somebody and give her the network's secretariat by an act, from today.

    Whoever has an open invitation keeps it. Refuses with NotAllowed, UnusableAddress, AlreadyInOffice.
    """
    person = _invited(network, email, given_name, family_name, by)
    return appoint_secretary(network=network, person=person, act=act, by=by)


@transaction.atomic
def invite_member(
    *,
    network: Network,
    organisation: Organisation,
    email: str,
    given_name: str,
    family_name: str,
    function: str,
    by: Actor,
) -> Affiliation:
    """Invite somebody and let her act for an organisation of the network, from today.

    Whoever has an open invitation keeps it. Refuses with NotAllowed, UnusableAddress, AlreadyAffiliated.
    """
    person = _invited(network, email, given_name, family_name, by)
    return affiliate(person=person, organisation=organisation, function=function, by=by)


@transaction.atomic
def leave_secretariat(*, office: NetworkOffice, by: Actor) -> None:
    """End an office today. Refuses with NotAllowed, LastSecretary, and NobodyElseCanSignIn.

    Who was invited and has not accepted cannot run the network yet.
    """
    # The same lock as `end_office` takes, so that the others cannot leave in between.
    Network.objects.select_for_update().get(pk=office.network.pk)
    others = other_secretaries(office)
    if others and not who_can_sign_in(others):
        raise NobodyElseCanSignIn
    end_office(office=office, by=by)


@transaction.atomic
def name_deputy(
    *,
    network: Network,
    principal: Person,
    organisation: Organisation | None,
    deputy: Person | None,
    email: str,
    given_name: str,
    family_name: str,
    kind: str,
    parts: Collection[str],
    act: str,
    since: date,
    last_day: date,
    by: Actor,
) -> Deputy:
    """Name a deputy; whoever is given by her e-mail alone is invited first.

    Refuses with NotAllowed, UnusableAddress, and whatever `registry.actions.appoint_deputy` does.
    """
    return appoint_deputy(
        principal=principal,
        deputy=deputy or _invited(network, email, given_name, family_name, by),
        network=network,
        organisation=organisation,
        kind=kind,
        parts=parts,
        act=act,
        since=since,
        last_day=last_day,
        by=by,
    )


@transaction.atomic
def choose_territory(
    *, network: Network, coming: Collection[str], leaving: Collection[str], by: Actor
) -> None:
    """Let municipalities, by their codes of today, be pieces of a network's territory or cease to be.

    Who comes for the first time belongs to it since ever, who comes again from today; who leaves,
    leaves today. What is so already is left as it is. Refuses with NotAllowed.
    """
    today = clock.today()
    Network.objects.select_for_update().get(pk=network.pk)
    there = placing.Standing.of(network, on=today).codes
    for town in placing.towns_called(set(coming) - there, on=today):
        since = today if placing.was_ever(network, town) else None
        place_network(network=network, municipality=town, valid_from=since, by=by)
    for piece in placing.singles_called(network, leaving, on=today):
        leave_place(piece=piece, on=today, by=by)


@transaction.atomic
def write_settings(
    *,
    network: Network,
    version: int,
    name: str,
    summary: str,
    active_since: PartialDate | None,
    contact: str,
    by: Actor,
) -> None:
    """Write what a network says of itself, and its public e-mail where that has changed.

    Refuses with NotAllowed, NameMissing, StaleVersion.
    """
    edit_network(
        network=network,
        version=version,
        name=name,
        summary=summary,
        active_since=active_since,
        by=by,
    )
    if contact != setting_of(network, CONTACT, on=clock.today()):
        change_setting(network=network, key=CONTACT.key, value=contact, by=by)


def _invited(network: Network, email: str, given_name: str, family_name: str, by: Actor) -> Person:
    try:
        with transaction.atomic():
            invitation, _token = invite(
                email=email,
                given_name=given_name,
                family_name=family_name,
                network=network,
                by=by,
            )
    except AlreadyInvited as refusal:
        return refusal.invitation.person
    return invitation.person

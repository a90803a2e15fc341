from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed, Refusal, StaleVersion
from tavolo.kernel.models import AnnouncedFact, Network, NetworkSetting
from tavolo.kernel.network import setting_of
from tavolo.people.models import Invitation
from tavolo.registry import actions
from tavolo.registry.actions import (
    add_organisation,
    admit_organisation,
    affiliate,
    appoint_secretary,
    change_setting,
    edit_network,
    edit_organisation,
    end_affiliation,
    end_office,
    end_participation,
    found_network,
)
from tavolo.registry.actions import organisations as organisation_actions
from tavolo.registry.choices import ParticipationRole
from tavolo.registry.errors import (
    AddressNotUsable,
    AddressReserved,
    AddressTaken,
    AlreadyAffiliated,
    AlreadyEnded,
    AlreadyInOffice,
    AlreadyTakesPart,
    EndNotKnown,
    EndsBeforeItBegan,
    LastSecretary,
    NameMissing,
    SettingNotReadable,
    TaxCodeTaken,
    TaxCodeWrong,
    UnknownKind,
    UnknownSetting,
)
from tavolo.registry.models import Affiliation, NetworkOffice, Organisation, Participation
from tavolo.registry.settings import CONTACT
from tests.factories.people import a_person
from tests.factories.registry import (
    a_founded_network,
    a_participant,
    acting,
    acting_for,
    an_organisation,
)
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley

TODAY = clock.today()
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def told(network: Network) -> list[str]:
    """The acts in the network's journal, one after the other."""
    return list(
        Entry.objects.filter(network=network).order_by("id").values_list("action", flat=True)
    )


def facts(network: Network) -> list[str]:
    rows = AnnouncedFact.objects.filter(network=network).order_by("id")
    return list(rows.values_list("key", flat=True))


# Founding


def test_founding_makes_a_network_with_an_invited_secretary(db: None) -> None:
    network, invitation, token = found_network(
        slug="Valle",
        name="  Rete   della valle ",
        secretary_email="Anna@valle.example",
        secretary_name="Anna Maria Neri",
        by=OPERATOR,
    )
    office = NetworkOffice.objects.get(network=network)
    assert (network.slug, network.name, network.sort_key) == (
        "valle",
        "Rete della valle",
        "rete della valle",
    )
    assert (invitation.email, invitation.network, len(token) > 30) == (
        "anna@valle.example",
        network,
        True,
    )
    assert (office.person, office.act, office.valid_from, office.valid_until) == (
        invitation.person,
        "foundation",
        TODAY,
        None,
    )
    assert (office.person.given_name, office.person.family_name) == ("Anna", "Maria Neri")
    assert told(network) == [
        "registry.network_founded",
        "people.person_invited",
        "registry.secretary_appointed",
    ]
    assert facts(network) == [
        "registry.NetworkFounded",
        "people.PersonInvited",
        "registry.SecretaryAppointed",
    ]


@pytest.mark.parametrize(
    "slug", ["a", "Due parole", "-valle", "valle-", "v--alle", "è", "x" * 61, ""]
)
def test_an_address_that_cannot_stand_in_a_url_is_refused(db: None, slug: str) -> None:
    with pytest.raises(AddressNotUsable):
        a_founded_network(slug)


def test_a_word_of_the_site_is_no_address(db: None) -> None:
    with pytest.raises(AddressReserved):
        a_founded_network("modifica")


def test_an_address_is_given_once(valley: Valley) -> None:
    with pytest.raises(AddressTaken):
        a_founded_network("valle", "Un’altra")
    assert Network.objects.count() == 1
    assert Invitation.objects.count() == 1


def test_a_network_without_a_name_is_refused(db: None) -> None:
    with pytest.raises(NameMissing):
        a_founded_network("valle", "   ")


def test_whoever_runs_no_installation_founds_nothing(valley: Valley, stranger: Actor) -> None:
    for actor in (ANONYMOUS, stranger, valley.secretary):
        with pytest.raises(NotAllowed):
            found_network(slug="altra", name="Altra", secretary_email="a@b.example", by=actor)
    assert Network.objects.count() == 1


# The network itself


def test_editing_a_network_keeps_its_address(valley: Valley) -> None:
    edited = edit_network(
        network=valley.network,
        version=1,
        name="Rete delle due valli",
        summary=" Insieme. ",
        active_since=PartialDate.parse("XXXX-03-09"),
        by=valley.secretary,
    )
    stored = Network.objects.get()
    assert (stored.slug, stored.name, stored.summary, str(stored.active_since), stored.version) == (
        "valle",
        "Rete delle due valli",
        "Insieme.",
        "XXXX-03-09",
        2,
    )
    assert edited.version == 2
    assert told(valley.network)[-1] == "registry.network_edited"


def test_who_saves_a_network_second_sees_both_versions(valley: Valley) -> None:
    edit_network(network=valley.network, version=1, name="Prima", by=valley.secretary)
    mine = Network.objects.get()
    with pytest.raises(StaleVersion) as refused:
        edit_network(network=mine, version=1, name="Seconda", by=valley.secretary)
    assert (refused.value.theirs.name, refused.value.yours.name) == ("Prima", "Seconda")


def test_a_network_is_not_left_without_a_name(valley: Valley) -> None:
    with pytest.raises(NameMissing):
        edit_network(network=valley.network, version=1, name=" ", by=valley.secretary)


def test_a_setting_is_superseded_and_not_overwritten(valley: Valley) -> None:
    def change(value: str, since: date | None = None) -> NetworkSetting:
        return change_setting(
            network=valley.network, key=CONTACT.key, value=value, since=since, by=valley.secretary
        )

    change("a@valle.example", YESTERDAY)
    change("c@valle.example", TOMORROW)
    change("b@valle.example")
    assert [
        setting_of(valley.network, CONTACT, on=day) for day in (YESTERDAY, TODAY, TOMORROW)
    ] == ["a@valle.example", "b@valle.example", "c@valle.example"]
    assert setting_of(valley.network, CONTACT, on=YESTERDAY - timedelta(days=1)) == ""


def test_a_second_change_on_one_day_corrects_it(valley: Valley) -> None:
    for value in ("a@valle.example", "b@valle.example"):
        change_setting(
            network=valley.network, key=CONTACT.key, value=value, source="nota", by=valley.secretary
        )
    assert list(NetworkSetting.objects.values_list("value", "valid_until", "source")) == [
        ("b@valle.example", None, "nota")
    ]
    assert told(valley.network)[-2:] == ["registry.setting_changed"] * 2


def test_an_unknown_setting_is_refused(valley: Valley) -> None:
    with pytest.raises(UnknownSetting):
        change_setting(network=valley.network, key="no.such", value="", by=valley.secretary)


def test_a_value_that_cannot_be_read_is_refused(valley: Valley, monkeypatch) -> None:
    monkeypatch.setattr(type(CONTACT), "accepts", lambda _self, _value: False)
    with pytest.raises(SettingNotReadable):
        change_setting(network=valley.network, key=CONTACT.key, value="x", by=valley.secretary)


# Organisations


def test_an_organisation_gets_its_code_from_its_name(valley: Valley) -> None:
    seat = a_municipality("Capannori")
    added = add_organisation(
        steward=valley.network,
        name=" Casa  delle Donne ",
        kind="association",
        municipality=seat,
        website="https://casa.example",
        public_email="ciao@casa.example",
        phone="0583 1",
        tax_code="IT 00488410010",
        source="statuto",
        by=valley.secretary,
    )
    stored = Organisation.objects.get()
    assert stored == added
    assert (stored.code, stored.name, stored.search_key, stored.tax_code, stored.municipality) == (
        "casa-delle-donne",
        "Casa delle Donne",
        "casa delle donne",
        "00488410010",
        seat,
    )
    assert told(valley.network)[-1] == "registry.organisation_added"
    assert facts(valley.network)[-1] == "registry.OrganisationAdded"


def test_two_organisations_of_one_name_have_two_codes(valley: Valley) -> None:
    codes = [
        an_organisation(valley.network, name).code
        for name in ("AUSER", "Auser", "àuser", "Auser 2")
    ]
    assert codes == ["auser", "auser-2", "auser-3", "auser-2-2"]


def test_a_word_of_the_site_is_no_code(valley: Valley) -> None:
    assert an_organisation(valley.network, "Nuova").code == "nuova-2"


def test_a_code_minted_twice_at_once_is_minted_again(valley: Valley, monkeypatch) -> None:
    an_organisation(valley.network, "Aurora")
    offered = iter(["aurora", "aurora-2"])
    monkeypatch.setattr(organisation_actions, "_free_code", lambda _name: next(offered))
    assert an_organisation(valley.network, "Aurora").code == "aurora-2"


def test_a_code_that_is_never_free_is_given_up(valley: Valley, monkeypatch) -> None:
    an_organisation(valley.network, "Aurora")
    monkeypatch.setattr(organisation_actions, "_free_code", lambda _name: "aurora")
    with pytest.raises(IntegrityError):
        an_organisation(valley.network, "Aurora")
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": "  ", "kind": "association"}, NameMissing),
        ({"name": "…", "kind": "association"}, NameMissing),
        ({"name": "Aurora", "kind": "circolo"}, UnknownKind),
        ({"name": "Aurora", "kind": "association", "tax_code": "00488410011"}, TaxCodeWrong),
        ({"name": "Aurora", "kind": "association", "tax_code": "00488410010"}, TaxCodeTaken),
    ],
)
def test_what_is_wrong_with_an_organisation_is_named(
    valley: Valley, values: dict[str, str], refusal: type[Refusal]
) -> None:
    an_organisation(valley.network, "Già qui", tax_code="00488410010")
    with pytest.raises(refusal):
        add_organisation(steward=valley.network, by=valley.secretary, **values)
    assert Organisation.objects.count() == 1


def test_the_same_tax_code_twice_is_refused_by_the_database_too(valley: Valley) -> None:
    an_organisation(valley.network, "Una", tax_code="00488410010")
    other = an_organisation(valley.network, "Altra")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=other.pk).update(tax_code="00488410010")


def test_a_tax_code_taken_at_the_same_moment_is_named_too(valley: Valley, monkeypatch) -> None:
    an_organisation(valley.network, "Una", tax_code="00488410010")
    other = an_organisation(valley.network, "Altra")
    checks = iter([None, TaxCodeTaken()])

    def late(_row: Organisation) -> None:
        refusal = next(checks)
        if refusal:
            raise refusal

    monkeypatch.setattr(organisation_actions, "_check", late)
    with pytest.raises(TaxCodeTaken):
        an_organisation(valley.network, "Terza", tax_code="00488410010")
    monkeypatch.setattr(organisation_actions, "_check", lambda _row: None)
    with pytest.raises(TaxCodeTaken):
        edit_organisation(
            organisation=other,
            version=1,
            name="Altra",
            kind="association",
            tax_code="00488410010",
            by=valley.secretary,
        )


def test_editing_an_organisation_keeps_its_code(valley: Valley) -> None:
    row = an_organisation(valley.network, "Aurora")
    edit_organisation(
        organisation=row,
        version=1,
        name="Aurora ODV",
        kind="foundation",
        tax_code="00488410010",
        by=valley.secretary,
    )
    stored = Organisation.objects.get()
    assert (stored.code, stored.name, stored.sort_key, stored.kind, stored.version) == (
        "aurora",
        "Aurora ODV",
        "aurora odv",
        "foundation",
        2,
    )
    assert told(valley.network)[-1] == "registry.organisation_edited"


def test_who_saves_an_organisation_second_sees_both_versions(valley: Valley) -> None:
    row = an_organisation(valley.network, "Aurora")
    mine = Organisation.objects.get()
    edit_organisation(
        organisation=row, version=1, name="Prima", kind="association", by=valley.secretary
    )
    with pytest.raises(StaleVersion) as refused:
        edit_organisation(
            organisation=mine, version=1, name="Seconda", kind="association", by=valley.secretary
        )
    assert (refused.value.theirs.name, refused.value.yours.name) == ("Prima", "Seconda")
    assert Organisation.objects.get().name == "Prima"


# Taking part


def test_admitting_keeps_what_is_known_of_the_beginning(valley: Valley) -> None:
    expected = {
        "2015-06-30": date(2015, 6, 30),
        "2006": date(2006, 1, 1),
        "XXXX-03-09": None,
        "../2004": None,
    }
    for number, since in enumerate(expected):
        admit_organisation(
            network=valley.network,
            organisation=an_organisation(valley.network, f"Organizzazione {number}"),
            since=PartialDate.parse(since),
            by=valley.secretary,
        )
    found = {str(row.began): row.valid_from for row in Participation.objects.all()}
    assert found == expected


def test_a_beginning_that_nobody_states_stays_unknown(valley: Valley) -> None:
    row = admit_organisation(
        network=valley.network,
        organisation=an_organisation(valley.network),
        since=None,
        role="contributor",
        source="pagina",
        by=valley.secretary,
    )
    stored = Participation.objects.get()
    assert (stored, stored.began, stored.valid_from, stored.role, stored.source) == (
        row,
        None,
        None,
        ParticipationRole.CONTRIBUTOR,
        "pagina",
    )
    assert told(valley.network)[-1] == "registry.organisation_admitted"
    assert facts(valley.network)[-1] == "registry.OrganisationAdmitted"


def test_nobody_takes_part_twice_at_a_time(valley: Valley) -> None:
    organisation = a_participant(valley.network)
    for since in (None, TODAY, TOMORROW, YESTERDAY):
        with pytest.raises(AlreadyTakesPart):
            admit_organisation(
                network=valley.network, organisation=organisation, since=since, by=valley.secretary
            )


def test_two_who_admit_at_once_are_held_by_the_database(valley: Valley, monkeypatch) -> None:
    organisation = a_participant(valley.network)
    monkeypatch.setattr(actions.participations, "refuse_overlap", lambda *_asked: None)
    with pytest.raises(AlreadyTakesPart):
        admit_organisation(
            network=valley.network, organisation=organisation, since=TODAY, by=valley.secretary
        )


def test_who_left_may_come_back(valley: Valley) -> None:
    organisation = an_organisation(valley.network)

    def admit(since: date) -> Participation:
        return admit_organisation(
            network=valley.network, organisation=organisation, since=since, by=valley.secretary
        )

    first = admit(date(2015, 1, 1))
    end_participation(participation=first, last_day=date(2019, 12, 31), by=valley.secretary)
    with pytest.raises(AlreadyTakesPart):
        admit(date(2019, 12, 31))
    admit(date(2020, 1, 1))
    assert list(Participation.objects.order_by("id").values_list("valid_from", "valid_until")) == [
        (date(2015, 1, 1), date(2020, 1, 1)),
        (date(2020, 1, 1), None),
    ]


def test_an_end_known_in_part_is_kept_so(valley: Valley) -> None:
    row = admit_organisation(
        network=valley.network,
        organisation=an_organisation(valley.network),
        since=PartialDate.parse("2007"),
        by=valley.secretary,
    )
    end_participation(participation=row, last_day=PartialDate.parse("2016-01"), by=valley.secretary)
    stored = Participation.objects.get()
    assert (str(stored.ended), stored.valid_until) == ("2016-01", date(2016, 2, 1))
    assert told(valley.network)[-1] == "registry.participation_ended"
    assert facts(valley.network)[-1] == "registry.ParticipationEnded"


@pytest.mark.parametrize(
    ("last_day", "refusal"),
    [("XXXX-03-09", EndNotKnown), ("2010/..", EndNotKnown), ("2001", EndsBeforeItBegan)],
)
def test_an_end_that_cannot_be_is_refused(
    valley: Valley, last_day: str, refusal: type[Refusal]
) -> None:
    row = admit_organisation(
        network=valley.network,
        organisation=an_organisation(valley.network),
        since=PartialDate.parse("2007"),
        by=valley.secretary,
    )
    with pytest.raises(refusal):
        end_participation(
            participation=row, last_day=PartialDate.parse(last_day), by=valley.secretary
        )


def test_what_has_ended_does_not_end_again(valley: Valley) -> None:
    a_participant(valley.network)
    row = Participation.objects.get()
    end_participation(participation=row, last_day=TODAY, by=valley.secretary)
    with pytest.raises(AlreadyEnded):
        end_participation(participation=row, last_day=TOMORROW, by=valley.secretary)


# Who acts for whom


def test_acting_for_an_organisation_makes_her_its_member(valley: Valley) -> None:
    organisation, person = a_participant(valley.network), a_person()
    row = affiliate(
        person=person, organisation=organisation, function=" delegata ", by=valley.secretary
    )
    assert (row.function, row.valid_from) == ("delegata", TODAY)
    assert acting(person).has(
        "organisation_member",
        network=valley.network.uid,
        scope=("organisation", organisation.uid),
    )
    assert told(valley.network)[-1] == "registry.person_affiliated"


def test_nobody_acts_twice_for_one_organisation(valley: Valley) -> None:
    organisation, person = a_participant(valley.network), a_person()
    acting_for(organisation, person)
    with pytest.raises(AlreadyAffiliated):
        affiliate(person=person, organisation=organisation, by=valley.secretary)


def test_who_stops_acting_is_a_member_until_that_day(valley: Valley) -> None:
    organisation, person = a_participant(valley.network), a_person()
    row = affiliate(person=person, organisation=organisation, since=YESTERDAY, by=valley.secretary)
    end_affiliation(affiliation=row, last_day=YESTERDAY, by=valley.secretary)
    assert acting(person).roles == frozenset()
    assert told(valley.network)[-1] == "registry.affiliation_ended"
    with pytest.raises(AlreadyEnded):
        end_affiliation(affiliation=row, by=valley.secretary)


# Offices


def test_a_second_secretary_may_follow_the_first(valley: Valley) -> None:
    person = a_person()
    appoint_secretary(network=valley.network, person=person, act="determina 3", by=valley.secretary)
    first = NetworkOffice.objects.get(person=valley.person)
    end_office(office=first, by=acting(person))
    assert first.last_day == TODAY
    assert told(valley.network)[-2:] == ["registry.secretary_appointed", "registry.office_ended"]


def test_a_network_is_not_left_without_a_secretary(valley: Valley) -> None:
    office = NetworkOffice.objects.get()
    with pytest.raises(LastSecretary):
        end_office(office=office, by=valley.secretary)
    assert NetworkOffice.objects.get().valid_until is None


def test_a_follower_who_begins_later_does_not_count(valley: Valley) -> None:
    office = NetworkOffice.objects.get()
    appoint_secretary(
        network=valley.network,
        person=a_person(),
        act="determina 3",
        since=TODAY + timedelta(days=2),
        by=valley.secretary,
    )
    with pytest.raises(LastSecretary):
        end_office(office=office, last_day=TODAY, by=valley.secretary)
    end_office(office=office, last_day=TOMORROW, by=valley.secretary)


def test_nobody_holds_the_office_twice(valley: Valley) -> None:
    with pytest.raises(AlreadyInOffice):
        appoint_secretary(
            network=valley.network, person=valley.person, act="x", by=valley.secretary
        )


# Who may not


def test_the_stranger_and_the_neighbour_change_nothing(valley: Valley, stranger: Actor) -> None:
    organisation, person = a_participant(valley.network), a_person()
    acting_for(organisation, person)
    neighbour = a_founded_network("altra", "Altra rete")
    other_secretary = acting(NetworkOffice.objects.get(network=neighbour).person)
    member = acting(person)
    before = (Entry.objects.count(), AnnouncedFact.objects.count())
    for actor in (ANONYMOUS, stranger, member, other_secretary):
        for attempt in attempts(valley, organisation, actor):
            with pytest.raises(NotAllowed):
                attempt()
    assert (Entry.objects.count(), AnnouncedFact.objects.count()) == before


def attempts(valley: Valley, organisation: Organisation, by: Actor):
    network, person = valley.network, valley.person
    participation = Participation.objects.get(organisation=organisation)
    yield lambda: edit_network(network=network, version=1, name="x", by=by)
    yield lambda: change_setting(network=network, key=CONTACT.key, value="x", by=by)
    yield lambda: add_organisation(steward=network, name="x", kind="school", by=by)
    yield lambda: edit_organisation(
        organisation=organisation, version=1, name="x", kind="school", by=by
    )
    yield lambda: admit_organisation(network=network, organisation=organisation, since=None, by=by)
    yield lambda: end_participation(participation=participation, last_day=TODAY, by=by)
    yield lambda: affiliate(person=person, organisation=organisation, by=by)
    yield lambda: end_affiliation(
        affiliation=Affiliation.objects.known().get(organisation=organisation), by=by
    )
    yield lambda: appoint_secretary(network=network, person=person, act="x", by=by)
    yield lambda: end_office(office=NetworkOffice.objects.get(network=network), by=by)


def test_an_act_leaves_nothing_behind_where_it_is_refused(valley: Valley) -> None:
    before = Entry.objects.count()
    with pytest.raises(TaxCodeWrong):
        an_organisation(valley.network, "Aurora", tax_code="1")
    assert (Organisation.objects.count(), Entry.objects.count()) == (0, before)

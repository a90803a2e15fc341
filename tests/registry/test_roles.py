from datetime import timedelta

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, Role, actor_of
from tavolo.people.models import Person
from tavolo.registry.actions import affiliate, end_participation
from tavolo.registry.models import Participation
from tavolo.registry.roles import Members, Secretariat
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network, a_participant, acting_for, an_organisation
from tests.registry.conftest import Valley

TODAY = clock.today()


def keys(person: Person, day=TODAY) -> list[str]:
    return sorted(role.key for role in actor_of(person.uid, on=day).roles)


def test_the_secretariat_comes_from_an_act_and_has_its_days(valley: Valley) -> None:
    assert Secretariat().roles(valley.person.uid, None, TODAY) == {
        Role("network_secretary", valley.network.uid, None, TODAY, None)
    }
    assert Secretariat().roles(valley.person.uid, None, TODAY - timedelta(days=1)) == set()


def test_a_role_in_one_network_is_none_in_another(valley: Valley) -> None:
    other = a_founded_network("altra")
    for source in (Secretariat(), Members()):
        assert source.roles(valley.person.uid, other.uid, TODAY) == set()


def test_whoever_acts_for_an_organisation_is_its_member_where_it_takes_part(valley: Valley) -> None:
    organisation, person = a_participant(valley.network), a_person()
    acting_for(organisation, person)
    assert Members().roles(person.uid, valley.network.uid, TODAY) == {
        Role(
            "organisation_member",
            valley.network.uid,
            ("organisation", organisation.uid),
            TODAY,
            None,
        )
    }


def test_for_an_organisation_in_no_network_nobody_is_a_member(valley: Valley) -> None:
    person = a_person()
    acting_for(an_organisation(valley.network), person)
    assert keys(person) == []


def test_the_role_ends_with_the_taking_part(valley: Valley) -> None:
    organisation, person = a_participant(valley.network), a_person()
    acting_for(organisation, person)
    end_participation(participation=Participation.objects.get(), last_day=TODAY, by=OPERATOR)
    assert keys(person) == ["organisation_member"]
    assert keys(person, TODAY + timedelta(days=1)) == []


def test_somebody_without_dated_facts_has_no_role(valley: Valley) -> None:
    person = a_person()
    a_participant(valley.network)
    assert keys(person) == []


def test_the_role_lasts_as_long_as_both_facts(valley: Valley) -> None:
    organisation, person = a_participant(valley.network), a_person()
    affiliate(
        person=person,
        organisation=organisation,
        since=TODAY + timedelta(days=5),
        by=OPERATOR,
    )
    assert keys(person) == []
    assert keys(person, TODAY + timedelta(days=5)) == ["organisation_member"]

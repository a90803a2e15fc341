"""What may be entered of persons in office, and what ends with an office."""

from datetime import date

import pytest

from tavolo.journal.models import Entry
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed, Refusal
from tavolo.kernel.models import AnnouncedFact
from tavolo.people.models import Person
from tavolo.registry.actions import (
    add_unit,
    change_fact,
    correct_fact,
    discontinue_office,
    end_all_offices,
    end_fact,
    reopen_office,
    withdraw_fact,
)
from tavolo.registry.choices import (
    Capacity,
    DelegationTheme,
    EndReason,
    GrammaticalForm,
    OfficeTitle,
    UnitKind,
)
from tavolo.registry.errors import (
    AlreadyDelegated,
    AlreadyDiscontinued,
    AlreadyHoldsOffice,
    AlreadyRepresents,
    BeginningNotKnown,
    EndNotKnown,
    MatterMissing,
    NothingNamed,
    NothingToEnd,
    OfficeHeld,
    OfficeOfAnother,
    OutsideOffice,
    StillHeld,
    TitleMissing,
)
from tavolo.registry.models import (
    Delegation,
    DiscontinuedOffice,
    OfficeHolding,
    Organisation,
    Representation,
)
from tests.factories.in_office import a_delegation, a_representation, an_office, partly
from tests.factories.people import a_person
from tests.factories.registry import an_organisation
from tests.registry.conftest import Valley

MAYOR, ASSESSOR, COUNCILLOR = OfficeTitle.MAYOR, OfficeTitle.ASSESSOR, OfficeTitle.COUNCILLOR
MAY, JUNE = date(2019, 5, 26), date(2019, 6, 10)


@pytest.fixture
def town(valley: Valley) -> Organisation:
    return an_organisation(valley.network, "Comune di Vallalta", "municipality")


@pytest.fixture
def ada(db: None) -> Person:
    return a_person("Ada", "Conti")


@pytest.fixture
def bice(db: None) -> Person:
    return a_person("Bice", "Longhi")


def held_now(model: type, organisation: Organisation) -> list[tuple[object, ...]]:
    rows = model.objects.known().filter(organisation=organisation)  # type: ignore[attr-defined]
    return list(
        rows.order_by("valid_from", "id").values_list(
            "person__family_name", "valid_from", "valid_until"
        )
    )


def delegated(organisation: Organisation) -> dict[str, tuple[object, ...]]:
    """What is delegated there by matter, as it is held now: from when, until when, why it ended."""
    rows = Delegation.objects.known().filter(organisation=organisation)
    return {row.theme: (row.valid_from, row.valid_until, row.end_reason) for row in rows}


def told(organisation: Organisation) -> Entry:
    """The last act in the journal of its steward."""
    rows = Entry.objects.filter(network=organisation.steward).select_related("kept")
    return rows.order_by("-id")[0]


# Offices


def test_a_mayor_who_is_in_office_is_named_to_whoever_enters_another(
    town: Organisation, ada: Person, bice: Person
) -> None:
    an_office(town, ada, MAYOR, since="2014-06-09")
    with pytest.raises(OfficeHeld) as refused:
        an_office(town, bice, MAYOR, since="2019-06-10")
    assert refused.value.holder == ada
    assert "Ada Conti" in str(refused.value)
    assert held_now(OfficeHolding, town) == [("Conti", date(2014, 6, 9), None)]


def test_who_held_it_before_and_after_is_no_obstacle(
    town: Organisation, ada: Person, bice: Person
) -> None:
    an_office(town, ada, MAYOR, since="2014", until="2019")
    an_office(town, bice, MAYOR, since="2019", until="2024-06-08")
    an_office(town, ada, MAYOR, since="2024-06-09")
    assert held_now(OfficeHolding, town) == [
        ("Conti", date(2014, 1, 1), date(2020, 1, 1)),
        ("Longhi", date(2019, 1, 1), date(2024, 6, 9)),
        ("Conti", date(2024, 6, 9), None),
    ]


def test_a_mayor_of_whom_nobody_knows_since_when_does_not_bar_those_before(
    town: Organisation, ada: Person, bice: Person
) -> None:
    an_office(town, ada, MAYOR)
    an_office(town, bice, MAYOR, since="2009", until="2014")
    assert len(held_now(OfficeHolding, town)) == 2


def test_a_unit_has_its_own_president(valley: Valley, ada: Person, bice: Person) -> None:
    region = an_organisation(valley.network, "Regione Valle", "region")
    council = add_unit(
        organisation=region, name="Consiglio regionale", kind=UnitKind.ORGAN, by=OPERATOR
    )
    an_office(region, ada, OfficeTitle.PRESIDENT, since="2019")
    an_office(region, bice, OfficeTitle.PRESIDENT, since="2019", unit=council)
    with pytest.raises(OfficeHeld):
        an_office(region, ada, OfficeTitle.PRESIDENT, since="2020", unit=council)


def test_several_are_assessors_and_one_only_once(
    town: Organisation, ada: Person, bice: Person
) -> None:
    an_office(town, ada, since="2019-06-10")
    an_office(town, bice, since="2019-06-10")
    with pytest.raises(AlreadyHoldsOffice):
        an_office(town, ada, since="2020-01-01")
    assert len(held_now(OfficeHolding, town)) == 2


def test_an_office_outside_the_vocabulary_needs_its_words(town: Organisation, ada: Person) -> None:
    with pytest.raises(TitleMissing):
        an_office(town, ada, OfficeTitle.OTHER)
    garante = an_office(town, ada, OfficeTitle.OTHER, title_masculine="garante dei detenuti")
    with pytest.raises(AlreadyHoldsOffice):
        an_office(town, ada, OfficeTitle.OTHER, title_masculine="Garante  dei detenuti")
    an_office(town, ada, OfficeTitle.OTHER, title_feminine="difensora civica")
    assert garante.title_masculine == "garante dei detenuti"


def test_an_office_of_the_vocabulary_has_no_words_of_its_own(
    town: Organisation, ada: Person
) -> None:
    row = an_office(town, ada, title_feminine="assessora anziana")
    assert (row.title_feminine, row.title_masculine) == ("", "")


def test_the_neighbour_enters_no_office(town: Organisation, ada: Person, stranger: Actor) -> None:
    row = an_office(town, ada, since=JUNE)
    for act in (
        lambda: end_all_offices(organisation=town, last=partly(JUNE), act="x", by=stranger),
        lambda: discontinue_office(
            organisation=town, title=MAYOR, since=partly(JUNE), reason="", by=stranger
        ),
        lambda: end_fact(fact=row, last=partly(JUNE), by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert held_now(OfficeHolding, town) == [("Conti", JUNE, None)]


# Delegations


def test_a_delegation_without_dates_holds_as_long_as_its_office(
    town: Organisation, ada: Person
) -> None:
    office = an_office(town, ada, since=JUNE, until="2024-06-08")
    row = a_delegation(town, ada, on=office)
    assert (row.began, row.ended) == (None, partly("2024-06-08"))
    assert held_now(Delegation, town) == [("Conti", JUNE, date(2024, 6, 9))]


def test_a_delegation_known_in_part_is_matched_within_its_office(
    town: Organisation, ada: Person
) -> None:
    office = an_office(town, ada, since=JUNE, until="2024-06-08")
    row = a_delegation(town, ada, on=office, since="2019", until="2024")
    assert (str(row.began), str(row.ended)) == ("2019", "2024")
    assert held_now(Delegation, town) == [("Conti", JUNE, date(2024, 6, 9))]


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2019-06-09", None),
        ("2018", None),
        ("2019-07-01", "2024-06-09"),
        ("2024-06-09", None),
        (None, "2018"),
    ],
)
def test_a_delegation_outside_its_office_is_refused(
    town: Organisation, ada: Person, since: str | None, until: str | None
) -> None:
    office = an_office(town, ada, since=JUNE, until="2024-06-08")
    with pytest.raises(OutsideOffice):
        a_delegation(town, ada, on=office, since=since, until=until)
    assert held_now(Delegation, town) == []


def test_a_delegation_rests_on_an_office_of_the_same_person(
    town: Organisation, ada: Person, bice: Person
) -> None:
    office = an_office(town, bice, since=JUNE)
    with pytest.raises(OfficeOfAnother):
        a_delegation(town, ada, on=office, since=JUNE)


def test_a_matter_is_delegated_once_to_a_person(
    town: Organisation, ada: Person, bice: Person
) -> None:
    a_delegation(town, ada, since=JUNE)
    a_delegation(town, bice, since=JUNE)
    with pytest.raises(AlreadyDelegated):
        a_delegation(town, ada, since="2020", words="pari opportunità e diritti")
    other = DelegationTheme.OTHER
    a_delegation(town, ada, other, words="tempi della città")
    a_delegation(town, ada, other, words="pace")
    with pytest.raises(AlreadyDelegated):
        a_delegation(town, ada, other, words="Pace")
    with pytest.raises(MatterMissing):
        a_delegation(town, ada, other)


# Representations


def test_nobody_speaks_twice_in_the_same_capacity(
    valley: Valley, town: Organisation, ada: Person
) -> None:
    a_representation(town, ada, since=JUNE)
    a_representation(town, ada, since=JUNE, network=valley.network)
    a_representation(town, ada, Capacity.SUBSTITUTE, since=JUNE)
    with pytest.raises(AlreadyRepresents):
        a_representation(town, ada, since="2021", network=valley.network)


# What ends with an office


def test_with_an_office_ends_what_rests_on_it(town: Organisation, ada: Person) -> None:
    a_representation(town, ada, since="2015-01-01", matter="centro antiviolenza")
    office = an_office(town, ada, since=JUNE)
    a_delegation(town, ada, on=office, since=JUNE)
    a_delegation(town, ada, DelegationTheme.CULTURE, on=office, since=JUNE, until="2020-12-31")
    a_delegation(town, ada, DelegationTheme.YOUTH, since=JUNE)
    a_representation(town, ada, since="2019-09-01")
    end_fact(
        fact=office, last=partly(MAY.replace(year=2022)), by=OPERATOR, end_reason="resignation"
    )
    until = date(2022, 5, 27)
    assert held_now(OfficeHolding, town) == [("Conti", JUNE, until)]
    assert delegated(town) == {
        DelegationTheme.EQUAL_OPPORTUNITIES: (JUNE, until, EndReason.RESIGNATION),
        DelegationTheme.CULTURE: (JUNE, date(2021, 1, 1), ""),
        DelegationTheme.YOUTH: (JUNE, None, ""),
    }
    assert held_now(Representation, town) == [
        ("Conti", date(2015, 1, 1), None),
        ("Conti", date(2019, 9, 1), until),
    ]


def test_who_holds_another_office_goes_on_speaking(town: Organisation, ada: Person) -> None:
    an_office(town, ada, COUNCILLOR, since=JUNE)
    assessor = an_office(town, ada, since=JUNE)
    a_representation(town, ada, since=JUNE)
    end_fact(fact=assessor, last=partly("2022-05-26"), by=OPERATOR)
    assert held_now(Representation, town) == [("Conti", JUNE, None)]


def test_who_sat_in_an_organ_speaks_for_the_whole_no_longer(
    town: Organisation, ada: Person
) -> None:
    council, police = (
        add_unit(organisation=town, name=name, kind=UnitKind.ORGAN, by=OPERATOR)
        for name in ("Consiglio comunale", "Polizia Locale")
    )
    office = an_office(town, ada, COUNCILLOR, since=JUNE, unit=council)
    for unit in (None, council, police):
        a_representation(town, ada, since=JUNE, unit=unit)
    end_fact(fact=office, last=partly("2022-05-26"), by=OPERATOR)
    rows = Representation.objects.known().order_by("unit__name")
    assert {row.unit: row.valid_until for row in rows} == {
        None: date(2022, 5, 27),
        council: date(2022, 5, 27),
        police: None,
    }


def test_who_speaks_from_a_later_day_is_not_ended_before(town: Organisation, ada: Person) -> None:
    office = an_office(town, ada)
    a_representation(town, ada, since="2022-06-01")
    a_representation(town, ada, Capacity.SUBSTITUTE)
    end_fact(fact=office, last=partly("2022-05-26"), by=OPERATOR)
    assert set(held_now(Representation, town)) == {
        ("Conti", None, date(2022, 5, 27)),
        ("Conti", date(2022, 6, 1), None),
    }


def test_an_office_that_ends_before_its_delegation_began_is_refused(
    town: Organisation, ada: Person
) -> None:
    office = an_office(town, ada, since=JUNE)
    a_delegation(town, ada, on=office, since="2021-01-01")
    with pytest.raises(OutsideOffice):
        end_fact(fact=office, last=partly("2020-12-31"), by=OPERATOR)
    assert held_now(OfficeHolding, town) == [("Conti", JUNE, None)]


# Corrected, changed, withdrawn


def test_what_began_and_ended_with_an_office_follows_its_correction(
    town: Organisation, ada: Person
) -> None:
    office = an_office(town, ada, since="2019-06-12", until="2024-06-08")
    a_delegation(town, ada, on=office, since="2019-06-12")
    a_delegation(town, ada, DelegationTheme.CULTURE, on=office, since="2019-07-01", until="2021")
    values = {"began": partly(JUNE), "ended": partly("2022-01-31")}
    correct_fact(fact=office, values=values, by=OPERATOR)
    assert delegated(town) == {
        DelegationTheme.EQUAL_OPPORTUNITIES: (JUNE, date(2022, 2, 1), ""),
        DelegationTheme.CULTURE: (date(2019, 7, 1), date(2022, 1, 1), ""),
    }
    assert len((told(town).values or {})["brought"]) == 1


def test_an_office_that_goes_on_after_all_keeps_its_delegations(
    town: Organisation, ada: Person
) -> None:
    office = an_office(town, ada, since=JUNE)
    a_delegation(town, ada, on=office)
    office = end_fact(fact=office, last=partly("2021-12-31"), by=OPERATOR)
    correct_fact(fact=office, values={"ended": None}, by=OPERATOR)
    assert delegated(town) == {DelegationTheme.EQUAL_OPPORTUNITIES: (JUNE, None, "")}


def test_the_person_of_an_office_is_corrected_with_her_delegations(
    town: Organisation, ada: Person, bice: Person
) -> None:
    office = an_office(town, ada, since=JUNE)
    a_delegation(town, ada, on=office, since=JUNE)
    correct_fact(fact=office, values={"person": bice}, by=OPERATOR)
    assert held_now(OfficeHolding, town) == [("Longhi", JUNE, None)]
    assert held_now(Delegation, town) == [("Longhi", JUNE, None)]


def test_a_change_of_office_hands_the_delegations_on(town: Organisation, ada: Person) -> None:
    office = an_office(town, ada, since=JUNE)
    a_delegation(town, ada, on=office)
    a_delegation(town, ada, DelegationTheme.CULTURE, on=office, until="2020-12-31")
    a_delegation(town, ada, DelegationTheme.YOUTH, on=office, since="2023-01-01")
    a_representation(town, ada, since=JUNE)
    day = date(2022, 3, 1)
    deputy = change_fact(
        fact=office, since=partly(day), values={"title": OfficeTitle.DEPUTY_MAYOR}, by=OPERATOR
    )
    rows = Delegation.objects.known().order_by("theme", "valid_from")
    assert list(rows.values_list("theme", "valid_from", "valid_until", "holding")) == [
        (DelegationTheme.CULTURE, JUNE, date(2021, 1, 1), office.uid),
        (DelegationTheme.EQUAL_OPPORTUNITIES, JUNE, day, office.uid),
        (DelegationTheme.EQUAL_OPPORTUNITIES, day, None, deputy.uid),
        (DelegationTheme.YOUTH, date(2023, 1, 1), None, deputy.uid),
    ]
    assert held_now(Representation, town) == [("Conti", JUNE, None)]


def test_an_office_that_passes_to_another_takes_nothing_along(
    town: Organisation, ada: Person, bice: Person
) -> None:
    office = an_office(town, ada, since=JUNE)
    a_delegation(town, ada, on=office)
    a_representation(town, ada, since=JUNE)
    day = date(2022, 3, 1)
    change_fact(fact=office, since=partly(day), values={"person": bice}, by=OPERATOR)
    assert held_now(OfficeHolding, town) == [("Conti", JUNE, day), ("Longhi", day, None)]
    assert held_now(Delegation, town) == [("Conti", JUNE, day)]
    assert held_now(Representation, town) == [("Conti", JUNE, day)]


def test_what_rested_on_an_office_that_never_was_is_withdrawn(
    town: Organisation, ada: Person
) -> None:
    office = an_office(town, ada, since=JUNE)
    a_delegation(town, ada, on=office)
    withdraw_fact(fact=office, reason="era un’omonima", by=OPERATOR)
    assert held_now(OfficeHolding, town) == []
    assert held_now(Delegation, town) == []


# After an election


def test_after_an_election_everything_ends_in_one_act(
    valley: Valley, town: Organisation, ada: Person, bice: Person
) -> None:
    commander = a_person("Carla", "Dini")
    mayor = an_office(town, ada, MAYOR, since=JUNE)
    councillor = an_office(town, ada, COUNCILLOR, since=JUNE)
    assessor = an_office(town, bice, since=JUNE)
    an_office(town, commander, OfficeTitle.COMMANDER, since=JUNE)
    resting = a_delegation(town, bice, on=assessor)
    alone = a_delegation(town, ada, DelegationTheme.CULTURE, since=JUNE)
    sent = a_representation(town, ada, since=JUNE)
    kept = a_representation(town, commander, Capacity.CONTACT_PERSON, since="2010")
    facts = AnnouncedFact.objects.count()
    number = end_all_offices(
        organisation=town, last=partly("2024-06-08"), act="Verbale  n. 1", by=valley.secretary
    )
    until = date(2024, 6, 9)
    assert number == 4
    assert sorted(held_now(OfficeHolding, town), key=str) == [
        ("Conti", JUNE, until),
        ("Conti", JUNE, until),
        ("Dini", JUNE, None),
        ("Longhi", JUNE, until),
    ]
    assert {(row.uid, row.valid_until, row.end_reason) for row in Delegation.objects.known()} == {
        (resting.uid, until, EndReason.ELECTION),
        (alone.uid, until, EndReason.ELECTION),
    }
    assert {(row.uid, row.valid_until) for row in Representation.objects.known()} == {
        (sent.uid, until),
        (kept.uid, None),
    }
    entry = told(town)
    values = entry.values or {}
    assert (entry.action, entry.subject_uid) == ("registry.offices_ended", town.uid)
    assert set(values.pop("ended")) == {
        str(row.uid) for row in (mayor, councillor, assessor, alone, sent, resting)
    }
    assert values == {"last_day": "2024-06-08", "act": "Verbale n. 1", "reason": "election"}
    assert list(AnnouncedFact.objects.order_by("id").values_list("key", flat=True))[facts:] == [
        "registry.OfficesEnded"
    ]


def test_where_an_organisation_is_wound_up_all_its_offices_end(
    town: Organisation, ada: Person, bice: Person
) -> None:
    an_office(town, ada, OfficeTitle.DIRECTOR, since=JUNE)
    an_office(town, bice, since="2025-01-01")
    an_office(town, ada, COUNCILLOR, since=JUNE, until="2021")
    number = end_all_offices(
        organisation=town,
        last=partly("2023-12-31"),
        act="L.R. 3/2023",
        reason=EndReason.REORGANISATION,
        by=OPERATOR,
    )
    assert number == 1
    assert {(row.title, row.valid_until) for row in OfficeHolding.objects.known()} == {
        (OfficeTitle.DIRECTOR, date(2024, 1, 1)),
        (ASSESSOR, None),
        (COUNCILLOR, date(2022, 1, 1)),
    }


def test_where_nobody_is_in_office_nothing_ends(town: Organisation) -> None:
    for last, refusal in (("2024-06-08", NothingToEnd), ("XXXX-06-08", EndNotKnown)):
        with pytest.raises(refusal):
            end_all_offices(organisation=town, last=partly(last), act="", by=OPERATOR)


# Not to be filled


def test_an_office_is_given_up_and_taken_up_again(town: Organisation) -> None:
    row = discontinue_office(
        organisation=town,
        theme="culture",
        since=partly("2020"),
        reason=" passa all’Unione ",
        by=OPERATOR,
    )
    assert (row.valid_from, row.reason) == (date(2020, 1, 1), "passa all’Unione")
    assert told(town).action == "registry.office_discontinued"
    with pytest.raises(AlreadyDiscontinued):
        discontinue_office(
            organisation=town, theme="culture", since=partly("2021"), reason="", by=OPERATOR
        )
    reopen_office(discontinued=row, by=OPERATOR)
    assert told(town).action == "registry.office_reopened"
    assert not DiscontinuedOffice.objects.known().exists()


@pytest.mark.parametrize(
    ("named", "since", "refusal"),
    [
        ({}, "2020", NothingNamed),
        ({"title": "mayor", "theme": "culture"}, "2020", NothingNamed),
        ({"title": "doge"}, "2020", NothingNamed),
        ({"title": "mayor"}, "XXXX-03-09", BeginningNotKnown),
        ({"title": "mayor"}, "2020", StillHeld),
        ({"theme": "culture"}, "2020", StillHeld),
    ],
)
def test_what_cannot_be_given_up(
    town: Organisation,
    ada: Person,
    named: dict[str, str],
    since: str,
    refusal: type[Refusal],
) -> None:
    an_office(town, ada, MAYOR, since=JUNE)
    a_delegation(town, ada, DelegationTheme.CULTURE, since=JUNE)
    with pytest.raises(refusal):
        discontinue_office(
            organisation=town, since=PartialDate.parse(since), reason="", by=OPERATOR, **named
        )
    assert not DiscontinuedOffice.objects.exists()


def test_a_man_and_a_woman_in_one_office_are_written_each(town: Organisation, ada: Person) -> None:
    leo = a_person("Leo", "Nardi")
    an_office(town, ada, since=JUNE)
    an_office(town, leo, since=JUNE, form=GrammaticalForm.MASCULINE)
    rows = OfficeHolding.objects.known().order_by("id")
    assert [row.form for row in rows] == [GrammaticalForm.FEMININE, GrammaticalForm.MASCULINE]

"""Who is in office, entered at work; all offices that end with an election; what is vacant."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.kernel.models import Network
from tavolo.people.models import Account, Person
from tavolo.registry.models import (
    Delegation,
    DiscontinuedOffice,
    OfficeHolding,
    Organisation,
    Representation,
)
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant
from tests.registry.working import HERE, delegated, faults, in_office, partly, said, sent, taken

WORK = 20
NEW = f"{HERE}incarichi/nuovo/"
VACANT = "/lavoro/reti/valle/cariche-vacanti/"
GIVEN_UP = f"{HERE}da-non-coprire/"


@pytest.fixture
def run(db: None) -> Account:
    _network, account = a_network_with_secretary()
    return with_second_factor(account)


@pytest.fixture
def secretary(run: Account, client: Client) -> Client:
    return sign_in(client, run)


@pytest.fixture
def town(run: Account) -> Organisation:
    return a_participant(Network.objects.get(), "Comune di Valle", kind="municipality")


def offices() -> list[OfficeHolding]:
    return list(OfficeHolding.objects.known().order_by("id"))


# Who


def test_somebody_new_is_entered_with_her_office_and_her_delegation(
    secretary: Client, town: Organisation
) -> None:
    answer = sent(
        secretary,
        NEW,
        family_name="Bianchi",
        given_name="Nora",
        title="assessor",
        form="feminine",
        public="on",
        themes=["equal_opportunities", "social_policies"],
        began="12/6/2024",
        act="Decreto 4/2024",
    )
    assert taken(answer) == f"{HERE}#incarichi"
    (office,) = offices()
    assert (office.person.name, office.title, str(office.began)) == (
        "Nora Bianchi",
        "assessor",
        "2024-06-12",
    )
    delegations = Delegation.objects.known().order_by("theme")
    assert [(row.theme, row.holding, row.person, row.act) for row in delegations] == [
        ("equal_opportunities", office.uid, office.person, "Decreto 4/2024"),
        ("social_policies", office.uid, office.person, "Decreto 4/2024"),
    ]
    page = said(secretary.get(HERE))
    assert "Nora Bianchi assessora" in page
    assert "Nora Bianchi Pari opportunità" in page


def test_one_delegation_is_kept_in_the_words_of_the_act(
    secretary: Client, town: Organisation
) -> None:
    typed = {"family_name": "Bianchi", "given_name": "Nora", "title": "assessor"}
    also = {"form": "feminine", "themes": "equal_opportunities", "themes_words": "Parità e diritti"}
    taken(sent(secretary, NEW, **typed, **also))
    assert Delegation.objects.get().words == "Parità e diritti"


def test_who_is_known_by_that_name_is_asked_for(secretary: Client, town: Organisation) -> None:
    known = in_office(town, title="councillor").person
    typed = {"family_name": "verdi", "title": "assessor", "form": "feminine"}
    asked = sent(secretary, NEW, **typed)
    assert faults(asked) == [("#id_who_0", "Di’ se è una di queste persone.")]
    assert "Bianca Verdi (Comune di Valle)" in said(asked)
    taken(sent(secretary, NEW, **typed, who=str(known.uid)))
    assert [row.person for row in offices()] == [known, known]
    assert Person.objects.filter(family_name="Verdi").count() == 1


def test_a_namesake_is_another_person(secretary: Client, town: Organisation) -> None:
    in_office(town, title="councillor")
    typed = {"family_name": "Verdi", "title": "assessor", "form": "feminine", "who": "altra"}
    asked = sent(secretary, NEW, **typed)
    assert faults(asked) == [("#id_given_name", "Scrivi il nome.")]
    taken(sent(secretary, NEW, **typed, given_name="Bianca"))
    assert Person.objects.filter(name="Bianca Verdi").count() == 2


def test_whom_she_may_not_know_is_not_offered(secretary: Client, town: Organisation) -> None:
    # Planted: somebody with an account and no public role, and one in office of a private body.
    an_account(given_name="Elena", family_name="Segreta")
    _network, _account = a_network_with_secretary("altra")
    other = a_participant(Network.objects.get(slug="altra"), "Casa delle donne")
    in_office(other, "president", a_person("Elena", "Segreta"), public=False)
    typed = {"family_name": "Segreta", "given_name": "Elena", "title": "mayor", "form": "feminine"}
    taken(sent(secretary, NEW, **typed))
    assert Person.objects.filter(name="Elena Segreta").count() == 3


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"given_name": "Nora"}, "family_name"),
        ({"family_name": "Bianchi"}, "given_name"),
        ({"family_name": "Bianchi", "given_name": "Nora", "title": ""}, "title"),
        ({"family_name": "Bianchi", "given_name": "Nora", "form": ""}, "form_0"),
        ({"family_name": "Bianchi", "given_name": "Nora", "title": "other"}, "title_feminine"),
        ({"family_name": "Verdi", "who": "x"}, "who_0"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    secretary: Client, town: Organisation, typed: dict[str, str], field: str
) -> None:
    in_office(town, title="councillor")
    answer = sent(secretary, NEW, **{"title": "assessor", "form": "feminine"} | typed)
    assert [href for href, _words in faults(answer)] == [f"#id_{field}"]
    assert len(offices()) == 1


def test_the_forms_of_an_office_are_shown_as_they_will_be_written(
    secretary: Client, town: Organisation
) -> None:
    page = said(secretary.get(f"{NEW}?carica=assessor"))
    assert "femminile: assessora maschile: assessore" in page


def test_a_delegate_is_one_of_those_in_office(secretary: Client, town: Organisation) -> None:
    office = in_office(town)
    path = f"{HERE}deleghe/nuovo/"
    assert "Bianca Verdi, assessora" in said(secretary.get(path))
    taken(sent(secretary, path, holder=str(office.uid), theme="labour"))
    row = Delegation.objects.get()
    assert (row.person, row.holding) == (office.person, office.uid)
    answer = sent(secretary, path, theme="labour")
    assert [href for href, _words in faults(answer)] == ["#id_family_name", "#id_given_name"]


def test_who_represents_it_is_said_towards_a_network(secretary: Client, town: Organisation) -> None:
    office = in_office(town)
    path = f"{HERE}rappresentanza/nuovo/"
    typed = {"holder": str(office.uid), "capacity": "delegate", "network": "valle"}
    taken(sent(secretary, path, **typed))
    row = Representation.objects.get()
    assert (row.person, row.network) == (office.person, Network.objects.get())
    assert "delegata o delegato · Rete valle" in said(secretary.get(HERE))


def test_a_wrong_person_is_corrected(secretary: Client, town: Organisation) -> None:
    office = in_office(town)
    path = f"{HERE}incarichi/{office.uid}/?come=errore"
    assert 'value="Bianca"' in secretary.get(path).content.decode()
    typed = {"seen": office.pk, "title": "assessor", "form": "feminine", "public": "on"}
    taken(sent(secretary, path, **typed, family_name="Verdi", given_name="Bianca", act="D. 1/2020"))
    (same,) = offices()
    assert (same.person, same.act) == (office.person, "D. 1/2020")
    typed["seen"] = same.pk
    taken(sent(secretary, path, **typed, family_name="Bianchi", given_name="Nora"))
    (now,) = offices()
    assert (now.uid, now.person.name) == (office.uid, "Nora Bianchi")


def test_with_an_office_ends_what_rests_on_it(secretary: Client, town: Organisation) -> None:
    office = in_office(town, began=partly("2020"))
    delegated(office)
    path = f"{HERE}incarichi/{office.uid}/?come=fine"
    taken(sent(secretary, path, seen=office.pk, last="2/3/2024", end_reason="resignation"))
    (ended,) = offices()
    assert (str(ended.ended), ended.end_reason) == ("2024-03-02", "resignation")
    assert str(Delegation.objects.known().get().ended) == "2024-03-02"


# After an election


def test_an_election_ends_in_one_act_what_is_ticked(secretary: Client, town: Organisation) -> None:
    mayor = in_office(town, "mayor", a_person("Ada", "Neri"), began=partly("2019"))
    assessor = in_office(town, began=partly("2019"))
    delegated(assessor)
    stays = in_office(town, "councillor", a_person("Ugo", "Rossi"), "masculine")
    in_office(town, "secretary_general", a_person("Ivo", "Blu"), "masculine")
    path = f"{HERE}elezioni/"
    page = secretary.get(path)
    assert "Ada Neri, sindaca" in said(page)
    assert "Bianca Verdi, assessora · Pari opportunità · dal 2019" in said(page)
    # Who holds an office by employment is not asked about.
    assert "Ivo Blu" not in said(page)
    none = sent(secretary, path, last="9/6/2024")
    assert [href for href, _words in faults(none)] == ["#id_offices_0"]
    ticked = [str(mayor.uid), str(assessor.uid)]
    answer = sent(secretary, path, offices=ticked, last="9/6/2024", act="Proclamazione 9/6/2024")
    assert taken(answer) == f"{path}#da-coprire"
    assert {row.person.name: str(row.ended or "") for row in offices()} == {
        "Ada Neri": "2024-06-09",
        "Bianca Verdi": "2024-06-09",
        "Ugo Rossi": "",
        "Ivo Blu": "",
    }
    assert stays in offices()
    page = said(secretary.get(path))
    assert "Sindaco o sindaca dal 10 giugno 2024 Inserisci chi c’è adesso" in page
    assert "Pari opportunità dal 10 giugno 2024 Inserisci chi c’è adesso" in page


def test_an_election_is_taken_back_as_long_as_nothing_came_after_it(
    secretary: Client, town: Organisation
) -> None:
    assessor = in_office(town, began=partly("2019"))
    delegated(assessor)
    path = f"{HERE}elezioni/"
    for _time in "12":
        taken(sent(secretary, path, offices=[str(assessor.uid)], last="9/6/2024"))
        assert "sono finiti 2 tra cariche" in said(secretary.get(path))
        taken(sent(secretary, path, undo="1"))
        assert [(row.ended, row.end_reason) for row in offices()] == [(None, "")]
        assert Delegation.objects.known().get().ended is None
    taken(sent(secretary, path, offices=[str(assessor.uid)], last="9/6/2024"))
    in_office(town, person=a_person("Nora", "Bianchi"), began=partly("2024-06-10"))
    assert "sono finiti" not in said(secretary.get(path))
    assert "Non si può più annullare." in said(sent(secretary, path, undo="1"))
    assert str(offices()[0].ended) == "2024-06-09"


@pytest.mark.parametrize(
    ("last", "said_at"), [("", "id_last"), ("ieri", "id_last"), ("9 marzo", "id_last")]
)
def test_an_election_wants_its_last_day(
    secretary: Client, town: Organisation, last: str, said_at: str
) -> None:
    office = in_office(town)
    answer = sent(secretary, f"{HERE}elezioni/", offices=[str(office.uid)], last=last, act="Atto x")
    assert [href for href, _words in faults(answer)] == [f"#{said_at}"]
    assert 'value="Atto x"' in answer.content.decode()


def test_where_nobody_is_in_office_the_page_says_what_to_enter_first(
    secretary: Client, run: Account
) -> None:
    a_participant(Network.objects.get(), "Comune di Valle")
    assert "Inserisci chi è in carica" in said(secretary.get(f"{HERE}elezioni/"))


# What is vacant


def test_what_is_vacant_says_since_when_and_whom_to_ask(
    secretary: Client, town: Organisation
) -> None:
    in_office(town, "mayor", a_person("Ada", "Neri"))
    in_office(town, began=partly("2019"), ended=partly("2024-06-09"))
    page = said(secretary.get(VACANT))
    assert "Comune di Valle Assessore o assessora dal 10 giugno 2024 Ada Neri, sindaca" in page
    # Nobody ever had the delegation that a municipality is expected to give.
    assert "Pari opportunità mai nominata nessuna persona" in page
    answer = secretary.get(f"{VACANT}elenco.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row[2:] for row in rows[1:]] == [
        ["Comune di Valle", "", "Assessore o assessora", "dal 10 giugno 2024", "Ada Neri, sindaca"],
        [
            "Comune di Valle",
            "",
            "Pari opportunità",
            "mai nominata nessuna persona",
            "Ada Neri, sindaca",
        ],
    ]


def test_nothing_vacant_says_what_will_be_there(secretary: Client) -> None:
    assert "Niente è vacante" in said(secretary.get(VACANT))


def test_vacancies_and_elections_are_for_the_secretariat_alone(
    new_client, town: Organisation
) -> None:
    _network, neighbour = a_network_with_secretary("altra")
    for account in (an_account(), neighbour):
        client = sign_in(new_client(), with_second_factor(account))
        for path in (VACANT, f"{VACANT}elenco.csv", f"{HERE}elezioni/"):
            assert client.get(path).status_code == 404
        assert sent(client, f"{HERE}elezioni/", last="2024").status_code == 404


def test_lists_stay_within_the_budget(secretary: Client, town: Organisation) -> None:
    found = []
    for number in ENOUGH:
        for _each in range(number - len(offices()) // 2):
            office = in_office(town, "councillor", a_person(), ended=partly("2020"))
            in_office(town, "assessor", office.person)
        found.append(
            [
                queries_of(secretary, path)
                for path in (VACANT, f"{VACANT}elenco.csv", f"{HERE}elezioni/")
            ]
        )
    assert found[0] == found[1] == found[2]
    assert max(found[0]) <= WORK


# What is not to be filled


def test_what_is_given_up_is_vacant_no_more_and_comes_back(
    secretary: Client, town: Organisation
) -> None:
    office = in_office(town)
    sent(secretary, f"{HERE}elezioni/", offices=[str(office.uid)], last="10/6/2024")
    assert f"{GIVEN_UP}?cosa=assessor" in secretary.get(VACANT).content.decode()
    answer = sent(secretary, GIVEN_UP, thing="assessor", since="1/1/2026", reason="Nuovo statuto")
    assert taken(answer) == GIVEN_UP
    assert "Nuovo statuto" in said(secretary.get(GIVEN_UP))
    assert "?cosa=assessor" not in secretary.get(VACANT).content.decode()
    row = DiscontinuedOffice.objects.get()
    assert (row.title, row.valid_from) == ("assessor", date(2026, 1, 1))
    assert taken(sent(secretary, GIVEN_UP, row=str(row.uid))) == GIVEN_UP
    assert not DiscontinuedOffice.objects.known().exists()


def test_what_somebody_held_that_day_is_not_given_up(secretary: Client, town: Organisation) -> None:
    office = in_office(town)
    sent(secretary, f"{HERE}elezioni/", offices=[str(office.uid)], last="10/6/2024")
    answer = sent(secretary, GIVEN_UP, thing="assessor", since="1/6/2024")
    sentence = (
        "In quel giorno qualcuno la ricopre. Prima chiudila, oppure scegli un giorno successivo."
    )
    assert faults(answer) == [("#id_since", sentence)]


def test_what_was_never_given_up_cannot_come_back(secretary: Client, town: Organisation) -> None:
    assert sent(secretary, GIVEN_UP, row=str(uuid4())).status_code == 404


def test_a_member_finds_no_page_of_what_is_given_up(client: Client, town: Organisation) -> None:
    sign_in(client, with_second_factor(an_account()))
    assert client.get(GIVEN_UP).status_code == 404

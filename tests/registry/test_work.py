"""The register in the work area."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.models import Account
from tavolo.registry.actions import edit_organisation
from tavolo.registry.models import Organisation, Participation
from tests.factories.counting import queries_of
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import (
    a_founded_network,
    a_network_with_secretary,
    a_participant,
    acting_for,
    an_organisation,
)
from tests.factories.territory import a_municipality, a_province
from tests.registry.conftest import Valley, counted, names_in, text

WORK = 20


@pytest.fixture
def run(db: None) -> Account:
    """The secretary of the network `valle`, who may enter the work area."""
    _network, account = a_network_with_secretary()
    return with_second_factor(account)


@pytest.fixture
def secretary(run: Account, client: Client) -> Client:
    return sign_in(client, run)


def sent_to(answer) -> str:
    """Where a form that was taken leads; the faults of one that was not."""
    assert answer.status_code == 302, answer.context["form"].faults
    return answer["Location"]


def filled(**values: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "name": "Casa delle Donne",
        "kind": "association",
        "municipality": "",
        "website": "",
        "public_email": "",
        "phone": "",
        "tax_code": "",
        "source": "",
        "role": "participant",
        "since": "",
    } | values


def network_address() -> str:
    return "valle"


def test_the_secretary_enters_an_organisation_that_takes_part(secretary: Client) -> None:
    a_municipality("Capannori")
    answer = secretary.post(
        "/lavoro/organizzazioni/nuova/",
        filled(network=network_address(), municipality="capannori", website="casa.example"),
    )
    assert sent_to(answer) == "/lavoro/organizzazioni/casa-delle-donne/"
    row = Organisation.objects.get()
    assert (row.municipality.name, row.website, row.steward.slug) == (
        "Capannori",
        "https://casa.example",
        "valle",
    )
    assert Participation.objects.get().organisation == row
    page = text(secretary.get("/lavoro/organizzazioni/casa-delle-donne/"))
    assert "L’organizzazione è nel registro." in page
    assert "/lavoro/organizzazioni/casa-delle-donne/modifica/" in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("2006", "2006"),
        ("30/6/2015", "2015-06-30"),
        ("2015-06", "2015-06"),
        ("1.2.2016", "2016-02-01"),
    ],
)
def test_since_when_is_kept_as_far_as_it_is_known(secretary: Client, typed: str, kept: str) -> None:
    form = filled(network="valle", since=typed, role="promoter")
    sent_to(secretary.post("/lavoro/organizzazioni/nuova/", form))
    row = Participation.objects.get()
    assert (str(row.began or ""), row.role) == (kept, "promoter")


def test_a_form_sent_twice_enters_one_organisation(secretary: Client) -> None:
    form = filled(network=network_address())
    first, second = (secretary.post("/lavoro/organizzazioni/nuova/", form) for _time in "12")
    assert sent_to(first) == sent_to(second) == "/lavoro/organizzazioni/casa-delle-donne/"
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " "}, "Scrivi il nome."),
        ({"name": "…"}, "Serve un nome."),
        ({"kind": ""}, "Scegli che tipo di organizzazione è."),
        ({"municipality": "Nessuna"}, "Nessun comune si chiama «Nessuna»."),
        ({"municipality": "Samone"}, "Samone (LU); Samone (PI)"),
        ({"tax_code": "00488410011"}, "Questo codice fiscale non è valido"),
        ({"tax_code": "00488410010"}, "Un’altra organizzazione ha già questo codice fiscale"),
        ({"website": "http://["}, "Scrivi l’indirizzo per intero"),
        ({"public_email": "nessuna"}, "Scrivi l’e-mail per intero"),
        ({"form_key": "x"}, "UUID"),
        ({"since": "ieri"}, "Scrivi un anno, un mese o un giorno"),
        ({"since": "31/2/2015"}, "Scrivi un anno, un mese o un giorno"),
        ({"role": "altro"}, "Scegli"),
    ],
)
def test_a_fault_is_said_and_what_was_typed_is_kept(
    secretary: Client, values: dict[str, str], said: str
) -> None:
    a_municipality("Samone", province=a_province())
    a_municipality("Samone", province=a_province("050", "Pisa"))
    an_organisation(Network.objects.get(), "Già qui", tax_code="00488410010")
    answer = secretary.post(
        "/lavoro/organizzazioni/nuova/",
        filled(network=network_address(), phone="0583 12345", **values),
    )
    assert answer.status_code == 200
    assert said in text(answer)
    assert 'value="0583 12345"' in text(answer)
    assert Organisation.objects.count() == 1


def test_a_foreign_network_cannot_be_chosen(secretary: Client) -> None:
    other = a_founded_network("altra")
    answer = secretary.post("/lavoro/organizzazioni/nuova/", filled(network=other.slug))
    assert answer.status_code == 200
    assert Organisation.objects.count() == 0


def test_the_secretary_edits_what_her_network_stewards(secretary: Client) -> None:
    an_organisation(Network.objects.get(), "Aurora", phone="1")
    path = "/lavoro/organizzazioni/aurora/modifica/"
    assert 'value="Aurora"' in text(secretary.get(path))
    answer = secretary.post(path, filled(name="Aurora ODV", version="1", phone="2"))
    assert sent_to(answer) == "/lavoro/organizzazioni/aurora/"
    assert Organisation.objects.values_list("name", "phone", "version").get() == (
        "Aurora ODV",
        "2",
        2,
    )


def test_who_saves_second_sees_both_versions_and_may_save_again(secretary: Client) -> None:
    row = an_organisation(Network.objects.get(), "Aurora", phone="1")
    edit_organisation(
        organisation=row, version=1, name="Aurora", kind="foundation", phone="2", by=OPERATOR
    )
    path = "/lavoro/organizzazioni/aurora/modifica/"
    answer = secretary.post(path, filled(name="Aurora", version="1", phone="3"))
    assert answer.status_code == 409
    table = answer.context["stale"]
    assert [[cell.value for cell in row.cells] for row in table.rows] == [
        ["Tipo", "Fondazione", "Associazione"],
        ["Telefono", "2", "3"],
    ]
    shown = answer.context["form"].form
    again = filled(
        name="Aurora",
        phone="3",
        version=shown["version"].value(),
        form_key=shown["form_key"].value(),
    )
    assert secretary.post(path, again).status_code == 302
    assert Organisation.objects.values_list("phone", "version").get() == ("3", 3)


def test_a_fault_while_editing_is_said_beside_its_field(secretary: Client) -> None:
    an_organisation(Network.objects.get(), "Aurora")
    answer = secretary.post(
        "/lavoro/organizzazioni/aurora/modifica/",
        filled(name="Un’altra", version="1", tax_code="00488410011"),
    )
    page = text(answer)
    assert "Questo codice fiscale non è valido" in page
    assert "<h1>Aurora</h1>" in page


def test_the_same_values_saved_by_another_leave_nothing_to_do(secretary: Client) -> None:
    row = an_organisation(Network.objects.get(), "Aurora")
    edit_organisation(
        organisation=row, version=1, name="Aurora", kind="association", phone="2", by=OPERATOR
    )
    answer = secretary.post(
        "/lavoro/organizzazioni/aurora/modifica/", filled(name="Aurora", version="1", phone="2")
    )
    assert "Le due versioni dicono la stessa cosa" in text(answer)


def test_the_work_list_shows_her_networks_alone(secretary: Client) -> None:
    a_participant(Network.objects.get(), "Nostra")
    a_participant(a_founded_network("altra"), "Loro")
    assert names_in(secretary.get("/lavoro/organizzazioni/")) == ["Nostra"]
    assert names_in(secretary.get("/lavoro/organizzazioni/?q=lor")) == []


def test_an_empty_work_list_says_how_to_begin(secretary: Client) -> None:
    assert "/lavoro/organizzazioni/nuova/" in text(secretary.get("/lavoro/organizzazioni/"))


AT_WORK = (
    "/lavoro/organizzazioni/",
    "/lavoro/organizzazioni/nuova/",
    "/lavoro/organizzazioni/aurora/modifica/",
)


@pytest.mark.parametrize("path", AT_WORK)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(
    client: Client, valley: Valley, path: str
) -> None:
    a_participant(valley.network, "Aurora")
    for answer in (client.get(path), client.post(path, {})):
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accesso/")


@pytest.mark.parametrize("path", AT_WORK)
def test_for_the_stranger_the_member_and_the_neighbour_there_is_nothing(
    new_client: Callable[[], Client], valley: Valley, path: str
) -> None:
    organisation = a_participant(valley.network, "Aurora")
    stranger, member = an_account(), an_account()
    acting_for(organisation, member.person)
    for account in (stranger, member):
        client = sign_in(new_client(), with_second_factor(account))
        absent = client.get("/lavoro/organizzazioni/nulla/modifica/")
        answers = [client.get(path)]
        if path != "/lavoro/organizzazioni/":
            answers.append(client.post(path, filled(version="1")))
        for answer in answers:
            assert answer.status_code == 404
            assert body(answer, path) == body(absent, "/lavoro/organizzazioni/nulla/modifica/")
    assert Organisation.objects.get().version == 1


def body(answer, path: str) -> str:
    """Without the address itself, which the link to the other language repeats."""
    return text(answer).replace(path, "")


def test_the_neighbour_does_not_edit_what_another_stewards(
    new_client: Callable[[], Client], valley: Valley
) -> None:
    a_participant(valley.network, "Aurora")
    _network, account = a_network_with_secretary("altra")
    client = sign_in(new_client(), with_second_factor(account))
    path = "/lavoro/organizzazioni/aurora/modifica/"
    assert client.get(path).status_code == 404
    assert client.post(path, filled(version="1")).status_code == 404
    assert "Modifica" not in text(client.get("/organizzazioni/aurora/"))


def test_the_work_list_asks_as_much_for_two_hundred_as_for_one(secretary: Client) -> None:
    network = Network.objects.get()
    assert counted(secretary, network, "/lavoro/organizzazioni/") <= WORK


def test_forms_stay_within_the_budget(secretary: Client) -> None:
    a_participant(Network.objects.get(), "Aurora")
    for path in AT_WORK[1:]:
        assert queries_of(secretary, path) <= WORK

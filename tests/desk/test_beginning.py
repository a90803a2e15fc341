"""From nothing to a network: the code that `serve` prints, three steps, and what remains afterwards."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from tavolo.desk import beginning, trying
from tavolo.desk.actions import begin
from tavolo.desk.errors import AlreadyBegun
from tavolo.desk.steps import Step
from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation, setting_of
from tavolo.messages.models import Message
from tavolo.people.models import Account
from tavolo.registry.settings import SEAT as SEAT_OF
from tavolo.registry.settings import Seat
from tavolo.ui.languages import OFFERED
from tests.desk.conftest import Valley
from tests.factories.territory import a_municipality, a_province
from tests.threads import together

pytestmark = pytest.mark.django_db

PASSWORD = "una-frase-lunga-da-ricordare"
NETWORK = {"name": "Rete della valle", "slug": "valle", "summary": "Chi lavora insieme."}
SEAT = {
    "address": "via Roma 1, 55100",
    "municipality": "",
    "languages": ["it"],
    "first_language": "it",
}
PERSON = {"email": "chiara@valle.example", "given_name": "Chiara", "family_name": "Neri"}
KEY = {"form_key": "11111111-1111-4111-8111-111111111111"}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings) -> None:
    settings.TAVOLO_HOME = tmp_path


@pytest.fixture
def code(db: None) -> str:
    return beginning.new_code()


def steps(client: Client, code: str) -> list[str]:
    """Where each step leads."""
    told = [
        ("/inizio/", {"code": code.lower().replace("-", " ")}),
        ("/inizio/rete/", NETWORK),
        ("/inizio/sede/", SEAT),
        ("/inizio/persona/", {**PERSON, "password1": PASSWORD, "password2": PASSWORD}),
    ]
    answers = [client.post(path, KEY | values) for path, values in told]
    return [answer.headers.get("Location", "") for answer in answers]


@pytest.mark.django_db(databases=["default", "vault"])
def test_every_page_leads_to_the_beginning(client: Client, code: str) -> None:
    assert client.get("/en/")["Location"] == "/en/inizio/"
    for path in ("/", "/organizzazioni/", "/lavoro/", "/accesso/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/inizio/"), path
    assert client.get("/salute").status_code == 200


def test_without_a_code_nobody_is_led_anywhere(client: Client) -> None:
    assert client.get("/accesso/").status_code == 200


def test_four_steps_found_a_network_and_who_runs_it(client: Client, code: str) -> None:
    assert steps(client, code) == [
        "/inizio/rete/",
        "/inizio/sede/",
        "/inizio/persona/",
        "/accesso/secondo-fattore/attiva/?next=%2Flavoro%2Freti%2Fvalle%2Fterritorio%2F",
    ]
    network = Network.objects.get()
    assert (network.slug, network.name, network.summary) == tuple(
        NETWORK[key] for key in ("slug", "name", "summary")
    )
    account = Account.objects.get()
    assert (account.email, account.person.name) == ("chiara@valle.example", "Chiara Neri")
    assert account.check_password(PASSWORD)
    assert setting_of(network, SEAT_OF, on=clock.today()) == Seat(SEAT["address"])
    assert setting_of(network, OFFERED, on=clock.today()) == ("it",)
    # No letter with a link that opens nothing any more.
    assert not Message.objects.exists()
    assert client.get("/").status_code == 200
    assert not beginning.is_waiting()


def test_who_is_interrupted_comes_back_to_where_she_was(client: Client, code: str) -> None:
    client.post("/inizio/", KEY | {"code": code})
    assert client.get("/inizio/")["Location"] == "/inizio/rete/"
    assert client.get("/inizio/persona/")["Location"] == "/inizio/rete/"
    client.post("/inizio/rete/", KEY | NETWORK)
    assert client.get("/")["Location"] == "/inizio/"
    assert client.get("/inizio/")["Location"] == "/inizio/sede/"
    assert client.get("/inizio/persona/")["Location"] == "/inizio/sede/"
    client.post("/inizio/sede/", KEY | SEAT)
    assert client.get("/inizio/")["Location"] == "/inizio/persona/"
    assert NETWORK["name"] in client.get("/inizio/rete/").content.decode()
    assert SEAT["address"] in client.get("/inizio/sede/").content.decode()


def test_the_stranger_without_the_code_gets_no_further(
    client: Client, new_client: Callable[[], Client], code: str
) -> None:
    client.post("/inizio/", KEY | {"code": code})
    stranger = new_client()
    for path in ("/inizio/rete/", "/inizio/sede/", "/inizio/persona/"):
        assert stranger.get(path)["Location"] == "/inizio/"
        assert stranger.post(path, KEY | NETWORK)["Location"] == "/inizio/"
    page = stranger.post("/inizio/", KEY | {"code": "ABCD-EFGH-2345"})
    assert "Non è il codice" in page.content.decode()


def test_guessing_is_stopped(client: Client, code: str) -> None:
    for _guess in range(5):
        assert client.post("/inizio/", KEY | {"code": "ABCD"}).status_code == 200
    assert client.post("/inizio/", KEY | {"code": code}).status_code == 429


def test_a_code_is_worth_nothing_after_a_day_and_after_the_next(client: Client, code: str) -> None:
    assert steps(client, "")[0] == ""
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        assert client.post("/inizio/", KEY | {"code": code}).status_code == 200
    client.post("/inizio/", KEY | {"code": code})
    assert client.get("/inizio/rete/").status_code == 200
    beginning.new_code()
    assert client.get("/inizio/rete/")["Location"] == "/inizio/"
    assert client.post("/inizio/", KEY | {"code": code}).status_code == 200


def test_the_code_is_kept_as_a_digest_for_its_owner_alone(tmp_path: Path, code: str) -> None:
    file = tmp_path / "beginning.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert code not in file.read_text()
    assert code.replace("-", "") not in file.read_text()


def test_of_two_with_the_code_the_second_reads_why(
    client: Client, new_client: Callable[[], Client], code: str
) -> None:
    second = new_client()
    second.post("/inizio/", KEY | {"code": code})
    second.post("/inizio/rete/", KEY | NETWORK)
    second.post("/inizio/sede/", KEY | SEAT)
    steps(client, code)
    told = {**PERSON, "password1": PASSWORD, "password2": PASSWORD}
    page = second.post("/inizio/persona/", KEY | told)
    assert "Questa installazione è già iniziata" in page.content.decode()
    assert "Questa installazione è già iniziata" in second.get("/inizio/").content.decode()
    assert Network.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    def act(number: int) -> str:
        try:
            begin(
                **{**NETWORK, **PERSON, "slug": f"valle-{number}", "password": PASSWORD},
                seat=Seat("via Roma 1"),
                languages=["it", "en"],
            )
        except AlreadyBegun:
            return "second"
        return "first"

    found = together(lambda: act(1), lambda: act(2))
    assert sorted(found) == ["first", "second"]
    assert (Network.objects.count(), Account.objects.count()) == (1, 1)


def test_a_demonstration_and_a_network_have_begun(client: Client) -> None:
    assert not beginning.has_begun()
    here = installation()
    here.demonstration = True
    here.save()
    assert beginning.has_begun()


def test_who_founded_by_the_command_is_not_led_back(client: Client, code: str, valley) -> None:
    assert client.get("/accesso/").status_code == 200
    assert not beginning.is_waiting()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"slug": "Valle di sotto"}, "Questo non può essere l’indirizzo di una rete."),
        ({"slug": "nuova"}, "Questa parola è riservata"),
        ({"name": ""}, "obbligatorio"),
    ],
)
def test_what_cannot_be_is_said_before_a_password_is_chosen(
    client: Client, code: str, told: dict[str, str], sentence: str
) -> None:
    client.post("/inizio/", KEY | {"code": code})
    page = client.post("/inizio/rete/", KEY | NETWORK | told)
    assert sentence in page.content.decode()


# What remains


def test_a_letter_is_tried_and_the_list_ticks_itself(valley: Valley, as_secretary: Client) -> None:
    address = f"/lavoro/reti/{valley.network.slug}/prova-della-posta/"
    before = as_secretary.get(f"/lavoro/reti/{valley.network.slug}/").context["steps"]
    assert as_secretary.post(address, KEY)["Location"] == address
    letter = Message.objects.get(kind="desk.trial")
    assert (letter.recipient, letter.network) == (valley.secretary.email, valley.network)
    Message.objects.update(state="sent")
    after = as_secretary.get(f"/lavoro/reti/{valley.network.slug}/").context["steps"]
    assert done(after) - done(before) == {"Prova la posta"}


def done(steps: list[Step]) -> set[str]:
    return {str(step.title) for step in steps if step.done}


def test_who_answers_for_personal_data_is_written_and_shown(
    valley: Valley, as_secretary: Client
) -> None:
    here = f"/lavoro/reti/{valley.network.slug}/"
    told = {"controller": "Comune di Valle, via Roma 1", "accessibility_contact": "a@valle.example"}
    assert as_secretary.post(f"{here}testi/", KEY | told)["Location"] == here
    assert "Comune di Valle, via Roma 1" in as_secretary.get(f"{here}testi/").content.decode()
    assert "Comune di Valle, via Roma 1" in Client().get("/privacy/").content.decode()
    assert "a@valle.example" in Client().get("/accessibilita/").content.decode()


@pytest.mark.parametrize("page", ["testi", "sede", "prova-della-posta"])
def test_for_strangers_these_pages_are_not_there(
    valley: Valley, as_stranger: Client, page: str
) -> None:
    path = f"/lavoro/reti/{valley.network.slug}/{page}/"
    assert as_stranger.get(path).status_code == 404
    assert as_stranger.post(path, KEY).status_code == 404


def test_seat_and_languages_are_changed_later(valley: Valley, as_secretary: Client) -> None:
    page = f"/lavoro/reti/{valley.network.slug}/sede/"
    town = a_municipality("Samone")
    told = SEAT | {"municipality": " samone ", "languages": ["it", "en"], "first_language": "en"}
    assert as_secretary.post(page, KEY | told).status_code == 302
    assert setting_of(valley.network, SEAT_OF, on=clock.today()) == Seat(
        SEAT["address"], town.istat_code
    )
    assert setting_of(valley.network, OFFERED, on=clock.today()) == ("en", "it")
    form = as_secretary.get(page).content.decode()
    assert f'value="Samone ({town.province.short})"' in form
    settings = as_secretary.get(f"/lavoro/reti/{valley.network.slug}/dati/").content.decode()
    assert "English, Italiano" in settings
    assert f"{SEAT['address']}, Samone" in settings


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"municipality": "Nessunluogo"}, "Nessun comune ha questo nome."),
        ({"municipality": "Samone"}, "Scrivi uno di questi: Samone (LU); Samone (MS)."),
        ({"first_language": "en"}, "La prima lingua deve essere una di quelle offerte."),
        ({"languages": []}, "obbligatori"),
        ({"languages": ["de"]}, "tv-errors"),
    ],
)
def test_a_seat_and_languages_that_are_none_are_said(
    client: Client, code: str, told: dict[str, object], sentence: str
) -> None:
    for letters, province in (
        ("LU", a_province("046", "Lucca")),
        ("MS", a_province("045", "Massa")),
    ):
        province.short = letters
        province.save()
        a_municipality("Samone", province=province)
    client.post("/inizio/", KEY | {"code": code})
    client.post("/inizio/rete/", KEY | NETWORK)
    page = client.post("/inizio/sede/", KEY | SEAT | told)
    assert sentence in page.content.decode()
    assert client.get("/inizio/persona/")["Location"] == "/inizio/sede/"


def test_what_was_typed_stays_when_the_program_starts_again(client: Client, code: str) -> None:
    client.post("/inizio/", KEY | {"code": code})
    client.post("/inizio/rete/", KEY | NETWORK)
    client.post("/inizio/sede/", KEY | SEAT)
    again = beginning.new_code()
    assert client.get("/inizio/persona/")["Location"] == "/inizio/"
    assert client.post("/inizio/", KEY | {"code": again})["Location"] == "/inizio/persona/"


@pytest.mark.parametrize(
    ("state", "fault", "minutes", "sentence"),
    [
        ("queued", "", 1, None),
        ("sent", "", 10, None),
        ("queued", "", 3, trying.NOBODY_SENDS),
        ("queued", "535 5.7.8 Authentication failed", 0, trying.NOT_LET_IN),
        ("queued", "ConnectionRefusedError", 0, trying.NO_ANSWER),
        ("queued", "gaierror", 0, trying.NO_ANSWER),
        ("queued", "SSLCertVerificationError", 0, trying.NOT_TRUSTED),
        ("queued", "PermissionError", 0, trying.NO_FOLDER),
        ("refused", "550 5.1.1 No such user", 0, trying.NOT_WANTED),
        ("queued", "451 4.7.1 Try later", 0, trying.LATER),
        ("bounced", "5.1.1", 0, trying.NO_SUCH_ADDRESS),
    ],
)
def test_each_way_of_failing_says_what_to_do(
    state: str, fault: str, minutes: int, sentence: object
) -> None:
    now = clock.now()
    letter = Message(state=state, fault=fault, queued_at=now - timedelta(minutes=minutes))
    assert trying.what_to_do(letter, now=now) is sentence


def test_the_page_of_the_trial_says_what_to_do(valley: Valley, as_secretary: Client) -> None:
    address = f"/lavoro/reti/{valley.network.slug}/prova-della-posta/"
    as_secretary.post(address, KEY)
    assert "Che cosa fare:" not in as_secretary.get(address).content.decode()
    Message.objects.update(fault="ConnectionRefusedError")
    page = as_secretary.get(address).content.decode()
    assert "Il server di posta non risponde" in page
    assert f'href="{address}">Guarda di nuovo' in page

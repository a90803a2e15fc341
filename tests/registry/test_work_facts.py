"""What is known of an organisation, entered and put right in the work area: one way for every kind of fact."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.models import Account
from tavolo.registry.actions import correct_fact, enter_fact
from tavolo.registry.models import (
    Contact,
    Identifier,
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Seat,
    ServedTerritory,
    Standing,
)
from tavolo.registry.web.work.sections import SECTIONS
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import (
    a_network_with_secretary,
    a_participant,
    acting_for,
    an_organisation,
)
from tests.factories.territory import a_municipality
from tests.registry.working import HERE, faults, in_office, partly, said, sent, taken

WORK = 20


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


def held(model: type[Any], organisation: Organisation) -> list[Any]:
    return list(model.objects.known().filter(organisation=organisation).order_by("id"))


# Entering


def test_a_new_organisation_is_told_what_to_enter_first(
    secretary: Client, town: Organisation
) -> None:
    page = said(secretary.get(HERE))
    assert "Manca ancora: Sedi" in page
    assert "Inserisci prima la posta certificata" in page
    assert all(str(section.title) in page for section in SECTIONS)


ENTERED: list[tuple[str, type[Any], dict[str, Any], dict[str, Any]]] = [
    (
        "nomi",
        OrganisationName,
        {"name": "Comune di Valle Bassa", "kind": "official"},
        {"name": "Comune di Valle Bassa", "kind": "official"},
    ),
    (
        "sedi",
        Seat,
        {"kind": "operating", "municipality": "Capannori", "address": "Via Roma 1"},
        {"kind": "operating", "address": "Via Roma 1", "public": False},
    ),
    (
        "identificativi",
        Identifier,
        {"scheme": "tax_code", "value": "00488410010"},
        {"scheme": "tax_code", "value": "00488410010"},
    ),
    (
        "recapiti",
        Contact,
        {"channel": "certified_email", "value": "comune@pec.example", "public": "on"},
        {"channel": "certified_email", "value": "comune@pec.example", "public": True},
    ),
    ("territorio", ServedTerritory, {"place": "Capannori"}, {"area": None}),
]


@pytest.mark.parametrize("case", ENTERED, ids=[case[0] for case in ENTERED])
def test_a_fact_of_each_kind_is_entered(
    secretary: Client,
    town: Organisation,
    case: tuple[str, type[Any], dict[str, Any], dict[str, Any]],
) -> None:
    section, model, typed, kept = case
    a_municipality("Capannori")
    before = {row.pk for row in held(model, town)}
    path = f"{HERE}{section}/nuovo/"
    assert secretary.get(path).status_code == 200
    answer = sent(secretary, path, began="marzo 2015", ended="", source="Statuto", **typed)
    assert taken(answer) == f"{HERE}#{section}"
    (row,) = [row for row in held(model, town) if row.pk not in before]
    assert {name: getattr(row, name) for name in kept} == kept
    assert (str(row.began), row.source) == ("2015-03", "Statuto")
    assert "da marzo 2015" in said(secretary.get(HERE))


def test_what_it_is_is_said_with_three_answers(secretary: Client, town: Organisation) -> None:
    (row,) = held(Standing, town)
    path = f"{HERE}natura/{row.uid}/?come=errore"
    typed = {"kind": "municipality", "legal_form": "public_body", "is_administration": "si"}
    taken(sent(secretary, path, seen=row.pk, **typed))
    (now,) = held(Standing, town)
    assert (now.uid, now.legal_form, now.is_administration) == (row.uid, "public_body", True)
    page = said(secretary.get(HERE))
    assert "Ente pubblico · pubblica amministrazione" in page
    assert 'value="si" selected' in secretary.get(path).content.decode()


def test_who_came_after_is_found_by_name(secretary: Client, town: Organisation) -> None:
    later = an_organisation(Network.objects.get(), "Comune di Valle Nuova")
    path = f"{HERE}successioni/nuovo/"
    lost = sent(secretary, path, successor="Nessuno", manner="merger", began="2016")
    assert faults(lost) == [
        (
            "#id_successor",
            "Nel registro nessuna organizzazione si chiama «Nessuno». Scrivi il nome intero.",
        )
    ]
    taken(sent(secretary, path, successor="comune di valle nuova", manner="merger", began="2016"))
    (row,) = held(OrganisationSuccession, town)
    assert row.successor == later
    other = said(secretary.get("/lavoro/organizzazioni/comune-di-valle-nuova/"))
    assert "Ha preso il posto di Comune di Valle" in other


def test_of_two_with_one_name_the_address_tells(secretary: Client, town: Organisation) -> None:
    first, _second = (an_organisation(Network.objects.get(), "Aurora") for _time in "12")
    path = f"{HERE}successioni/nuovo/"
    both = sent(secretary, path, successor="Aurora", manner="merger")
    assert faults(both)[0][1].startswith("Più organizzazioni si chiamano così.")
    taken(sent(secretary, path, successor=first.code, manner="merger"))
    assert held(OrganisationSuccession, town)[0].successor == first


def test_a_form_sent_twice_enters_one_fact(secretary: Client, town: Organisation) -> None:
    typed = {"form_key": str(uuid4()), "name": "CdV", "kind": "short"}
    for _time in "12":
        taken(secretary.post(f"{HERE}nomi/nuovo/", typed))
    assert [row.name for row in held(OrganisationName, town) if row.kind == "short"] == ["CdV"]


@pytest.mark.parametrize(
    "case",
    [
        ("nomi", {"name": "", "kind": "short"}, "name", "Questo campo è obbligatorio."),
        ("nomi", {"name": "…", "kind": "short"}, "name", "Serve un nome."),
        ("nomi", {"name": "X", "kind": ""}, "kind_0", "Scegli una voce."),
        ("nomi", {"name": "X", "kind": "short", "began": "ieri"}, "began", "Scrivi un anno"),
        (
            "nomi",
            {"name": "X", "kind": "short", "began": "2016", "ended": "2015"},
            "ended",
            "L’ultimo giorno",
        ),
        ("sedi", {"kind": "postal"}, "municipality", "Serve un luogo"),
        ("sedi", {"kind": "postal", "address": "x", "postal_code": "x"}, "postal_code", "Un CAP"),
        ("identificativi", {"scheme": "tax_code", "value": "1"}, "value", "Questo codice fiscale"),
        ("recapiti", {"channel": "email", "value": "x"}, "value", ""),
        ("territorio", {"place": "Nessuna"}, "place", "Nessun comune si chiama"),
    ],
)
def test_a_refusal_is_said_at_its_field_and_what_was_typed_stays(
    secretary: Client, town: Organisation, case: tuple[str, dict[str, str], str, str]
) -> None:
    section, typed, field, sentence = case
    answer = sent(secretary, f"{HERE}{section}/nuovo/", source="Un foglio", **typed)
    assert answer.status_code == 200
    ((href, words),) = faults(answer)
    assert (href, words.startswith(sentence)) == (f"#id_{field}", True), words
    assert 'value="Un foglio"' in answer.content.decode()


# Changing, correcting, ending, withdrawing


def test_a_change_keeps_what_was_before(secretary: Client, town: Organisation) -> None:
    (row,) = held(OrganisationName, town)
    path = f"{HERE}nomi/{row.uid}/"
    page = secretary.get(path)
    assert 'value="Comune di Valle"' in page.content.decode()
    typed = {"name": "Comune di Valle Unita", "kind": row.kind, "since": "1/1/2024"}
    answer = sent(secretary, path, seen=row.pk, source="L.R. 1/2023", **typed)
    assert taken(answer) == f"{HERE}#nomi"
    old, new = held(OrganisationName, town)
    assert (old.name, str(old.ended)) == ("Comune di Valle", "2023-12-31")
    assert (new.name, str(new.began), new.source) == (
        "Comune di Valle Unita",
        "2024-01-01",
        "L.R. 1/2023",
    )
    shown = said(secretary.get(HERE))
    assert "Non più: 1 Nomi, non più" in shown
    assert "fino al 31 dicembre 2023" in shown


def test_a_correction_is_one_fact_that_was_known_otherwise(
    secretary: Client, town: Organisation
) -> None:
    (row,) = held(OrganisationName, town)
    path = f"{HERE}nomi/{row.uid}/?come=errore"
    taken(sent(secretary, path, seen=row.pk, name="Comune di Vale", kind=row.kind, began="9 marzo"))
    (now,) = held(OrganisationName, town)
    assert (now.uid, now.name, str(now.began)) == (row.uid, "Comune di Vale", "XXXX-03-09")
    page = secretary.get(path)
    assert "Come si sapeva prima Comune di Valle" in said(page)
    assert 'value="9 marzo"' in page.content.decode()


def test_an_end_is_kept_as_far_as_it_is_known(secretary: Client, town: Organisation) -> None:
    contact = enter_fact(
        fact=Contact(organisation=town, channel="phone", value="0583 1"), by=OPERATOR
    )
    path = f"{HERE}recapiti/{contact.uid}/?come=fine"
    vague = sent(secretary, path, seen=contact.pk, last="9 marzo")
    assert faults(vague)[0][0] == "#id_last"
    taken(sent(secretary, path, seen=contact.pk, last="giugno 2015"))
    (now,) = held(Contact, town)
    assert str(now.ended) == "2015-06"
    assert "fino a giugno 2015" in said(secretary.get(HERE))
    # Of what has ended nobody says that it changes or ends: the first thing offered is to correct it.
    page = secretary.get(f"{HERE}recapiti/{contact.uid}/?come=fine")
    assert [tab.label for tab in page.context["tabs"].tabs] == [
        "Era sbagliato",
        "Non è mai stato vero",
    ]


def test_what_was_never_true_leaves_the_register_with_a_reason(
    secretary: Client, town: Organisation
) -> None:
    contact = enter_fact(
        fact=Contact(organisation=town, channel="phone", value="0583 1"), by=OPERATOR
    )
    path = f"{HERE}recapiti/{contact.uid}/?come=mai-vero"
    assert faults(sent(secretary, path, seen=contact.pk, reason=""))[0] == (
        "#id_reason",
        "Scrivi perché non è mai stato vero.",
    )
    taken(sent(secretary, path, seen=contact.pk, reason="Era di un altro comune"))
    assert held(Contact, town) == []
    assert secretary.get(path).status_code == 404


def test_who_saves_second_sees_what_stands_there_and_keeps_what_she_wrote(
    secretary: Client, town: Organisation
) -> None:
    (row,) = held(OrganisationName, town)
    correct_fact(fact=row, values={"name": "Comune di Vale"}, by=OPERATOR)
    path = f"{HERE}nomi/{row.uid}/?come=errore"
    answer = sent(secretary, path, seen=row.pk, name="Comune di Vall", kind=row.kind)
    assert answer.status_code == 409
    assert "Comune di Vale" in said(answer)
    assert 'value="Comune di Vall"' in answer.content.decode()
    again = answer.context["form"].form
    typed = {"name": "Comune di Vall", "kind": row.kind}
    shown = {name: again[name].value() for name in ("seen", "form_key")}
    taken(secretary.post(path, {**typed, **shown}))
    assert [now.name for now in held(OrganisationName, town)] == ["Comune di Vall"]


# Who sees it, and at what cost


def paths(town: Organisation) -> list[str]:
    office = in_office(town)
    (name,) = held(OrganisationName, town)
    return [
        HERE,
        f"{HERE}nomi/nuovo/",
        f"{HERE}incarichi/nuovo/",
        f"{HERE}nomi/{name.uid}/",
        f"{HERE}incarichi/{office.uid}/",
        f"{HERE}incarichi/{office.uid}/?come=errore",
    ]


def test_for_the_stranger_and_the_member_there_is_nothing(
    new_client: Callable[[], Client], town: Organisation
) -> None:
    stranger, member = an_account(), an_account()
    acting_for(town, member.person)
    for account in (stranger, member):
        client = sign_in(new_client(), with_second_factor(account))
        for path in paths(town):
            absent = client.get("/lavoro/organizzazioni/nulla/")
            for answer in (client.get(path), sent(client, path, name="X", kind="short")):
                # The 404 of a page that takes no form is the method's.
                assert answer.status_code in {404, 405}
            assert said(client.get(path)) == said(absent)
    assert [row.name for row in held(OrganisationName, town)] == ["Comune di Valle"]


def test_the_neighbour_reads_what_everybody_reads_and_edits_nothing(
    new_client: Callable[[], Client], town: Organisation
) -> None:
    enter_fact(
        fact=Contact(organisation=town, channel="phone", value="0583 1", public=False), by=OPERATOR
    )
    enter_fact(
        fact=Seat(organisation=town, kind="postal", address="Via Chiusa 9", public=False),
        by=OPERATOR,
    )
    addresses = paths(town)
    _network, account = a_network_with_secretary("altra")
    client = sign_in(new_client(), with_second_factor(account))
    page = said(client.get(HERE))
    assert "Comune di Valle" in page
    assert "0583 1" not in page
    assert "Via Chiusa" not in page
    assert "Proponi una modifica" in page
    assert "Cambia o correggi" not in page
    for path in addresses[1:]:
        assert client.get(path).status_code == 404
        assert sent(client, path, name="X", kind="short").status_code == 404


def test_a_section_or_a_fact_that_is_not_there_is_not_found(
    secretary: Client, town: Organisation
) -> None:
    (name,) = held(OrganisationName, town)
    for path in ("nulla/nuovo/", f"nulla/{name.uid}/", f"sedi/{name.uid}/", f"nomi/{uuid4()}/"):
        assert secretary.get(HERE + path).status_code == 404


def test_the_page_asks_as_much_for_two_hundred_facts_as_for_one(
    secretary: Client, town: Organisation
) -> None:
    found = []
    for number in ENOUGH:
        rows = Contact.objects.filter(organisation=town).count()
        Contact.objects.bulk_create(
            Contact(
                organisation=town,
                channel="phone",
                value=f"0583 {rows + i}",
                recorded_at=clock.now(),
            )
            for i in range(number - rows)
        )
        found.append(queries_of(secretary, HERE))
    assert len(set(found)) == 1
    assert found[0] <= WORK


def test_forms_stay_within_the_budget(secretary: Client, town: Organisation) -> None:
    for path in paths(town):
        assert queries_of(secretary, path) <= WORK
    for section in SECTIONS:
        assert queries_of(secretary, f"{HERE}{section.slug}/nuovo/") <= WORK


@pytest.mark.parametrize(
    "typed",
    [
        "2006",
        "marzo 2015",
        "9 marzo",
        "12/3/2015",
        "dal 2006",
        "dall’8 marzo 2016",
        "prima del 2004",
    ],
)
def test_a_date_is_shown_as_it_can_be_written_again(
    secretary: Client, town: Organisation, typed: str
) -> None:
    taken(sent(secretary, f"{HERE}nomi/nuovo/", name="CdV", kind="short", began=typed))
    (row,) = [row for row in held(OrganisationName, town) if row.kind == "short"]
    page = secretary.get(f"{HERE}nomi/{row.uid}/?come=errore").content.decode()
    assert f'name="began" value="{typed}"' in page.replace("&#x27;", "’")
    assert partly(str(row.began)) == row.began

"""The page of an organisation as of any day, as everybody sees it."""

from datetime import date

import pytest
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.registry.actions import (
    add_commitment,
    add_unit,
    discontinue_office,
    merge_organisations,
    unmerge_organisation,
)
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
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.facts import HIDDEN, a_fact, hidden_things, many_facts
from tests.factories.in_office import a_delegation, an_office
from tests.factories.people import a_person, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant, an_organisation
from tests.factories.territory import a_municipality, a_province
from tests.registry.conftest import Valley, text

PUBLIC = 12


def page_of(organisation: Organisation, day: str = "") -> str:
    return f"/organizzazioni/{organisation.code}/" + (f"?al={day}" if day else "")


def said(lines: list[object]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(line.title, line.what, line.notes) for line in lines]  # type: ignore[attr-defined]


def details(rows: list[object]) -> list[tuple[str, str, str, str]]:
    return [(row.label, row.value, row.href, row.note) for row in rows]  # type: ignore[attr-defined]


def former(organisation: Organisation, name: str, *, since: str = "", until: str) -> None:
    a_fact(OrganisationName, organisation, kind="public", name=name, since=since, until=until)


@pytest.fixture
def town(valley: Valley) -> Organisation:
    return a_participant(valley.network, "Comune di Lucca", kind="municipality")


# Who speaks for it


def test_who_is_in_office_stands_in_the_form_of_who_holds_it(
    client: Client, town: Organisation
) -> None:
    ada, ugo = a_person("Ada", "Neri"), a_person("Ugo", "Verdi")
    an_office(town, ugo, "mayor", form="masculine", since="2022-06-27")
    office = an_office(town, ada, since="2022-07", act="Decreto 3/2022")
    a_delegation(town, ada, on=office, since="2022-07", words="Pari opportunità e diritti")
    answer = client.get(page_of(town))
    assert said(answer.context["speakers"]) == [("Ugo Verdi", "sindaco", ("dal 27 giugno 2022",))]
    assert said(answer.context["in_office"]) == [
        ("Ugo Verdi", "sindaco", ("dal 27 giugno 2022",)),
        (
            "Ada Neri",
            "assessora",
            ("da luglio 2022", "delega: Pari opportunità e diritti", "atto: Decreto 3/2022"),
        ),
    ]


def test_before_and_after_an_election_the_page_names_others(
    client: Client, town: Organisation
) -> None:
    an_office(town, a_person("Ada", "Neri"), "mayor", since="2017-06-26", until="2022-06-26")
    an_office(town, a_person("Bice", "Riva"), "mayor", since="2022-06-27")
    assert [line.title for line in client.get(page_of(town)).context["in_office"]] == ["Bice Riva"]
    then = client.get(page_of(town, "2022-06-26"))
    assert [line.title for line in then.context["speakers"]] == ["Ada Neri"]
    assert then.context["before"] == []
    assert "Com’era domenica 26 giugno 2022" in text(then)
    now = client.get(page_of(town))
    assert said(now.context["before"]) == [
        ("Ada Neri", "sindaca", ("dal 26 giugno 2017, fino a: domenica 26 giugno 2022",))
    ]


def test_what_is_vacant_says_since_when_and_whom_to_ask(client: Client, town: Organisation) -> None:
    an_office(town, a_person("Ada", "Neri"), "mayor", since="2017", until="2022-06-26")
    found = client.get(page_of(town)).context["vacant"]
    assert [(line.title, line.what, line.link) for line in found] == [
        ("Sindaco o sindaca", "vacante, dal 27 giugno 2022", "Rete della valle"),
        ("Pari opportunità", "mai nominata nessuna persona", "Rete della valle"),
    ]
    a_fact(Contact, town, channel="email", value="protocollo@lucca.example")
    asked = client.get(page_of(town)).context["vacant"][0]
    assert (asked.link, asked.href) == (
        "protocollo@lucca.example",
        "mailto:protocollo@lucca.example",
    )


def test_nobody_is_told_that_an_office_is_vacant_whose_holder_she_may_not_see(
    client: Client, valley: Valley
) -> None:
    here = a_participant(valley.network, "Casa delle Donne")
    an_office(here, a_person("Ada", "Neri"), "president", since="2017", until="2020")
    an_office(here, a_person("Bice", "Riva"), "president", since="2021", public=False)
    answer = client.get(page_of(here))
    assert (said(answer.context["in_office"]), list(answer.context["vacant"])) == ([], [])


def test_what_is_not_to_be_filled_is_not_vacant(client: Client, town: Organisation) -> None:
    an_office(town, a_person("Ada", "Neri"), "director", since="2017", until="2020")
    discontinue_office(
        organisation=town, title="director", since=PartialDate.parse("2021"), reason="", by=OPERATOR
    )
    assert [line.title for line in client.get(page_of(town)).context["vacant"]] == [
        "Pari opportunità"
    ]


# Where it is, what it is made of, what it is


def test_seats_contacts_and_territory_are_those_of_the_day(client: Client, valley: Valley) -> None:
    province = a_province()
    lucca = a_municipality("Lucca", province=province)
    here = a_participant(valley.network, "Casa delle Donne")
    a_fact(Seat, here, kind="registered", municipality=lucca, address="via di prova 1",
           postal_code="55100", since="2015", until="2019")  # fmt: skip
    a_fact(Seat, here, kind="registered", municipality=lucca, address="via Nuova 2", since="2020")
    a_fact(Contact, here, channel="phone", value="0583 123456", label="sportello", since="2020")
    a_fact(ServedTerritory, here, area=province)
    now, then = client.get(page_of(here)), client.get(page_of(here, "2018-05-01"))
    place = f"/territorio/comune/{lucca.istat_code}/"
    assert details(now.context["seats"]) == [
        ("Sede legale", "via Nuova 2, Lucca (LU)", place, "dal 2020")
    ]
    assert details(then.context["seats"]) == [
        (
            "Sede legale",
            "via di prova 1, 55100 Lucca (LU)",
            f"{place}?al=2018-05-01",
            "dal 2015, fino a: 2019",
        )
    ]
    assert details(now.context["contacts"]) == [
        ("Telefono", "0583 123456", "tel:0583123456", "sportello")
    ]
    assert then.context["contacts"] == []
    assert [row.value for row in now.context["served"]] == [province.title]
    assert [fact.shown for fact in now.context["facts"].facts] == ["Associazione", "Lucca", "1"]


def test_units_have_anchors_contacts_and_who_is_in_office(
    client: Client, town: Organisation
) -> None:
    corps = add_unit(organisation=town, name="Polizia Locale", kind="corps", by=OPERATOR)
    add_unit(organisation=town, name="Nucleo di prova", kind="office", parent=corps, by=OPERATOR)
    a_fact(Contact, town, unit=corps, channel="email", value="polizia@lucca.example")
    an_office(town, a_person("Ada", "Neri"), "commander", unit=corps)
    answer = client.get(page_of(town))
    assert [(u.name, u.notes) for u in answer.context["units"]] == [
        ("Nucleo di prova", ("Ufficio", "parte di Polizia Locale")),
        ("Polizia Locale", ("Corpo",)),
    ]
    police = answer.context["units"][1]
    assert [line.title for line in police.in_office] == ["Ada Neri"]
    assert details(police.details) == [
        ("E-mail", "polizia@lucca.example", "mailto:polizia@lucca.example", "")
    ]
    assert f'id="{corps.code}"' in text(answer)
    # What is a unit's is not the whole's.
    assert answer.context["in_office"] == answer.context["contacts"] == []
    assert answer.context["email"] == ""


def test_what_it_is_and_who_says_so(client: Client, town: Organisation) -> None:
    Standing.objects.filter(organisation=town).delete()
    a_fact(Standing, town, kind="municipality", legal_form="public_body", is_administration=True,
           source="elenco IPA")  # fmt: skip
    a_fact(Identifier, town, scheme="ipa", value="C_E715")
    a_fact(OrganisationName, town, kind="official", name="Comune di Lucca, ente di prova")
    assert details(client.get(page_of(town)).context["details"]) == [
        ("Denominazione ufficiale", "Comune di Lucca, ente di prova", "", ""),
        ("Forma giuridica", "Ente pubblico", "", ""),
        ("Pubblica amministrazione", "sì", "", "elenco IPA"),
        ("Codice IPA", "C_E715", "", ""),
        ("Fonte", "", "", ""),
    ]


def test_what_it_promised_in_public(client: Client, town: Organisation, valley: Valley) -> None:
    for name, public in (("Uno sportello", True), ("Una cosa segreta", False)):
        add_commitment(
            network=valley.network, name=name, owner=town, no_due=True, public=public, by=OPERATOR
        )
    answer = client.get(page_of(town))
    assert [row.cells[0].value for row in answer.context["promised"].rows] == ["Uno sportello"]
    assert "segreta" not in text(answer)


# Names, and what came before and after


def test_a_former_name_is_the_name_of_its_days(client: Client, valley: Valley) -> None:
    here = a_participant(valley.network, "Centro Aurora")
    OrganisationName.objects.filter(organisation=here).update(valid_from=date(2010, 1, 1))
    former(here, "Gruppo Alba", since="2001", until="2009")
    then = client.get(page_of(here, "2005-03-01"))
    assert "<h1>Gruppo Alba</h1>" in text(then)
    now = client.get(page_of(here))
    assert "<h1>Centro Aurora</h1>" in text(now)
    assert details(now.context["names"]) == [
        ("Nome in uso", "Gruppo Alba", "", "dal 2001, fino a: 2009")
    ]
    assert "Non si chiama più Gruppo Alba" in text(now)


def test_before_its_first_name_it_was_not_there(client: Client, valley: Valley) -> None:
    here = a_participant(valley.network, "Centro Aurora")
    OrganisationName.objects.filter(organisation=here).update(valid_from=date(2010, 1, 1))
    answer = client.get(page_of(here, "2005-03-01"))
    assert answer.status_code == 200
    assert (
        "Il 1° marzo 2005, per quanto si sa, Centro Aurora non c’era ancora: "
        "se ne ha notizia dal 1° gennaio 2010." in text(answer)
    )
    assert [(link.label, link.href) for link in answer.context["gone"].links] == [
        ("Centro Aurora nel suo primo giorno", page_of(here, "2010-01-01"))
    ]


def test_predecessors_and_successors_have_their_days_in_words(
    client: Client, valley: Valley
) -> None:
    old = an_organisation(valley.network, "Azienda USL 2 di Lucca", kind="health_authority")
    new = a_participant(valley.network, "Azienda USL nord ovest", kind="health_authority")
    for row, values in (
        (old, {"valid_until": date(2016, 1, 1)}),
        (new, {"valid_from": date(2016, 1, 1)}),
    ):
        OrganisationName.objects.filter(organisation=row).update(**values)
    a_fact(OrganisationSuccession, old, successor=new, manner="merger", since="2016-01")
    now = client.get(page_of(new))
    moments = [(m.said, str(m.title), m.href) for m in now.context["story"].moments]
    assert ("gennaio 2016", "Vi confluisce Azienda USL 2 di Lucca") in [
        (when.split(">")[1].split("<")[0], title) for when, title, _href in moments if ">" in when
    ]
    assert page_of(old, "2015-12-31") in [href for _w, _t, href in moments]
    gone = client.get(page_of(old))
    assert (
        "Azienda USL 2 di Lucca c’è stata fino al 31 dicembre 2015; "
        "il suo posto è stato preso da Azienda USL nord ovest." in text(gone)
    )
    assert [link.href for link in gone.context["gone"].links] == [
        page_of(new),
        page_of(old, "2015-12-31"),
    ]
    not_yet = client.get(page_of(new, "2015-12-31"))
    assert "Non c’è ancora" in text(not_yet)
    then = client.get(page_of(old, "2015-12-31"))
    assert "gone" not in then.context
    assert then.context["heirs"] == []


def test_an_end_that_is_known_in_part_is_not_completed(client: Client, valley: Valley) -> None:
    here = an_organisation(valley.network, "Azienda 2")
    OrganisationName.objects.filter(organisation=here).delete()
    former(here, "Azienda 2", since="2001", until="2016-01")
    gone = client.get(page_of(here))
    assert "Azienda 2 c’è stata fino a: gennaio 2016;" in text(gone)
    assert "31 gennaio" not in text(gone)
    assert gone.context["story"] is None
    before = text(client.get(page_of(here, "2000-12-31")))
    assert "Azienda 2 non c’era ancora: se ne ha notizia dal 2001." in before


def test_what_turned_out_to_be_another_leads_there_and_says_so(
    client: Client, valley: Valley
) -> None:
    one = an_organisation(valley.network, "Centro Aurora")
    other = an_organisation(valley.network, "Associazione Centro Aurora")
    merge_organisations(organisation=other, into=one, reason="doppia", by=OPERATOR)
    answer = client.get(page_of(other, "2020-05-01"))
    there = f"/organizzazioni/{one.code}/?al=2020-05-01&da={other.code}"
    assert (answer.status_code, answer["Location"]) == (302, there)
    assert (
        "Cercavi «Associazione Centro Aurora»: è risultata essere questa organizzazione."
        in text(client.get(there))
    )
    # Nobody puts words into the page.
    for code in ("comune-di-niente", one.code, "%3Cb%3E"):
        assert "Cercavi" not in text(client.get(f"/organizzazioni/{one.code}/?da={code}"))
    other.refresh_from_db()
    unmerge_organisation(organisation=other, by=OPERATOR)
    assert client.get(page_of(other)).status_code == 200


# What a stranger sees


def test_nothing_leaves_that_is_not_public(client: Client, valley: Valley) -> None:
    here = a_participant(valley.network, "Casa delle Donne")
    hidden_things(here)
    stranger = a_person("Nora", "Bianchi")
    for path in (
        page_of(here),
        page_of(here, "2020-01-01"),
        f"{page_of(here)}riquadro/",
        f"/api/v1/organisations/{here.uid}",
        "/api/v1/organisations",
        "/organizzazioni/?dove=Lucca",
        "/organizzazioni/elenco.csv",
        "/reti/valle/grafo/",
    ):
        for browser in (client, Client()):
            answer = browser.get(path)
            shown = b"".join(answer).decode()
            assert [word for word in HIDDEN if word in shown] == [], path
    assert stranger


def test_who_keeps_it_sees_what_is_hidden_and_is_told_so(client: Client, db: None) -> None:
    network, account = a_network_with_secretary()
    here = a_participant(network, "Casa delle Donne")
    hidden_things(here)
    with_second_factor(account)
    sign_in(client, account)
    shown = text(client.get(page_of(here)))
    assert [word for word in HIDDEN if word not in shown] == []
    assert shown.count("non pubblico") == 2


def test_an_organisation_that_is_not_there_is_not_found(client: Client, valley: Valley) -> None:
    an_organisation(valley.network, "Casa")
    absent = client.get("/organizzazioni/casa-che-non-ce/")
    assert absent.status_code == 404
    assert client.get("/organizzazioni/casa/?al=2020-02-30").status_code == 400


# Its cost


def test_the_page_takes_the_same_queries_however_much_is_known(
    client: Client, valley: Valley
) -> None:
    town = a_municipality("Lucca")
    found = []
    for number in ENOUGH:
        here = a_participant(valley.network, f"Casa {number}")
        many_facts(here, number, town)
        found.append(queries_of(client, page_of(here)))
    assert len(set(found)) == 1, found
    assert found[0] <= PUBLIC

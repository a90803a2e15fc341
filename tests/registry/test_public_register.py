"""The register as of any day: its filters, its file, what it costs."""

from datetime import date

import pytest
from django.test import Client

from tavolo.registry.models import (
    Contact,
    Organisation,
    OrganisationName,
    Participation,
    Seat,
    ServedTerritory,
    Standing,
)
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.facts import a_fact
from tests.factories.registry import a_participant, an_organisation, many_participants
from tests.factories.territory import a_municipality, a_province
from tests.registry.conftest import Valley, names_in, text

PUBLIC = 12
REGISTER = "/organizzazioni/"


def standing(organisation: Organisation, **values: object) -> None:
    Standing.objects.filter(organisation=organisation).delete()
    a_fact(Standing, organisation, kind=organisation.kind, **values)


def test_names_and_kinds_are_those_of_the_day(client: Client, valley: Valley) -> None:
    here = an_organisation(valley.network, "Centro Aurora")
    OrganisationName.objects.filter(organisation=here).update(valid_from=date(2010, 1, 1))
    a_fact(OrganisationName, here, kind="public", name="Gruppo Alba", since="2001", until="2009")
    assert names_in(client.get(REGISTER)) == ["Centro Aurora"]
    then = client.get(f"{REGISTER}?al=2005-05-01")
    assert names_in(then) == ["Gruppo Alba"]
    assert "Com’era domenica 1 maggio 2005".replace(" 1 ", " 1° ") in text(then)
    assert f"/organizzazioni/{here.code}/?al=2005-05-01" in text(then)
    # The filters keep the day, and the day keeps the filters.
    assert '<input type="hidden" name="al" value="2005-05-01">' in text(then)
    assert names_in(client.get(f"{REGISTER}?al=2005-05-01&q=aurora")) == []
    before = client.get(f"{REGISTER}?al=1990-01-01")
    assert "Di questo giorno non si conosce nessuna organizzazione" in text(before)


def test_it_is_filtered_by_form_and_by_administration(client: Client, valley: Valley) -> None:
    town = an_organisation(valley.network, "Comune A", kind="municipality")
    circle = an_organisation(valley.network, "Circolo B")
    an_organisation(valley.network, "Di cui non si sa")
    standing(town, is_administration=True, legal_form="public_body")
    standing(circle, is_administration=False, legal_form="onlus")
    for query, names in (
        ("amministrazione=si", ["Comune A"]),
        ("amministrazione=no", ["Circolo B"]),
        ("forma=onlus", ["Circolo B"]),
        ("forma=onlus&amministrazione=si", []),
        ("forma=nessuna&amministrazione=forse", ["Circolo B", "Comune A", "Di cui non si sa"]),
    ):
        assert names_in(client.get(f"{REGISTER}?{query}")) == names, query


def test_a_place_is_where_one_sits_and_where_one_works(client: Client, valley: Valley) -> None:
    province = a_province(name="Lucca")
    lucca = a_municipality("Lucca", province=province)
    other = a_municipality("Capannori", province=province)
    seated = an_organisation(valley.network, "A seduta a Lucca", municipality=lucca)
    serving = an_organisation(valley.network, "B lavora a Lucca", municipality=other)
    whole = an_organisation(valley.network, "C lavora in provincia")
    hidden = an_organisation(valley.network, "D sede non pubblica")
    a_fact(ServedTerritory, serving, municipality=lucca)
    a_fact(ServedTerritory, whole, area=province)
    a_fact(Seat, hidden, kind="operating", municipality=lucca, public=False)
    for where, names in (
        ("lucca", [seated.name, serving.name, whole.name]),
        ("Capannori", [serving.name, whole.name]),
        ("provincia di Lucca", [seated.name, serving.name, whole.name]),
        ("Provincia di Lucca&tipo=school", []),
    ):
        assert names_in(client.get(f"{REGISTER}?dove={where}")) == names, where
    nowhere = client.get(f"{REGISTER}?dove=Atlantide")
    assert names_in(nowhere) == []
    assert "Nessun comune e nessuna provincia si chiama così" in text(nowhere)


def test_a_province_is_meant_where_no_municipality_is_called_so(
    client: Client, valley: Valley
) -> None:
    province = a_province(name="Terra di prova")
    town = a_municipality("Capannori", province=province)
    an_organisation(valley.network, "Casa", municipality=town)
    assert names_in(client.get(f"{REGISTER}?dove=terra di prova")) == ["Casa"]


def test_the_file_is_of_the_day_too(client: Client, valley: Valley) -> None:
    here = a_participant(valley.network, "Centro Aurora")
    OrganisationName.objects.filter(organisation=here).update(valid_from=date(2010, 1, 1))
    Participation.objects.update(valid_from=date(2001, 1, 1))
    a_fact(OrganisationName, here, kind="public", name="Gruppo Alba", since="2001", until="2009")
    a_fact(Contact, here, channel="phone", value="0583 1", since="2001", until="2009")
    a_fact(Contact, here, channel="phone", value="0583 2", since="2010")
    then = client.get(f"{REGISTER}elenco.csv?al=2005-05-01")
    line = b"".join(then.streaming_content).decode().splitlines()[1]
    assert (
        line == f"{here.uid},centro-aurora,Gruppo Alba,Associazione,,,,Rete della valle,,,0583 1,,"
    )


@pytest.mark.parametrize("path", [REGISTER, f"{REGISTER}?dove=Lucca&al=2026-01-01&q=mol"])
def test_it_takes_the_same_queries_however_long_it_is(
    client: Client, valley: Valley, path: str
) -> None:
    a_municipality("Lucca")
    found = []
    for number in (*ENOUGH, 5000):
        many_participants(valley.network, number - Organisation.objects.count())
        found.append(queries_of(client, path))
    assert len(set(found)) == 1, found
    assert found[0] <= PUBLIC

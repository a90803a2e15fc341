"""Organisations for programs: what is answered on which day, and that nothing leaves that is not public."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from tavolo.kernel.actor import OPERATOR
from tavolo.registry.actions import add_unit, merge_organisations
from tavolo.registry.demo.reading import read_examples
from tavolo.registry.models import (
    Contact,
    OrganisationName,
    OrganisationSuccession,
    Seat,
    ServedTerritory,
)
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.facts import a_fact, many_facts
from tests.factories.in_office import a_delegation, an_office
from tests.factories.people import a_person
from tests.factories.registry import a_participant, an_organisation, many_participants
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley

LIST = "/api/v1/organisations"


def got(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(path, HTTP_ACCEPT_LANGUAGE="it")
    assert answer.status_code == status, answer.content.decode()
    return json.loads(answer.content)


def test_the_list_says_who_was_there(client: Client, valley: Valley) -> None:
    town = a_municipality("Capannori")
    here = a_participant(valley.network, "Casa delle Donne", municipality=town)
    other = an_organisation(valley.network, "Comune di Nessuno", kind="municipality")
    assert got(client, LIST) == {
        "items": [
            {
                "uid": str(here.uid),
                "code": "casa-delle-donne",
                "name": "Casa delle Donne",
                "kind": "association",
                "legal_form": "",
                "is_administration": None,
                "municipality": {"istat_code": town.istat_code, "name": "Capannori"},
                "networks": ["valle"],
            },
            {
                "uid": str(other.uid),
                "code": "comune-di-nessuno",
                "name": "Comune di Nessuno",
                "kind": "municipality",
                "legal_form": "",
                "is_administration": None,
                "municipality": None,
                "networks": [],
            },
        ],
        "total": 2,
        "next": None,
    }


def test_the_list_is_filtered_and_of_a_day(client: Client, valley: Valley) -> None:
    town = a_municipality("Capannori")
    here = an_organisation(valley.network, "Centro Aurora", municipality=town)
    OrganisationName.objects.filter(organisation=here).update(valid_from=date(2010, 1, 1))
    a_fact(OrganisationName, here, kind="public", name="Gruppo Alba", since="2001", until="2009")
    an_organisation(valley.network, "Scuola", kind="school")
    for query, names in (
        ("", ["Centro Aurora", "Scuola"]),
        ("?q=auro", ["Centro Aurora"]),
        ("?kind=school", ["Scuola"]),
        (f"?municipality={town.istat_code}", ["Centro Aurora"]),
        ("?as_of=2005-05-01", ["Gruppo Alba", "Scuola"]),
        ("?as_of=2005-05-01&q=aurora", []),
    ):
        assert [row["name"] for row in got(client, LIST + query)["items"]] == names, query


def test_the_list_is_read_page_by_page(client: Client, valley: Valley) -> None:
    many_participants(valley.network, 25)
    found, address = [], f"{LIST}?limit=10"
    while address:
        page = got(client, address)
        found += [row["code"] for row in page["items"]]
        address = page["next"]
    assert len(found) == len(set(found)) == 25


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=casa", "kind"),
        ("municipality=999999", "municipality"),
        ("municipality=Lucca", "municipality"),
        ("as_of=ieri", "as_of"),
        ("after=x", "after"),
        ("al=2016-02-23", "al"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_place(
    client: Client, valley: Valley, query: str, parameter: str
) -> None:
    problem = got(client, f"{LIST}?{query}", 400)
    assert [fault["parameter"] for fault in problem["errors"]] == [parameter]


def test_one_has_names_units_offices_and_kin_of_the_day(client: Client, valley: Valley) -> None:
    town = a_municipality("Capannori")
    here = a_participant(valley.network, "Comune di Capannori", kind="municipality")
    a_fact(Seat, here, kind="registered", municipality=town, address="piazza 1", since="2006/..")
    a_fact(Contact, here, channel="email", value="a@b.example", label="sportello")
    a_fact(ServedTerritory, here, municipality=town)
    unit = add_unit(organisation=here, name="Polizia Locale", kind="corps", by=OPERATOR)
    ada = a_person("Ada", "Neri")
    office = an_office(here, ada, since="2007", until="2012-05", act="Decreto 1")
    a_delegation(here, ada, on=office, since="2007", words="pari opportunità")
    old = an_organisation(valley.network, "Vecchio comune")
    a_fact(OrganisationSuccession, old, successor=here, manner="takeover", since="1999")
    shown = got(client, f"{LIST}/{here.uid}?as_of=2010-01-01")
    uids = {"uid": str(here.uid), "code": here.code}
    forever = {"began": "", "ended": "", "valid_from": None, "valid_until": None}
    assert shown == {
        **uids,
        "name": "Comune di Capannori",
        "exists": True,
        "official_name": "",
        "short_name": "",
        "kind": "municipality",
        "legal_form": "",
        "is_administration": None,
        "names": [{"name": "Comune di Capannori", "kind": "public", **forever}],
        "seats": [
            {
                "kind": "registered",
                "address": "piazza 1",
                "postal_code": "",
                "municipality": {"istat_code": town.istat_code, "name": "Capannori"},
                "began": "2006/..",
                "ended": "",
                "valid_from": "2006-01-01",
                "valid_until": None,
            }
        ],
        "identifiers": [],
        "contacts": [
            {"channel": "email", "value": "a@b.example", "label": "sportello", "unit": ""}
        ],
        "units": [
            {
                "uid": str(unit.uid),
                "code": unit.code,
                "name": "Polizia Locale",
                "kind": "corps",
                "part_of": "",
                **forever,
            }
        ],
        "served": [{"kind": "municipality", "code": town.istat_code, "name": "Capannori"}],
        "offices": [
            {
                "person": "Ada Neri",
                "title": "assessor",
                "words": "assessora",
                "unit": "",
                "delegations": ["pari opportunità"],
                "act": "Decreto 1",
                "began": "2007",
                "ended": "2012-05",
                "valid_from": "2007-01-01",
                "valid_until": "2012-06-01",
            }
        ],
        "predecessors": [
            {
                "organisation": {
                    "uid": str(old.uid),
                    "code": old.code,
                    "name": "Vecchio comune",
                },
                "manner": "takeover",
                "began": "1999",
                "ended": "",
                "valid_from": "1999-01-01",
                "valid_until": None,
            }
        ],
        "successors": [],
        "networks": [],
        "source": "",
    }
    assert got(client, f"{LIST}/{here.uid}")["offices"] == []


def test_what_is_answered_is_what_is_described(client: Client, valley: Valley) -> None:
    here = an_organisation(valley.network, "Comune di Rozzano", kind="municipality")
    document = got(client, "/api/v1/openapi.json")
    many_facts(here, 2, a_municipality("Lucca"))
    for example in read_examples():
        path = reverse(example.url_name, kwargs=dict(example.kwargs))
        described = f"{LIST}/{{uid}}" if example.kwargs else LIST
        answers = document["paths"][described]["get"]["responses"]["200"]["content"]
        schema = {**answers["application/json"]["schema"], "components": document["components"]}
        check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert list(check.iter_errors(got(client, path + example.query))) == []


def test_what_turned_out_to_be_another_stands_there_for_good(
    client: Client, valley: Valley
) -> None:
    one, other = an_organisation(valley.network, "Una"), an_organisation(valley.network, "Altra")
    merge_organisations(organisation=other, into=one, reason="doppia", by=OPERATOR)
    answer = client.get(f"{LIST}/{other.uid}?as_of=2020-01-01")
    assert (answer.status_code, answer["Location"]) == (
        308,
        f"{LIST}/{one.uid}?as_of=2020-01-01",
    )
    assert json.loads(answer.content)["code"] == one.code
    assert [row["code"] for row in got(client, LIST)["items"]] == [one.code]


def test_the_same_again_is_not_sent_again(client: Client, valley: Valley) -> None:
    here = an_organisation(valley.network, "Una")
    tag = client.get(f"{LIST}/{here.uid}")["ETag"]
    assert client.get(f"{LIST}/{here.uid}", HTTP_IF_NONE_MATCH=tag).status_code == 304


def test_what_is_not_there_is_not_found(client: Client, valley: Valley) -> None:
    an_organisation(valley.network, "Una")
    for path in (f"{LIST}/5d3c2f0e-8f43-4c1e-9c3a-6f0f6b1d2a77", f"{LIST}/una"):
        answer = client.get(path)
        assert answer.status_code in {400, 404}
        assert answer["Content-Type"] == "application/problem+json"


def test_it_takes_the_same_queries_however_much_there_is(client: Client, valley: Valley) -> None:
    town, lists, ones = a_municipality("Lucca"), [], []
    for number in ENOUGH:
        here = a_participant(valley.network, f"Casa {number}")
        many_facts(here, number, town)
        many_participants(valley.network, number)
        ones.append(queries_of(client, f"{LIST}/{here.uid}"))
        lists.append(queries_of(client, f"{LIST}?limit=200"))
    many_participants(valley.network, 5000)
    lists.append(queries_of(client, f"{LIST}?limit=200"))
    assert len(set(lists)) == len(set(ones)) == 1, (lists, ones)
    assert max(*lists, *ones) <= 12

"""Organisations for programs: what is answered on which day, and that nothing leaves that is not public."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tavolo.kernel import clock
from tavolo.registry.models import Seat
from tests.factories.counting import queries_of
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
    answer = client.get(f"{LIST}/{here.uid}")
    assert json.loads(answer.content)["name"] == "Casa delle Donne"

"""docs/reference/api.md says what really comes back."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from tavolo.territory.actions import import_national_extract

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"
PAIR = re.compile(r"```http\nGET (\S+)\n```\n\n```(json|csv)\n(.*?)```", re.DOTALL)
UNSAID = "…"


def pairs() -> list[tuple[str, str, str]]:
    return PAIR.findall(PAGE.read_text(encoding="utf-8"))


def without_uids(part: Any) -> Any:
    """Each installation has its own."""
    if isinstance(part, list):
        return [without_uids(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {key: UNSAID if key == "uid" else without_uids(value) for key, value in part.items()}


@time_machine.travel("2026-11-22T12:00:00+00:00")
def test_each_example_answers_as_it_is_printed(small_extract):
    import_national_extract(folder=small_extract)
    found = pairs()

    assert len(found) >= 7
    for address, form, printed in found:
        answer = Client().get(address, HTTP_ACCEPT_LANGUAGE="en")
        if form == "json":
            assert without_uids(json.loads(answer.content)) == json.loads(printed), address
        else:
            assert answer.content.decode("utf-8-sig").replace("\r\n", "\n").startswith(printed)


def test_every_address_is_in_the_table():
    told = set(re.findall(r"`(?:GET|POST) (/api/v1/\S*)`", PAGE.read_text(encoding="utf-8")))
    described = json.loads(Client().get("/api/v1/openapi.json").content)["paths"].keys()

    assert told == {*described, "/api/v1/openapi.json"}

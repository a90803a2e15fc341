"""The interface as it describes itself: whole, true, in two languages, and never surprised."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from schemathesis.specs.openapi.definitions import OPENAPI_31

from tavolo.config.wsgi import application
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.plugs import Example, demo_parts
from tavolo.people.actions import make_token
from tavolo.people.choices import TokenScope
from tavolo.registry.actions import add_commitment
from tavolo.registry.demo.reading import read_examples
from tavolo.registry.models import Commitment, Organisation
from tests.factories.people import with_second_factor
from tests.factories.registry import (
    a_founded_network,
    a_network_with_secretary,
    an_organisation,
)
from tests.factories.territory import a_metropolitan_city, a_municipality, a_province
from tests.share import share_of

pytestmark = pytest.mark.django_db

FEW, MANY = 4, share_of(100)
# Which codes and cursors there are no description can say: what fits its type may be refused.
# What a wrong key is answered is asked elsewhere: fifty of them close an address for a quarter of an hour.
UNKNOWABLE = [positive_data_acceptance, ignored_auth]


def description(language: str = "it") -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json", HTTP_ACCEPT_LANGUAGE=language)
    return json.loads(answer.content)


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """By path; every path is either read by GET or written to by POST."""
    assert {tuple(methods) for methods in document["paths"].values()} == {("get",), ("post",)}
    return {path: op for path, ops in document["paths"].items() for op in ops.values()}


def read_by_all(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Those that ask for no key."""
    return {path: op for path, op in operations(document).items() if "security" not in op}


def answered(operation: dict[str, Any]) -> dict[str, Any]:
    """What comes back when it goes well."""
    return next(op for status, op in operation["responses"].items() if status in {"200", "201"})


def closed(part: Any) -> Any:
    """A schema that allows no key that it does not name: what is answered must be described."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    more = {"additionalProperties": False} if "properties" in part else {}
    return {key: closed(value) for key, value in part.items()} | more


def faults(document: dict[str, Any], schema: dict[str, Any], data: Any) -> list[str]:
    whole = closed({**schema, "components": {"schemas": document["components"]["schemas"]}})
    check = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{fault.json_path}: {fault.message}" for fault in check.iter_errors(data)]


@pytest.fixture
def country() -> None:
    """Something behind the examples."""
    lucca = a_province(municipalities=2)
    a_municipality("Lucca", province=lucca, istat_code="046007")
    city = a_metropolitan_city(municipalities=1)
    a_municipality("Cesano Boscone", province=city, istat_code="015074")


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_description_is_openapi(language):
    faults = [
        fault.message
        for fault in Draft202012Validator(OPENAPI_31).iter_errors(description(language))
    ]

    assert faults == []


def test_it_says_under_which_licence_and_whom_to_ask(settings):
    settings.TAVOLO_BASE_URL = "http://localhost:8000"
    document = description()

    assert document["openapi"] == "3.1.0"
    assert document["info"]["license"]["name"] == "CC BY 4.0"
    assert document["info"]["contact"] == {"url": "http://localhost:8000"}
    assert document["servers"] == [{"url": "http://localhost:8000"}]


def test_every_address_says_what_it_is_and_may_answer():
    for path, operation in operations(description("en")).items():
        assert operation["summary"], path
        assert {"400", "404", "default"} <= operation["responses"].keys(), path
        for parameter in operation["parameters"]:
            assert parameter["description"], (path, parameter["name"])
        if "201" in operation["responses"]:
            assert {"401", "409"} <= operation["responses"].keys(), path
        else:
            assert "304" in operation["responses"], path
            assert "ETag" in operation["responses"]["200"]["headers"], path


def test_what_acts_asks_for_a_key_and_for_a_number_of_its_own():
    document = description()
    assert document["components"]["securitySchemes"] == {
        "Bearer": {"type": "http", "scheme": "bearer"}
    }
    for path, operation in operations(document).items():
        if "201" in operation["responses"]:
            assert operation["security"] == [{"Bearer": []}], path
            headers = [p for p in operation["parameters"] if p["in"] == "header"]
            assert [(p["name"], p["required"]) for p in headers] == [("Idempotency-Key", True)]


def sentences(part: Any) -> set[str]:
    """Every summary and description in a document."""
    if isinstance(part, list):
        return set().union(*map(sentences, part)) if part else set()
    if not isinstance(part, dict):
        return set()
    own = {part[key] for key in ("summary", "description") if isinstance(part.get(key), str)}
    return own.union(*(sentences(value) for key, value in part.items() if key != "example"))


def test_every_sentence_has_its_italian():
    # What HTTP calls a good answer is the same in both.
    assert sentences(description("it")) & sentences(description("en")) <= {"OK", "Created", ""}


def test_an_address_has_one_name():
    names = [operation["operationId"] for operation in operations(description()).values()]

    assert len(names) == len(set(names))


def examples_of(path: str, operation: dict[str, Any]) -> list[tuple[str, dict[str, Any], Any]]:
    return [
        (path, content["schema"], content["example"])
        for content in (*answered(operation)["content"].values(), *sent(operation))
        if "example" in content
    ]


def sent(operation: dict[str, Any]) -> list[Any]:
    """What is sent, as it is described and as it may look."""
    body = operation.get("requestBody", {"content": {}})
    return list(body["content"].values())


def test_the_examples_are_what_they_say():
    document = description()
    found = [
        e for path, operation in operations(document).items() for e in examples_of(path, operation)
    ]

    assert len(found) >= 7
    assert {path: faults(document, schema, example) for path, schema, example in found} == {
        path: [] for path, _schema, _example in found
    }


def addresses() -> list[Example]:
    """The examples of the demonstration that programs read."""
    parts = [demo_parts.get(room) for room in ("territory", "portal", "config")]
    found = [example for part in parts for example in part.examples()]
    return [example for example in found if example.url_name.startswith("api:")]


def operation_at(document: dict[str, Any], example: Example) -> dict[str, Any]:
    name = example.url_name.removeprefix("api:")
    return next(op for op in operations(document).values() if op["operationId"] == name)


@pytest.mark.parametrize("example", addresses(), ids=lambda e: f"{e.url_name}{e.query}")
def test_what_is_answered_is_what_was_promised(country, example):
    if example.url_name == "api:openapi-json":
        return
    document = description()
    answer = Client().get(reverse(example.url_name, kwargs=example.kwargs) + example.query)

    (media,) = operation_at(document, example)["responses"]["200"]["content"].items()
    assert (answer.status_code, answer["Content-Type"]) == (200, media[0])
    if "json" in media[0]:
        assert faults(document, media[1]["schema"], json.loads(answer.content)) == []


def test_every_address_has_an_example():
    # Organisations are asked for by what this installation calls them.
    an_organisation(a_founded_network(), "Comune di Rozzano")
    told = {example.url_name for example in [*addresses(), *read_examples()]}

    assert {f"api:{op['operationId']}" for op in read_by_all(description()).values()} <= told


def test_a_refusal_is_what_was_promised():
    document = description()
    answer = Client().get("/api/v1/municipalities?limit=x&as_of=y&al=z")

    schema = {"$ref": "#/components/schemas/Problem"}
    assert faults(document, schema, json.loads(answer.content)) == []


def test_where_everything_is():
    answer = Client().get("/api/v1/").json()

    assert answer == {
        "title": "Tavolo",
        "version": "1.0.0",
        "description": "http://testserver/api/v1/openapi.json",
        "documentation": "http://testserver/api/",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }
    english = Client().get("/api/v1/", HTTP_ACCEPT_LANGUAGE="en").json()
    assert english["documentation"] == "http://testserver/en/api/"


# --- questions that nobody thought of


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Each request of the bare application would end with the connection, and the test with it."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def key(country: None) -> str:
    """What a program shows that may do everything, with something that it may do it to."""
    network, account = a_network_with_secretary()
    other = a_founded_network("costa", "Rete della costa")
    an_organisation(other, "Aurora")
    add_commitment(network=network, name="Regolamento", no_owner=True, no_due=True, by=OPERATOR)
    by = Actor(person=with_second_factor(account).person.uid)
    told = {"name": "Prova", "days": 9, "scopes": TokenScope.values}
    return make_token(account=account, by=by, **told)[1]


def ask(number: int, key: str = "") -> None:
    """Put so many questions of each sort to each address, fitting ones and others."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for operation in (found.ok() for found in schema.get_all_operations()):
        if key and "security" not in operation.definition.raw:
            continue
        # What takes no parameter can be asked in one way alone.
        modes = (
            list(GenerationMode) if list(operation.iter_parameters()) else [GenerationMode.POSITIVE]
        )
        for mode in modes:
            surprised(operation.as_strategy(generation_mode=mode), number, key)


def surprised(strategy: SearchStrategy[schemathesis.Case], number: int, key: str) -> None:
    @settings(max_examples=number, deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def asked(case: schemathesis.Case) -> None:
        if case.path_parameters and "uid" in case.path_parameters:
            case.path_parameters["uid"] = something(
                case.operation.path, case.path_parameters["uid"]
            )
        case.call_and_validate(headers=shown(key), excluded_checks=UNKNOWABLE)

    asked()


def shown(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


def something(path: str, told: Any) -> Any:
    """Half of the time what there is: a uid that is made up is never one of ours."""
    kind = Commitment if path.startswith("/api/v1/commitments") else Organisation
    there = list(kind.objects.order_by("id").values_list("uid", flat=True))
    return (
        str(there[len(str(told)) % len(there)]) if there and sum(str(told).encode()) % 2 else told
    )


def test_no_question_surprises(country, one_connection):
    ask(FEW)


def test_nor_does_an_act_by_a_key(key, one_connection):
    ask(FEW, key)


@pytest.mark.prove
def test_no_question_surprises_however_many_are_asked(key, one_connection):
    ask(MANY)
    ask(MANY, key)

"""What every address under /api/ has in common, whatever room it belongs to."""

import json
from datetime import date

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tavolo.ui.api.parameters import fault_of
from tests.factories.people import a_network, an_account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.api_urls")]

PROBLEM = "application/problem+json"
KEYS = {"type", "title", "status", "detail", "instance"}


@pytest.fixture
def program() -> Client:
    """Says nothing of itself, as programs do, and is shown what anybody would be shown of a fault."""
    return Client(raise_request_exception=False)


def problem(answer, status: int) -> dict:
    """The body of a refusal, which is whole and no page."""
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    found = json.loads(answer.content)
    assert found.keys() >= KEYS
    assert found["status"] == status
    return found


# --- refusals


def test_a_refusal_is_a_problem_with_its_words(program):
    found = problem(program.get("/api/probe/refused/refusal"), 409)

    assert found == {
        "type": "http://localhost:8000/api/#refusal",
        "title": "Questa operazione non è possibile.",
        "status": 409,
        "detail": "È troppo <b>tardi</b>. Telefona domani.",
        "instance": "/api/probe/refused/refusal",
    }


def test_what_is_hidden_answers_like_what_is_absent(program):
    hidden = problem(program.get("/api/probe/refused/hidden"), 404)
    absent = problem(program.get("/api/probe/nowhere"), 404)

    assert {**hidden, "instance": ""} == {**absent, "instance": ""}
    assert hidden["detail"] == "A questo indirizzo non c’è nulla."


def test_a_fault_of_ours_shows_nothing_of_it(program):
    found = problem(program.get("/api/probe/refused/fault"), 500)

    assert found["type"] == "http://localhost:8000/api/#fault"
    assert found["detail"] == "Qualcosa qui non ha funzionato: l’errore è nostro, non tuo."
    assert not {"Anna", "RuntimeError", "10.1.2.3"} & set(found["detail"].split())


def test_not_even_where_faults_are_shown_in_the_browser(program, settings):
    settings.DEBUG = True

    answer = program.get("/api/probe/refused/fault")

    assert problem(answer, 500)
    assert b"Anna" not in answer.content


@pytest.mark.parametrize(
    "path",
    ["/api/x", "/api/v1/nothing", "/api/v1/municipalities/", "/api//", "/api/v2/", "/api/%00"],
)
def test_an_unknown_address_is_a_problem_too(program, path):
    assert problem(program.get(path), 404)["type"].endswith("/api/#not-found")


def test_a_page_that_some_layer_writes_does_not_leave(program):
    found = problem(program.get("/api/page"), 418)

    assert found["type"] == "about:blank"


def test_a_host_that_is_not_ours_is_a_problem(program, settings):
    settings.ALLOWED_HOSTS = ["rete.example"]

    assert problem(program.get("/api/probe/day"), 400)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/api/probe/day", "/api/v1/openapi.json"])
def test_another_method_is_told_which_ones_there_are(program, method, path):
    answer = getattr(program, method)(path)

    assert problem(answer, 405)["type"].endswith("/api/#wrong-method")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("", "it", "A questo indirizzo non c’è nulla."),
        ("en", "en", "There is nothing at this address."),
        ("de, en;q=0.5", "en", "There is nothing at this address."),
        ("de", "it", "A questo indirizzo non c’è nulla."),
        ("it-IT,it;q=0.9,en;q=0.8", "it", "A questo indirizzo non c’è nulla."),
        ("\x7f;;;q=x", "it", "A questo indirizzo non c’è nulla."),
    ],
)
def test_words_are_in_the_language_that_is_asked_for(program, asked, language, title):
    answer = program.get("/api/nothing", HTTP_ACCEPT_LANGUAGE=asked)

    assert problem(answer, 404)["title"] == title
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]


# --- parameters


@time_machine.travel("2026-11-22T23:30:00+00:00")
def test_without_a_day_it_is_today_in_italy(program):
    assert program.get("/api/probe/day").json() == {"day": "2026-11-23"}


def test_a_day_is_read_as_iso_writes_it(program):
    assert program.get("/api/probe/day?as_of=2016-02-23").json() == {"day": "2016-02-23"}


@pytest.mark.parametrize(
    "day",
    [
        "", "x", "2016-02-30", "2016-2-3", "20160223", "2016-02-23T00:00:00", "1456185600", "0000-01-01",
        "23/02/2016", "2016-02-23 ", "-2016-02-23", "２０１６-02-23", "2016-02-23%00", "%ED%A0%80", "9" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_by_name(program, day):
    found = problem(program.get(f"/api/probe/day?as_of={day}"), 400)

    assert found["errors"] == [
        {
            "detail": "«as_of» non è un giorno: scrivilo come 2016-02-23.",
            "parameter": "as_of",
        }
    ]
    assert found["title"] == "La richiesta non è comprensibile."


@given(st.text(max_size=30))
def test_no_day_makes_a_fault(day):
    answer = Client().get("/api/probe/day", {"as_of": day})

    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert answer.json()["day"] == date.fromisoformat(day).isoformat()


def test_a_misspelt_parameter_is_not_passed_over(program):
    found = problem(program.get("/api/probe/day?al=2016-02-23&as_of=2016-02-23"), 400)

    assert found["errors"] == [{"detail": "«al» qui non è previsto.", "parameter": "al"}]


def test_a_parameter_given_twice_is_not_guessed(program):
    found = problem(program.get("/api/probe/day?as_of=2016-02-23&as_of=2017-01-01"), 400)

    assert found["errors"] == [
        {"detail": "«as_of» è indicato più di una volta.", "parameter": "as_of"}
    ]


def test_each_wrong_parameter_is_named(program):
    answer = program.get(
        "/api/probe/networks", {"limit": "0", "after": "x" * 5000}, HTTP_ACCEPT_LANGUAGE="en"
    )

    assert {fault["parameter"]: fault["detail"] for fault in problem(answer, 400)["errors"]} == {
        "limit": "“limit” is less than 1.",
        "after": "“after” is longer than 4000 signs.",
    }


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("201", "«limit» è maggiore di 200."),
        ("-1", "«limit» è minore di 1."),
        ("x", "«limit» non è un numero intero."),
        ("", "«limit» non è un numero intero."),
        ("1.5", "«limit» non è un numero intero."),
        ("9" * 5000, "«limit» non è un numero intero."),
    ],
)
def test_a_limit_beyond_reason_is_refused(program, limit, said):
    found = problem(program.get("/api/probe/networks", {"limit": limit}), 400)

    assert [fault["detail"] for fault in found["errors"]] == [said]


@pytest.mark.parametrize("words", ["a\x00b", "\x00"])
def test_signs_that_no_text_has_are_refused(program, words):
    found = problem(program.get("/api/probe/words", {"q": words}), 400)

    assert found["detail"] == "«q» contiene segni che nessun testo ha."


def test_an_encoding_in_a_header_changes_nothing(program):
    for charset in ("hex", "unicode_escape", "utf-7", "x"):
        answer = program.get(
            "/api/probe/words?q=%5Cud800", content_type=f"text/plain; charset={charset}"
        )
        assert answer.json() == {"day": "\\ud800"}


def test_what_is_wrong_in_a_body_has_a_pointer():
    found = fault_of({"loc": ("body", "people", 0, "name"), "type": "missing"})

    assert found == {"detail": "«people/0/name» manca.", "pointer": "#/people/0/name"}


def test_a_fault_without_words_of_its_own_is_said_all_the_same():
    found = fault_of({"loc": ("query", "x"), "type": "bool_parsing"})

    assert found == {"detail": "«x» non è leggibile.", "parameter": "x"}


# --- lists


def pages(program: Client, path: str) -> list[dict]:
    found = []
    while path:
        answer = program.get(path)
        found.append(answer.json())
        path = found[-1]["next"] or ""
        link = answer.headers.get("Link", "")
        assert link == (f'<{path}>; rel="next"' if path else "")
    return found


def test_a_walk_through_the_pages_meets_everybody_once(program):
    for number in range(23):
        a_network(f"rete-{number:02}")

    found = pages(program, "/api/probe/networks?limit=10")

    assert [len(page["items"]) for page in found] == [10, 10, 3]
    assert {page["total"] for page in found} == {23}
    slugs = [row["slug"] for page in found for row in page["items"]]
    assert slugs == [f"rete-{number:02}" for number in range(23)]
    assert found[0]["next"].startswith("http://testserver/api/probe/networks?limit=10&after=")


def test_a_page_that_is_just_full_is_the_last(program):
    a_network("a")

    assert pages(program, "/api/probe/networks?limit=1") == [
        {"items": [{"slug": "a"}], "total": 1, "next": None}
    ]


@pytest.mark.parametrize("cursor", ["x", "bm8", "W10", "WyJhIl0", "%00", "W251bGwsbnVsbF0", "👍"])
def test_a_cursor_that_we_did_not_write_is_refused(program, cursor):
    found = problem(program.get(f"/api/probe/networks?after={cursor}"), 400)

    assert found["errors"][0]["parameter"] == "after"


# --- answers


def test_an_answer_may_be_kept_and_read_by_any_site(program):
    answer = program.get("/api/probe/day?as_of=2016-02-23")

    kept = (
        "Content-Type", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Cache-Control",
        "Vary", "Content-Language", "X-Content-Type-Options",
    )  # fmt: skip
    assert {name: answer[name] for name in kept} == {
        "Content-Type": "application/json",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Content-Disposition, ETag, Link",
        "Cache-Control": "public, max-age=300",
        "Vary": "Accept-Language",
        "Content-Language": "it",
        "X-Content-Type-Options": "nosniff",
    }
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_the_same_again_is_not_sent_again(program):
    first = program.get("/api/probe/day?as_of=2016-02-23")
    again = program.get("/api/probe/day?as_of=2016-02-23", HTTP_IF_NONE_MATCH=first["ETag"])
    weak = program.get(
        "/api/probe/day?as_of=2016-02-23", HTTP_IF_NONE_MATCH=f'"x", W/{first["ETag"]}'
    )

    for answer in (again, weak):
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == first["ETag"]
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Content-Type" not in answer.headers


def test_another_answer_has_another_tag(program):
    tags = {program.get(f"/api/probe/day?as_of=2016-02-{day}")["ETag"] for day in (21, 22, 23)}

    assert len(tags) == 3
    answer = program.get("/api/probe/day?as_of=2016-02-23", HTTP_IF_NONE_MATCH='"x"')
    assert answer.status_code == 200


def test_who_expects_another_state_is_told(program):
    answer = program.get("/api/probe/day?as_of=2016-02-23", HTTP_IF_MATCH='"x"')

    assert problem(answer, 412)["type"].endswith("/api/#changed")


def test_a_problem_has_no_tag(program):
    assert "ETag" not in program.get("/api/probe/nothing").headers


@pytest.mark.parametrize(
    "path", ["/api/probe/day?as_of=2016-02-23", "/api/probe/file", "/api/nothing"]
)
def test_head_is_like_get_without_the_body(program, path):
    got, asked = program.get(path), program.head(path)

    assert asked.content == b""
    assert asked.status_code == got.status_code
    assert dict(asked.headers) == {**got.headers, "Content-Length": str(len(got.content))}


def test_head_with_the_tag_says_that_nothing_changed(program):
    tag = program.get("/api/probe/day?as_of=2016-02-23")["ETag"]

    assert (
        program.head("/api/probe/day?as_of=2016-02-23", HTTP_IF_NONE_MATCH=tag).status_code == 304
    )


def test_a_browser_may_ask_whether_it_may_ask(program):
    answer = program.options(
        "/api/probe/day",
        HTTP_ORIGIN="https://elsewhere.example",
        HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET",
        HTTP_ACCESS_CONTROL_REQUEST_HEADERS="if-none-match",
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert problem(program.options("/api/nothing"), 404)


def test_a_file_has_its_name(program):
    answer = program.get("/api/probe/file")

    assert answer["Content-Disposition"] == 'attachment; filename="a.csv"'
    assert answer.content == b"a;b"


def test_what_stands_elsewhere_leads_there(program):
    answer = program.get("/api/probe/moved")

    assert (answer.status_code, answer["Location"]) == (308, "/api/probe/day")
    assert answer.json() == {"day": "elsewhere"}


# --- nobody is known


def test_who_is_signed_in_is_nobody_here(client):
    sign_in(client, an_account())
    assert client.cookies

    answer = client.get("/api/probe/who")

    assert answer.json() == {"cookies": {}, "known": False}
    assert answer.cookies == {}
    assert client.get("/api/probe/day")["Vary"] == "Accept-Language"


def test_a_page_keeps_knowing_who_is_signed_in(client):
    sign_in(client, an_account())

    assert client.get("/accesso/account/").status_code == 200


def test_the_page_for_people_is_no_problem(program):
    answer = program.get("/api/")

    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "ETag" not in answer.headers

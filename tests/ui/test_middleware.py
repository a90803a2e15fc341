import json
import logging
from collections.abc import Callable
from ipaddress import ip_network

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tavolo.config.logs import JsonLines
from tavolo.ui.middleware import POLICY, RequestLog, is_ours

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.middleware_urls")]

SITE = "http://testserver"


@pytest.fixture
def bare() -> Client:
    """A client that says nothing of itself, and shows what a visitor would see of a fault."""
    return Client(raise_request_exception=False)


# --- the origin of a request that changes something


def headers(site: str | None, origin: str | None, referer: str | None) -> dict[str, str]:
    told = {"Sec-Fetch-Site": site, "Origin": origin, "Referer": referer}
    return {name: value for name, value in told.items() if value is not None}


TRUTH = [
    # Sec-Fetch-Site, Origin, Referer, whether it is carried out
    (None, None, None, False),
    ("same-origin", None, None, True),
    ("same-origin", SITE, None, True),
    ("same-origin", SITE, "https://elsewhere.example/", True),
    ("same-origin", "https://elsewhere.example", None, False),
    ("same-origin", "null", None, False),
    ("same-site", SITE, None, False),
    ("cross-site", SITE, None, False),
    ("none", SITE, None, False),
    ("", SITE, None, False),
    ("SAME-ORIGIN", None, None, False),
    (None, SITE, None, True),
    (None, "null", None, False),
    (None, "null", f"{SITE}/form/", False),
    (None, "", f"{SITE}/form/", True),
    (None, "", "", False),
    (None, None, SITE, True),
    (None, None, f"{SITE}/", True),
    (None, None, f"{SITE}/form/?a=b#c", True),
    (None, None, "https://elsewhere.example/", False),
    (None, "https://elsewhere.example", f"{SITE}/", False),
]


@pytest.mark.parametrize(("site", "origin", "referer", "ours"), TRUTH)
def test_a_request_that_changes_something_comes_from_a_page_of_ours(
    bare, site, origin, referer, ours
):
    answer = bare.post("/prova/fatto/", headers=headers(site, origin, referer))
    assert answer.status_code == (200 if ours else 403)
    assert (answer.content == b"done") is ours


HOSTILE = [
    "http://testserver.elsewhere.example",
    "http://elsewhere.example/testserver",
    "http://elsewhere.example?http://testserver",
    "http://testserver@elsewhere.example",
    "http://elsewhere.example@testserver",
    "http://anna:secret@testserver",
    "http://testserver:8000",
    "http://testserver:80",
    "http://testserver.",
    "https://testserver",
    "ftp://testserver",
    "//testserver",
    "testserver",
    "http:testserver",
    "http:///testserver",
    "HTTP://TESTSERVER",
    "http://xn--tstserver-g1a",
    "http://tеstserver",
    "http://ｔestserver",
    "http://testserver\\@elsewhere.example",
    "http://testserver%2eelsewhere.example",
    "http://test\tserver",
    "http://[",
    "http://[::1",
    "http://[testserver]",
    "http://testserver\x00",
    "http://testserver http://elsewhere.example",
    "http://testserver, http://elsewhere.example",
    "file://",
    "data:text/html,x",
    "null",
    "http://" + "a" * 100_000,
]


@pytest.mark.parametrize("told", HOSTILE, ids=range(len(HOSTILE)))
def test_an_origin_that_only_looks_like_ours_is_refused(bare, told):
    answer = bare.post("/prova/fatto/", headers={"Origin": told})
    assert answer.status_code == 403
    # The page that sent it may have any path: a Referer is compared up to there and not a sign less.
    answer = bare.post("/prova/fatto/", headers={"Referer": f"{told}x"})
    assert answer.status_code == 403


@given(st.text())
def test_whatever_is_told_is_read_or_refused(told):
    for name in ("HTTP_ORIGIN", "HTTP_REFERER"):
        ours = is_ours(RequestFactory().post("/", **{name: told}))
        assert not ours or told.startswith(SITE)


@pytest.mark.parametrize(
    ("host", "secure", "origin", "ours"),
    [
        ("tavolo.example", True, "https://tavolo.example", True),
        ("tavolo.example:443", True, "https://tavolo.example", True),
        ("tavolo.example:80", False, "http://tavolo.example", True),
        ("TAVOLO.example", True, "https://tavolo.example", True),
        ("tavolo.example", True, "http://tavolo.example", False),
        ("tavolo.example", False, "https://tavolo.example", False),
        ("tavolo.example:443", False, "http://tavolo.example", False),
        ("tavolo.example:8000", False, "http://tavolo.example:8000", True),
        ("tavolo.example:8000", False, "http://tavolo.example", False),
        ("tavolo.example:8000", False, "http://tavolo.example:8001", False),
        ("[::1]:8000", False, "http://[::1]:8000", True),
        ("xn--perch-fsa.example", True, "https://xn--perch-fsa.example", True),
    ],
)
def test_our_origin_is_the_one_that_a_browser_would_write(host, secure, origin, ours):
    request = RequestFactory().post("/", secure=secure, HTTP_HOST=host, HTTP_ORIGIN=origin)
    assert is_ours(request) is ours


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "post", "PROPFIND", "X"])
def test_every_method_that_may_change_something_is_asked(bare, method):
    assert bare.generic(method, "/prova/fatto/").status_code == 403
    assert bare.generic(method, "/prova/fatto/", HTTP_ORIGIN=SITE).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_open_from_anywhere(bare, method):
    answer = bare.generic(method, "/prova/fatto/", HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 200


def test_a_forged_request_is_told_why_and_is_not_carried_out(bare):
    answer = bare.post("/en/", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert "came from another site" in answer.content.decode()


def test_a_forged_request_to_no_address_tells_nothing_more(bare):
    told = {"Origin": "https://elsewhere.example"}
    one = bare.post("/prova/fatto/", headers=told)
    other = bare.post("/prova/non-esiste/", headers=told)
    assert one.status_code == other.status_code == 403
    assert one.content == other.content


def test_a_host_that_is_not_ours_is_a_bad_request(bare, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    for method in (bare.get, bare.post):
        assert method("/prova/fatto/", HTTP_HOST="elsewhere.example").status_code == 400
        assert method("/prova/fatto/", HTTP_HOST="a b\\c").status_code == 400


# --- refusals turned into pages


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("refusal", 409),
        ("not-allowed", 403),
        ("hidden", 404),
        ("absent", 404),
        ("bad", 400),
        ("stale", 409),
        ("fault", 500),
    ],
)
def test_a_refusal_is_a_page_with_its_status(bare, what, status):
    answer = bare.get(f"/prova/rifiuto/{what}/")
    assert answer.status_code == status
    assert "<h1" in answer.content.decode()


def test_a_refusal_says_what_is_wrong_and_what_to_do_as_text(bare):
    page = bare.get("/prova/rifiuto/refusal/").content.decode()
    assert "È troppo &lt;b&gt;tardi&lt;/b&gt;." in page
    assert "Telefona &lt;i&gt;domani&lt;/i&gt;." in page


def test_what_is_hidden_answers_as_what_is_absent_does(bare):
    """The paths are of one length and shape, so that whatever differs would tell."""
    hidden, absent = (bare.get(f"/prova/rifiuto/{what}/") for what in ("hidden", "absent"))
    assert "Anna" not in hidden.content.decode()
    same = hidden.content.decode().replace("/hidden/", "/absent/")
    assert same == absent.content.decode()
    assert dict(hidden.headers) == dict(absent.headers)
    assert hidden.cookies == absent.cookies == {}


def test_who_must_sign_in_is_sent_there_and_comes_back(bare):
    answer = bare.get("/prova/rifiuto/sign-in/?a=b&c=%2F%2Felsewhere.example")
    assert answer.status_code == 302
    assert answer["Location"] == (
        "/accesso/?next=%2Fprova%2Frifiuto%2Fsign-in%2F%3Fa%3Db%26c%3D%252F%252Felsewhere.example"
    )


def test_a_fault_says_nothing_of_what_was_being_done(bare):
    page = bare.get("/prova/rifiuto/fault/").content.decode()
    for secret in ("Anna", "10.1.2.3", "RSSNNA80A01F205X", "RuntimeError", "Traceback"):
        assert secret not in page


# --- headers


@pytest.mark.parametrize(
    "address",
    [
        "/prova/fatto/",
        "/prova/non-esiste/",
        "/prova/fatto",
        *(
            f"/prova/rifiuto/{what}/"
            for what in ("refusal", "hidden", "absent", "sign-in", "bad", "stale", "fault")
        ),
        "/salute",
        "/",
        "/en/",
        "/static/ui/tavolo.css",
        "/static/nessuno.css",
    ],
)
def test_every_answer_tells_the_browser_to_keep_to_itself(bare, address):
    answer = bare.get(address)
    for name, value in {
        "Content-Security-Policy": POLICY,
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }.items():
        assert answer.headers.get(name) == value, (address, answer.status_code, name)
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.cookies == {}


def test_a_refused_request_has_the_headers_too(bare, settings):
    assert bare.post("/prova/fatto/").headers["Content-Security-Policy"] == POLICY
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = bare.get("/prova/fatto/", HTTP_HOST="elsewhere.example")
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    sources = {source for words in rules.values() for source in words.split()}
    assert sources == {"'none'", "'self'", "data:"}
    assert [rule for rule, words in rules.items() if "data:" in words] == ["img-src"]


# --- proxies


PROXIES = ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]


@pytest.fixture
def behind(settings) -> Callable[..., str]:
    """What the views see of a request that came from `peer` with those headers."""
    settings.TAVOLO_TRUSTED_PROXIES = PROXIES
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def ask(peer: str, **told: str) -> str:
        answer = Client().get("/prova/indirizzo/", REMOTE_ADDR=peer, **told)
        return answer.content.decode()

    return ask


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        # From anybody else, nothing is believed.
        ("198.51.100.9", "203.0.113.5", "198.51.100.9"),
        ("198.51.100.9", "10.0.0.1", "198.51.100.9"),
        ("198.51.100.9", "", "198.51.100.9"),
        ("", "203.0.113.5", ""),
        ("unix:", "203.0.113.5", "unix:"),
        # From a proxy of ours, its last word that names no proxy of ours.
        ("10.1.2.3", "203.0.113.5", "203.0.113.5"),
        ("192.0.2.7", "203.0.113.5", "203.0.113.5"),
        ("192.0.2.8", "203.0.113.5", "192.0.2.8"),
        ("2001:db8::1", "203.0.113.5", "203.0.113.5"),
        ("::ffff:10.1.2.3", "::ffff:203.0.113.5", "203.0.113.5"),
        ("10.1.2.3", "203.0.113.5, 10.0.0.9, 192.0.2.7", "203.0.113.5"),
        ("10.1.2.3", "203.0.113.5,10.0.0.9", "203.0.113.5"),
        # What stands before the client, the client wrote itself.
        ("10.1.2.3", "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        ("10.1.2.3", "10.0.0.5, 203.0.113.5, 10.0.0.9", "203.0.113.5"),
        ("10.1.2.3", "10.0.0.5, 10.0.0.6", "10.0.0.5"),
        # Forms that proxies write.
        ("10.1.2.3", "203.0.113.5:41234", "203.0.113.5"),
        ("10.1.2.3", "[2001:db9::1]:41234", "2001:db9::1"),
        ("10.1.2.3", "2001:DB9:0::1", "2001:db9::1"),
        # What is no address ends the chain there.
        ("10.1.2.3", "", "10.1.2.3"),
        ("10.1.2.3", "unknown", "10.1.2.3"),
        ("10.1.2.3", "203.0.113.5, unknown", "10.1.2.3"),
        ("10.1.2.3", "203.0.113.5, ", "10.1.2.3"),
        ("10.1.2.3", "<script>alert(1)</script>", "10.1.2.3"),
        ("10.1.2.3", "[", "10.1.2.3"),
        ("10.1.2.3", "203.0.113.5:porta", "203.0.113.5"),
        ("10.1.2.3", "1" * 5000, "10.1.2.3"),
        ("10.1.2.3", "203.0.113.5" + ", 10.0.0.9" * 2000, "203.0.113.5"),
    ],
)
def test_the_clients_address_is_the_last_hop_that_we_do_not_know(behind, peer, forwarded, seen):
    assert behind(peer, HTTP_X_FORWARDED_FOR=forwarded) == f"{seen} http"


@pytest.mark.parametrize(
    ("peer", "scheme"), [("10.1.2.3", "https"), ("198.51.100.9", "http"), ("", "http")]
)
def test_only_a_trusted_proxy_can_say_that_the_request_was_encrypted(behind, peer, scheme):
    assert behind(peer, HTTP_X_FORWARDED_PROTO="https").endswith(f" {scheme}")


def test_without_proxies_nobody_is_believed(settings):
    settings.TAVOLO_TRUSTED_PROXIES = []
    answer = Client().get(
        "/prova/indirizzo/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.5"
    )
    assert answer.content == b"127.0.0.1 http"


@given(st.text())
def test_whatever_is_forwarded_is_an_address_or_nothing(forwarded):
    log = RequestLog(lambda _request: HttpResponse())
    log.proxies = [ip_network(proxy) for proxy in PROXIES]
    request = RequestFactory().get("/", REMOTE_ADDR="10.1.2.3", HTTP_X_FORWARDED_FOR=forwarded)
    log.trust(request)
    assert set(request.META["REMOTE_ADDR"]) <= set("0123456789abcdef.:%")


@pytest.mark.parametrize("wrong", ["proxy.example", "10.0.0.0/99", "10.0.0", "*", "\x00"])
def test_a_proxy_that_is_no_address_is_refused_at_the_start(settings, wrong):
    settings.TAVOLO_TRUSTED_PROXIES = [wrong]
    with pytest.raises(ImproperlyConfigured, match="TAVOLO_TRUSTED_PROXIES"):
        RequestLog(lambda _request: HttpResponse())


def test_a_network_may_be_written_by_any_of_its_addresses(settings):
    settings.TAVOLO_TRUSTED_PROXIES = ["10.1.2.3/8"]
    assert [str(proxy) for proxy in RequestLog(lambda _request: HttpResponse()).proxies] == [
        "10.0.0.0/8"
    ]


# --- the log


@pytest.fixture
def lines(caplog) -> Callable[[], list[str]]:
    caplog.set_level(logging.DEBUG)
    return lambda: [JsonLines().format(record) for record in caplog.records]


def test_a_request_is_one_line_that_names_its_route(bare, lines):
    bare.get("/prova/persona/anna-rossi/?cerca=rifugio", HTTP_ACCEPT_LANGUAGE="it")
    (line,) = [json.loads(line) for line in lines() if "route" in line]
    at, milliseconds = line.pop("at"), line.pop("milliseconds")
    assert line == {
        "level": "info",
        "logger": "tavolo.requests",
        "message": "request",
        "method": "GET",
        "route": "prova/persona/<str:name>/",
        "status": 200,
    }
    assert at.endswith("+00:00")
    assert milliseconds >= 0


PLANTED = {
    "HTTP_USER_AGENT": "Annaphone",
    "HTTP_REFERER": "http://testserver/annacasa/",
    "HTTP_COOKIE": "sessionid=annacookie",
    "HTTP_AUTHORIZATION": "Bearer annatoken",
    "HTTP_X_FORWARDED_FOR": "203.0.113.77",
    "REMOTE_ADDR": "198.51.100.99",
}
SECRETS = ["anna", "rifugio", "203.0.113", "198.51.100", "RSSNNA", "10.1.2.3", "elsewhere"]


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/prova/persona/anna-rossi/?cerca=rifugio"),
        ("POST", "/prova/persona/anna-rossi/?cerca=rifugio"),
        ("GET", "/anna-rossi/rifugio/?cerca=rifugio"),
        ("GET", "/prova/rifiuto/fault/?cerca=rifugio&anna"),
        ("GET", "/prova/rifiuto/hidden/?anna"),
        ("GET", "/prova/rifiuto/bad/?anna"),
        ("GET", "/prova/rifiuto/refusal/?anna"),
        ("ANNA", "/prova/fatto/?anna"),
        ("GET", "/salute?anna"),
        ("GET", "//anna.example/rifugio"),
        ("GET", "/%00anna%ff/rifugio"),
        ("GET", "/static/anna/rifugio.css"),
    ],
)
def test_no_line_holds_a_path_a_query_an_address_or_a_name(bare, lines, method, address):
    bare.generic(method, address, data="name=anna+rossi&tel=rifugio", **PLANTED)
    written = lines()
    assert written
    for line in written:
        assert [secret for secret in SECRETS if secret.lower() in line.lower()] == [], line


def test_nor_where_the_host_is_a_strangers(bare, lines, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    bare.get("/prova/fatto/", HTTP_HOST="anna.elsewhere.example")
    written = lines()
    assert any('"status": 400' in line for line in written)
    assert not any("anna" in line for line in written)


def test_the_chain_of_middleware_stands_in_the_order_that_this_needs():
    ours = [name.rsplit(".", 1)[1] for name in django_settings.MIDDLEWARE]
    assert ours[:2] == ["RequestLog", "SafeHeaders"]
    assert ours.index("SameOrigin") < ours.index("AuthenticationMiddleware")
    assert ours[-1] == "Refusals"

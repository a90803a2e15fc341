"""Who may open what: every address against every role. What one may not see is not there."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.journeys.site import Site, told

MAY = {
    "anyone": {"anyone", "stranger", "member", "secretary"},
    "stranger": {"stranger", "member", "secretary"},
    "member": {"member"},
    "secretary": {"secretary"},
    "insider": {"member", "secretary"},
}

# Where every address asks for a sign-in, also one that leads nowhere.
HIDDEN = ("/lavoro/", "/accesso/")


class Visitor:
    """A browser without a screen, that does not follow redirects."""

    def __init__(self, site: Site, role: str) -> None:
        self.site, self.role = site, role
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), Still()
        )
        if role != "anyone":
            account = site.account(role)
            status, _body = self.post(
                "/accesso/", {"login": account["email"], "password": account["password"]}
            )
            assert status == 302

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask(urllib.request.Request(self.site.url + path))

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        data = urllib.parse.urlencode(fields).encode()
        headers = {"Origin": self.site.url}
        return self._ask(urllib.request.Request(self.site.url + path, data=data, headers=headers))

    def _ask(self, request: urllib.request.Request) -> tuple[int, bytes]:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()


class Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        return None


@pytest.fixture(params=["anyone", "stranger", "member", "secretary"])
def visitor(request: pytest.FixtureRequest, site: Site) -> Visitor:
    return Visitor(site, request.param)


def without_example(names: list[str], examples: list[dict[str, str]]) -> set[str]:
    return set(names) - {example["url_name"] for example in examples}


def test_every_address_has_an_example(site: Site) -> None:
    whole = told(site.home)
    assert without_example(whole["names"], whole["examples"]) == set()


def test_an_address_without_example_is_found() -> None:
    assert without_example(["a", "b"], [{"url_name": "a"}]) == {"b"}


def test_each_role_opens_what_it_may_and_nothing_else(visitor: Visitor, site: Site) -> None:
    wrong = {}
    for example in site.examples:
        status, _body = visitor.get(example["path"])
        if status not in expected(visitor.role, example["who"], example["path"]):
            wrong[f"{example['url_name']} {example['path']}"] = status
    assert wrong == {}


def expected(role: str, who: str, path: str) -> set[int]:
    """What a role is answered at an address that `who` may open.

    Only where all is hidden is one asked to sign in; of a single hidden thing that would tell that it is there.
    """
    if role in MAY[who]:
        return {200}
    return {302} if role == "anyone" and path.startswith(HIDDEN) else {404}


def test_what_is_hidden_answers_like_what_is_absent(site: Site) -> None:
    stranger = Visitor(site, "stranger")
    hidden = next(
        e["path"]
        for e in site.examples
        if e["who"] == "secretary"
        and e["path"].startswith("/lavoro/reti/")
        and "?" not in e["path"]
    )
    absent = hidden.replace("/reti/", "/reti/x")
    assert strip(stranger.get(hidden), hidden) == strip(stranger.get(absent), absent)


def strip(answer: tuple[int, bytes], path: str) -> tuple[int, bytes]:
    """The link to the other language repeats the address that was asked for."""
    return answer[0], answer[1].replace(path.encode(), b"")

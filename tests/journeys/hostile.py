"""Sends hostile forms to every page of a demonstration, as whoever may open it; prints what went wrong.

Each form is the real one, read from its page, with a few fields spoilt. What a request writes is looked
at and then taken back, so that the next one meets the same world.
"""

import json
import os
import random
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tavolo.config.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from lxml import html  # noqa: E402

from tavolo.journal.models import Entry  # noqa: E402
from tavolo.kernel.actor import actor_of  # noqa: E402
from tavolo.kernel.clock import today  # noqa: E402
from tavolo.kernel.models import Network  # noqa: E402
from tavolo.people.models import Account, Person  # noqa: E402
from tavolo.registry.models import Commitment, Organisation  # noqa: E402
from tests.journeys.telling import told  # noqa: E402

PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
ORIGIN = "http://localhost:8000"
AFRESH = 500  # forms
PLANTED = "<script>planted()</script>"
SUM = "{{7191|add:7}}{% now 'Y' %}${7191+7}"
# Leaves the session, and so the rest of the walk.
NOT_SENT = {"/accesso/esci/"}
# An act of one network that stands, by design, in the journal of another: the steward's.
ACROSS = {"registry.change_proposed"}
# Whoever has a signed link answers by it without signing in: it says itself in which network.
BY_LINK = "/c/"
GOOD = {200, 201, 204, 302, 303, 400, 401, 403, 404, 405, 409, 413, 422, 429}

WORDS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[31m\x07\x08",
    "\u202egnp.exe",
    "\u2066\u200f\ufeff\u200b",
    "é" * 300 + "e\u0301" * 300,
    "x" * 5_000,
    "9" * 400,
    "-1",
    "0",
    "1e309",
    "NaN",
    "2147483648",
    "9223372036854775808",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "31/12/99999",
    "true",
    "null",
    "[]",
    "{}",
    '{"a": [1, {"b": null}]}',
    "' OR 1=1 --",
    "'; DROP TABLE people_person; --",
    "%s%n%x",
    "../../../../etc/passwd",
    "javascript:alert(1)",
    "//altrove.example/",
    "https://altrove.example/",
    "a@b.example\nBcc: c@d.example",
    PLANTED,
    f'"><img src=x onerror=planted()>{PLANTED}',
    SUM,
    "00000000-0000-0000-0000-000000000000",
    "١٢٣",
    "²",
    "😀" * 50,
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
]
FILES = [
    ("x.csv", b"a;b\n\x00;\xff\xfe\n"),
    ("../../x.pdf", b"%PDF-1.7 no"),
    ("x" * 300 + ".xlsx", b"PK\x03\x04" + b"\x00" * 64),
    ("x.svg", PLANTED.encode()),
    ("", b""),
]


@dataclass
class Form:
    """A form as a page shows it to a role."""

    who: str
    page: str
    action: str
    fields: list[tuple[str, str]]
    files: list[str] = field(default_factory=list)


@dataclass
class Sending:
    form: Form
    path: str
    fields: dict[str, list[Any]]


@dataclass
class Finding:
    what: str
    who: str
    path: str
    sent: str
    trace: str = ""


class Walk:
    """One of the roles, signed in; `own` are the networks in which she does something."""

    def __init__(self, who: str, account: dict[str, str] | None) -> None:
        self.who, self.account, self.number = who, account, 0
        self.enter()
        self.own = self._networks()

    def enter(self) -> None:
        self.number += 1
        where = f"10.{len(self.who)}.{self.number // 250}.{self.number % 250}"
        self.client = Client(
            raise_request_exception=False,
            HTTP_ORIGIN=ORIGIN,
            HTTP_HOST="localhost:8000",
            REMOTE_ADDR=where,
        )
        if self.account:
            told = {"login": self.account["email"], "password": self.account["password"]}
            answer = self.client.post("/accesso/", told)
            assert answer.status_code == 302, answer.content.decode()[:500]

    def _networks(self) -> set[int]:
        if not self.account:
            return set()
        person = Account.objects.get(email=self.account["email"]).person
        uids = {role.network for role in actor_of(person.uid, on=today()).roles}
        return set(Network.objects.filter(uid__in=uids - {None}).values_list("pk", flat=True))

    def forms(self, page: str) -> Iterator[Form]:
        answer = self.client.get(page)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            return
        for form in html.fromstring(answer.content).xpath(
            "//form[translate(@method,'POST','post')='post']"
        ):
            action = urljoin(page, form.get("action") or page)
            if urlsplit(action).path in NOT_SENT:
                continue
            files = [each.get("name") for each in form.xpath(".//input[@type='file']")]
            yield Form(self.who, page, action, list(_values(form)), files)


def _values(form: Any) -> Iterator[tuple[str, str]]:
    for each in form.xpath(".//input[@name]|.//select[@name]|.//textarea[@name]|.//button[@name]"):
        if each.get("type") == "file":
            continue
        if each.tag == "select":
            chosen = each.xpath(".//option/@value")
            yield each.get("name"), chosen[-1] if chosen else ""
        elif each.tag == "textarea":
            yield each.get("name"), each.text or ""
        else:
            yield each.get("name"), each.get("value") or ""


def strangers() -> list[str]:
    """Names that other networks' things bear."""
    return [
        str(value)
        for rows in (
            Organisation.objects.values_list("uid", flat=True)[:40],
            Organisation.objects.values_list("code", flat=True)[:40],
            Person.objects.values_list("uid", flat=True)[:40],
            Commitment.objects.values_list("uid", flat=True)[:20],
            Network.objects.values_list("slug", flat=True),
            Network.objects.values_list("uid", flat=True),
        )
        for value in rows
    ]


class Spoiler:
    """Spoils forms by lot, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.lot = random.Random(seed)
        self.others = strangers()
        self.slugs = list(Network.objects.values_list("slug", flat=True))

    def spoil(self, form: Form) -> Sending:
        fields: dict[str, list[Any]] = {}
        for name, value in form.fields:
            fields.setdefault(name, []).append(value)
        for name in list(fields):
            if name == "form_key":
                fields[name] = [str(UUID(int=self.lot.getrandbits(128), version=4))]
        for _time in range(self.lot.randint(1, 3)):
            self._spoil_one(form, fields)
        path = form.action
        if self.lot.random() < 0.1:
            path = self._elsewhere(path)
        return Sending(form, path, fields)

    def _spoil_one(self, form: Form, fields: dict[str, list[Any]]) -> None:
        names = [*fields, *form.files] or ["x"]
        name, way = self.lot.choice(names), self.lot.random()
        if way < 0.55:
            fields[name] = [self._value()]
        elif way < 0.65:
            fields.pop(name, None)
        elif way < 0.75:
            fields[name] = [*fields.get(name, []), self._value(), self._value()]
        elif way < 0.85:
            title, content = self.lot.choice(FILES)
            fields[name] = [SimpleUploadedFile(title or "x", content)]
        elif way < 0.92:
            fields[self._value()[:50] or "x"] = [self._value()]
        else:
            fields.update({each: [self._value()] for each in fields})

    def _value(self) -> str:
        return self.lot.choice(self.others if self.lot.random() < 0.25 else WORDS)

    def _elsewhere(self, path: str) -> str:
        for slug in self.slugs:
            if f"/{slug}/" in path:
                return path.replace(f"/{slug}/", f"/{self.lot.choice(self.slugs)}/")
        return path


def send(walk: Walk, sending: Sending) -> tuple[int, list[Finding]]:
    """The status, and what is wrong with the answer or was written; it is taken back afterwards."""
    with transaction.atomic():
        before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        answer = walk.client.post(sending.path, sending.fields)
        wrote = list(
            Entry.objects.filter(pk__gt=before, network__isnull=False)
            .exclude(network__in=walk.own)
            .exclude(action__in=ACROSS)
            .values_list("action", flat=True)
        )
        transaction.set_rollback(True)
    across = [] if sending.path.startswith(BY_LINK) else wrote
    found = [_finding(what, walk, sending, answer) for what in wrong(answer, across)]
    return answer.status_code, found


def wrong(answer: HttpResponse, wrote: list[str]) -> Iterator[str]:
    if answer.status_code not in GOOD:
        yield f"status {answer.status_code}"
    if wrote:
        yield f"wrote in another network: {wrote}"
    where = answer.get("Location", "")
    if where and urlsplit(where).netloc not in {"", "localhost:8000"}:
        yield f"leads elsewhere: {where}"
    if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
        body = answer.content.decode("utf-8", "replace")
        if PLANTED in body:
            yield "what was planted came out as it went in"
        if re.search(r"\b7198\b", body) and SUM not in body:
            yield "what was sent was worked out"


def _finding(what: str, walk: Walk, sending: Sending, answer: HttpResponse) -> Finding:
    trace = getattr(answer, "exc_info", None)
    said = "".join(traceback.format_exception(*trace)[-3:]) if trace else ""
    return Finding(what, walk.who, sending.path, repr(sending.fields)[:600], said[:1500])


def walks(whole: dict[str, Any]) -> dict[str, Walk]:
    accounts: dict[str, dict[str, str]] = {}
    for account in whole["sign_ins"]:
        accounts.setdefault(account["role_key"], account)
    found = {who: Walk(who, accounts[who]) for who in ("stranger", "member", "secretary")}
    return found | {"anyone": Walk("anyone", None)}


def all_forms(whole: dict[str, Any], roles: dict[str, Walk]) -> list[Form]:
    found: dict[tuple[str, str, tuple[str, ...]], Form] = {}
    for example in whole["examples"]:
        who = {"insider": "secretary"}.get(example["who"], example["who"])
        for form in roles[who].forms(example["path"]):
            names = tuple(sorted({name for name, _value in form.fields}))
            found.setdefault((who, example["url_name"] + urlsplit(form.action).path, names), form)
    return list(found.values())


def main(count: int, seed: int) -> dict[str, Any]:
    whole = told()
    roles = walks(whole)
    forms = all_forms(whole, roles)
    spoiler = Spoiler(seed)
    order = [form for _round in range(count // len(forms) + 1) for form in forms]
    if count < len(forms):
        order = spoiler.lot.sample(forms, count)
    findings: list[Finding] = []
    answers: Counter[int] = Counter()
    for number, form in enumerate(order[:count]):
        if number % AFRESH == 0:
            # Dangerous acts would ask again who it is, and go no further.
            for walk in roles.values():
                walk.enter()
        status, found = send(roles[form.who], spoiler.spoil(form))
        answers[status] += 1
        findings += found
    return {
        "forms": len(forms),
        "addresses": len({form.page for form in forms}),
        "sent": count,
        "answers": {str(status): number for status, number in sorted(answers.items())},
        "findings": [asdict(finding) for finding in findings],
    }


if __name__ == "__main__":
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": PLAIN}):
        found = main(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps(found, default=str))  # noqa: T201  # what whoever started this reads

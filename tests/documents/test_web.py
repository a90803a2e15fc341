"""The pages of documents and their files: who gets them, in which parts, and with which headers."""

import io
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tavolo.documents.actions import add_version, withdraw_document
from tavolo.documents.models import Document, Version
from tavolo.documents.plugs import document_holders
from tavolo.documents.queries import latest
from tavolo.documents.shown import documents_table, file_href, page_href, size_words
from tavolo.kernel.models import Blob
from tavolo.people.models import Account
from tests.documents.conftest import PDF, Desk, kept
from tests.documents.hostile.making import EXE, jpeg, pdf_with
from tests.factories.counting import queries_of
from tests.factories.people import an_account

Add = Callable[..., Document]
SignIn = Callable[..., Client]
PAGE, WORK = 12, 20


def file_of(document: Document) -> str:
    return file_href(document, document.versions.order_by("-number")[0])


def body(answer: object) -> bytes:
    return b"".join(answer)  # type: ignore[call-overload]


@pytest.fixture
def secretary(desk: Desk, as_account: SignIn) -> Client:
    return as_account(desk.secretary)


def test_everybody_reads_what_is_public(client: Client, add: Add) -> None:
    document = add()
    page, file = client.get(page_href(document)), client.get(file_of(document))
    assert (page.status_code, file.status_code) == (200, 200)
    assert "Statuto" in page.content.decode()
    assert body(file) == PDF


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", {"anyone", "stranger", "member", "secretary"}),
        ("network", {"member", "secretary"}),
        ("private", {"secretary"}),
    ],
)
def test_who_reads_what(  # noqa: PLR0917  fixtures
    visibility: str, readers: set[str], desk: Desk, add: Add, client: Client, as_account: SignIn
) -> None:
    document = add(visibility)
    browsers = {
        "anyone": client,
        "stranger": as_account(an_account("nora@rete.example")),
        "member": as_account(desk.member),
        "secretary": as_account(desk.secretary),
    }
    for href in (page_href(document), file_of(document)):
        answers = {name: browser.get(href) for name, browser in browsers.items()}
        assert {name for name, told in answers.items() if told.status_code == 200} == readers
        others = {told.status_code for name, told in answers.items() if name not in readers}
        assert others <= {404}


def test_what_one_may_not_see_is_as_what_is_not_there(client: Client, add: Add) -> None:
    document = add("private")
    hidden = [client.get(href) for href in (page_href(document), file_of(document))]
    absent = client.get(f"/documenti/{uuid4()}/")
    assert {told.status_code for told in [*hidden, absent]} == {404}
    strip = lambda told: told.content.replace(told.wsgi_request.path.encode(), b"")  # noqa: E731
    assert {strip(told) for told in hidden} == {strip(absent)}


def test_without_the_second_factor_one_reads_what_everybody_reads(
    desk: Desk, add: Add, as_account: SignIn
) -> None:
    plain = as_account(desk.secretary, plain=True)
    assert plain.get(file_of(add("network"))).status_code == 404
    assert plain.get(file_of(add("public"))).status_code == 200


def test_nobody_reads_what_no_room_answers_for(add: Add, secretary: Client, monkeypatch) -> None:
    document = add()
    left = {key: row for key, row in document_holders._plugs.items() if key != "organisation"}
    monkeypatch.setattr(document_holders, "_plugs", left)
    assert secretary.get(page_href(document)).status_code == 404
    assert secretary.get(file_of(document)).status_code == 404


POLICY = "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'; sandbox"


@pytest.mark.parametrize(
    ("media_type", "disposition"),
    [
        ("application/pdf", "attachment"),
        ("image/png", "inline"),
        ("text/plain", "attachment"),
        ("message/rfc822", "attachment"),
    ],
)
def test_headers_of_a_file(media_type: str, disposition: str, add: Add, client: Client) -> None:
    document = add(file=kept(media_type=media_type), alternative="Il logo")
    told = client.get(file_of(document)).headers
    version = latest(document)
    assert told["Content-Type"] == media_type
    assert told["Content-Disposition"] == f'{disposition}; filename="atto.pdf"'
    assert told["Content-Security-Policy"] == POLICY
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told["X-Frame-Options"] == "DENY"
    assert told["ETag"] == f'"{version.digest}"'
    assert told["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in told


def test_what_is_not_public_is_kept_nowhere(add: Add, secretary: Client) -> None:
    document = add("network")
    for href in (page_href(document), file_of(document)):
        assert "no-store" in secretary.get(href).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, PDF[:4]),
        ("bytes=5-", 206, PDF[5:]),
        ("bytes=-4", 206, PDF[-4:]),
        ("bytes=-999", 206, PDF),
        ("bytes=0-999", 206, PDF),
        (f"bytes={len(PDF)}-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=0-1,3-4", 200, PDF),
        ("bytes=4-1", 200, PDF),
        ("bytes=-", 200, PDF),
        ("lines=1-2", 200, PDF),
        ("bytes=0-" + "9" * 5000, 200, PDF),
        ("bytes=٠-٣", 200, PDF),
    ],
)
def test_parts_of_a_file(asked: str, status: int, part: bytes, add: Add, client: Client) -> None:
    answer = client.get(file_of(add()), headers={"Range": asked})
    assert (answer.status_code, body(answer)) == (status, part)
    if status == 206:
        begin = PDF.index(part)
        assert (
            answer.headers["Content-Range"] == f"bytes {begin}-{begin + len(part) - 1}/{len(PDF)}"
        )
        assert answer.headers["Content-Length"] == str(len(part))
    if status == 416:
        assert answer.headers["Content-Range"] == f"bytes */{len(PDF)}"


def test_a_part_of_another_version_is_the_whole(add: Add, client: Client) -> None:
    href = file_of(add())
    tag = client.head(href).headers["ETag"]
    same = client.get(href, headers={"Range": "bytes=0-3", "If-Range": tag})
    other = client.get(href, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_who_has_it_is_told_so(add: Add, client: Client) -> None:
    href = file_of(add())
    head = client.head(href)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(PDF)))
    again = client.get(href, headers={"If-None-Match": f'W/"x", {head.headers["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")


def test_an_earlier_version_has_its_number(desk: Desk, add: Add, client: Client) -> None:
    document = add()
    add_version(document=document, version=1, file=kept(PDF + b" bis"), by=desk.actor)
    href = file_of(document)
    assert body(client.get(href)) == PDF + b" bis"
    assert body(client.get(f"{href}?versione=1")) == PDF
    wrong = ("3", "0", "-1", "x", "1" * 30, "١")
    assert {client.get(f"{href}?versione={told}").status_code for told in wrong} == {404}
    assert client.get(href.replace("atto", "altro")).status_code == 404


def test_a_withdrawn_document_says_why_and_gives_nothing(
    desk: Desk, add: Add, client: Client
) -> None:
    document = add()
    withdraw_document(document=document, version=1, reason="Era sbagliato", by=desk.actor)
    page = client.get(page_href(document))
    assert (page.status_code, "Era sbagliato" in page.content.decode()) == (200, True)
    assert client.get(file_of(document)).status_code == 404


def test_who_entered_it_is_for_those_who_work_on_it(
    add: Add, client: Client, secretary: Client
) -> None:
    href = page_href(add())
    named = [browser.get(href).content.decode() for browser in (client, secretary)]
    assert ["Chiara Neri" in told.split("<main")[1] for told in named] == [False, True]


def sent(file: bytes, name: str = "statuto.pdf", **more: object) -> dict[str, object]:
    told = {
        "form_key": uuid4(),
        "title": "Statuto 2026",
        "visibility": "public",
        "retention": "ordinary",
        "language": "it",
    }
    return told | {"file": SimpleUploadedFile(name, file)} | more


def add_to(desk: Desk) -> str:
    return f"/lavoro/documenti/organisation/{desk.organisation.uid}/nuovo/"


def test_a_file_is_added_once_and_cleaned(desk: Desk, secretary: Client, client: Client) -> None:
    key = uuid4()
    content = pdf_with()
    for _each in range(2):
        answer = secretary.post(add_to(desk), sent(content, "..\\fattura.pdf.exe", form_key=key))
        assert answer.status_code == 302
    document = Document.objects.get()
    assert (document.title, latest(document).file_name) == ("Statuto 2026", "fattura.pdf")
    assert answer["Location"] == page_href(document)
    assert Blob.objects.get(pk=latest(document).digest).doomed_at is None
    assert body(client.get(file_of(document))).startswith(b"%PDF-")


def test_a_program_is_refused_in_words(desk: Desk, secretary: Client) -> None:
    answer = secretary.post(add_to(desk), sent(EXE))
    assert answer.status_code == 200
    assert "è un programma" in answer.content.decode()
    assert (Document.objects.count(), Blob.objects.count()) == (0, 0)


def test_a_picture_wants_words(desk: Desk, secretary: Client) -> None:
    refused = secretary.post(add_to(desk), sent(jpeg(notes=True), "foto.jpg"))
    assert "Scrivi che cosa mostra" in refused.content.decode()
    assert Document.objects.count() == 0
    # What was looked at and not wanted is on its way out.
    assert Blob.objects.filter(doomed_at=None).count() == 0
    told = sent(jpeg(notes=True), "foto.jpg", alternative="La sede")
    assert secretary.post(add_to(desk), told).status_code == 302
    assert Version.objects.get().stripped == ["metadata"]


def test_a_file_beyond_the_limit_is_not_kept(desk: Desk, secretary: Client, monkeypatch) -> None:
    monkeypatch.setattr("tavolo.documents.web.work.FILE_BYTES", 100)
    answer = secretary.post(add_to(desk), sent(b"x" * 101))
    assert answer.status_code == 200
    assert Document.objects.count() == 0


def test_two_at_once_are_told_apart(desk: Desk, add: Add, secretary: Client) -> None:
    document = add()
    form = {
        "title": "Atto",
        "visibility": "public",
        "retention": "ordinary",
        "language": "it",
        "version": 1,
    }
    href = f"/lavoro/documenti/{document.uid}/"
    answers = [secretary.post(href, form | {"form_key": uuid4()}) for _each in range(2)]
    assert [told.status_code for told in answers] == [302, 409]
    withdrawn = secretary.post(
        f"{href}ritira/", {"form_key": uuid4(), "version": 2, "reason": "Doppio"}
    )
    assert withdrawn.status_code == 302
    assert secretary.get(href).status_code == 404


def test_a_new_version_by_its_form(add: Add, secretary: Client) -> None:
    document = add()
    told = {"form_key": uuid4(), "version": 1, "file": io.BytesIO(b"Testo nuovo")}
    told["file"].name = "atto.txt"  # type: ignore[attr-defined]
    answer = secretary.post(f"/lavoro/documenti/{document.uid}/versione/", told)
    assert answer.status_code == 302
    assert [row.number for row in document.versions.order_by("number")] == [1, 2]


@pytest.mark.parametrize("part", ["", "versione/", "ritira/"])
def test_members_do_not_change_documents(
    part: str, desk: Desk, add: Add, as_account: SignIn
) -> None:
    document, browser = add(), as_account(desk.member)
    assert browser.get(f"/lavoro/documenti/{document.uid}/{part}").status_code == 404
    assert browser.get(add_to(desk)).status_code == 404


def test_nothing_is_added_to_what_is_not_there(secretary: Client) -> None:
    for kind in ("organisation", "commitment_step", "network_logo", "meeting"):
        assert secretary.get(f"/lavoro/documenti/{kind}/{uuid4()}/nuovo/").status_code == 404


def test_pages_take_few_queries(desk: Desk, add: Add, client: Client, secretary: Client) -> None:
    document = add()
    for number in range(2, 12):
        add_version(document=document, version=number - 1, file=kept(b"%d" % number), by=desk.actor)
    assert queries_of(client, page_href(document)) <= PAGE
    assert queries_of(client, file_of(document)) <= PAGE
    assert queries_of(secretary, page_href(document)) <= WORK
    assert queries_of(secretary, add_to(desk)) <= WORK


def test_sizes_in_words() -> None:
    told = [size_words(size) for size in (1, 999, 1000, 1_499_999, 40_000_000)]
    assert told == ["1 byte", "999 byte", "1 kB", "1,5 MB", "40,0 MB"]


def test_an_account_without_roles_sees_the_public_one(add: Add, as_account: SignIn) -> None:
    stranger: Account = an_account("nora@rete.example")
    assert as_account(stranger).get(page_href(add())).status_code == 200


def test_a_list_says_who_reads_only_where_not_everybody_does(add: Add) -> None:
    public, within = add(), add("network")
    columns = [
        [column.label for column in documents_table(rows, caption="Documenti", empty="-").columns]
        for rows in ([public], [public, within])
    ]
    told = ["Titolo", "Formato", "Inserito il"]
    assert columns == [told, [*told, "Chi lo legge"]]

"""PEC at the desk: brought, read, bound, set aside, numbered."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tavolo.kernel import blobs
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Blob
from tavolo.messages.models import ExternalNumber, PecMessage
from tavolo.messages.pec.actions import MailboxTold, fetch_all, set_mailbox
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley
from tests.factories.counting import queries_of
from tests.factories.registry import a_founded_network
from tests.messages.pec import building
from tests.messages.pec.building import Made, pec
from tests.messages.pec.stub import imap_server
from tests.messages.pec.test_mailbox import Bare, account

HERE = "/lavoro/reti/valle/"
LISTED = f"{HERE}pec/"
NUMBERS = f"{HERE}protocollo/"
SEGNATURA = (
    b'<?xml version="1.0" encoding="ISO-8859-1"?><!DOCTYPE Segnatura SYSTEM "Segnatura.dtd">'
    b'<Segnatura versione="2001-05-07"><Intestazione><Identificatore>'
    b"<CodiceAmministrazione>c_f205</CodiceAmministrazione><CodiceAOO>AOO1</CodiceAOO>"
    b"<CodiceRegistro>PG</CodiceRegistro><NumeroRegistrazione>0004321</NumeroRegistrazione>"
    b"<DataRegistrazione>2026-07-01</DataRegistrazione></Identificatore></Intestazione></Segnatura>"
)


def eml(content: bytes, name: str = "ricevuta.eml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="message/rfc822")


def bring(client: Client, *files: SimpleUploadedFile, **changes: Any) -> Any:
    told = {"form_key": str(uuid4()), "brought": list(files), **changes}
    return client.post(LISTED, told)


def brought(client: Client, content: bytes | None = None) -> PecMessage:
    answer = bring(client, eml(content or pec()))
    assert answer.status_code == 302, answer.content.decode()
    return PecMessage.objects.get(uid=UUID(answer["Location"].split("/")[-2]))


def keys(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(form_key|version)" value="([^"]+)"', page))


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestBringing:
    def test_a_receipt_is_read_and_kept_as_it_is(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        content = pec()
        row = brought(as_secretary, content)
        page = page_of(as_secretary, f"{LISTED}{row.uid}/")
        assert "12:30:15 (UTC+02:00)" in page
        assert row.code in page
        assert blobs.open_blob(row.content_id).read() == content
        saved = as_secretary.get(f"{LISTED}{row.uid}/messaggio.eml")
        assert b"".join(saved) == content
        assert saved["Content-Disposition"] == f'attachment; filename="{row.code}.eml"'
        assert saved["Content-Type"] == "application/octet-stream"

    def test_several_are_brought_at_once_and_each_is_told(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        same = pec()
        row = brought(as_secretary, same)
        answer = bring(
            as_secretary,
            eml(same),
            eml(pec(kind="accettazione", receipt="")),
            eml(b"%PDF-1.7", "atto.pdf"),
        )
        assert answer["Location"] == LISTED
        page = page_of(as_secretary, LISTED)
        assert "1 messaggio conservato." in page
        assert f"{row.code} era già presente." in page
        assert "atto.pdf: Non è un messaggio di posta." in page
        assert PecMessage.objects.count() == 2

    def test_the_same_form_twice_brings_once(self, valley: Valley, as_secretary: Client) -> None:
        key, content = str(uuid4()), pec()
        first, second = (
            bring(as_secretary, eml(content), form_key=key)["Location"] for _press in range(2)
        )
        assert first == second
        assert PecMessage.objects.count() == 1

    def test_what_is_no_message_is_said_beside_the_field(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        for file, words in (
            (eml(b"%PDF-1.7", "atto.pdf"), "Non è un messaggio di posta."),
            (eml(b"", "vuoto.eml"), "Il file è vuoto."),
        ):
            answer = bring(as_secretary, file)
            assert answer.status_code == 200
            assert words in answer.content.decode()
        nothing = as_secretary.post(LISTED, {"form_key": str(uuid4())}).content.decode()
        assert "Scegli il file" in nothing
        many = bring(as_secretary, *(eml(b"x", f"{each}.eml") for each in range(21)))
        assert "al massimo 20 file" in many.content.decode()
        assert PecMessage.objects.count() == 0

    def test_a_file_that_is_too_large_is_kept_nowhere(
        self, valley: Valley, as_secretary: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tavolo.desk.web.pec.lists.FILE_BYTES", 1000)
        answer = bring(as_secretary, eml(pec()))
        assert answer.status_code == 200
        assert "più di quanto possa essere una PEC" in answer.content.decode()

    def test_what_is_altered_is_said_and_no_time_is_certified(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        row = brought(as_secretary, pec().replace(b"Siete convocati", b"Siete Convocati"))
        page = page_of(as_secretary, f"{LISTED}{row.uid}/")
        assert "Il contenuto non è quello firmato dal gestore" in page
        assert "Orario indicato, non certificato" in page
        assert "Orario certificato" not in page

    def test_an_ordinary_message_is_told_to_be_no_pec(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        row = brought(as_secretary, building.original(Made()))
        page = page_of(as_secretary, f"{LISTED}{row.uid}/")
        assert "È posta ordinaria" in page
        forged = brought(as_secretary, building.headers(Made()) + building.content(Made()))
        assert "potrebbe essere contraffatto" in page_of(as_secretary, f"{LISTED}{forged.uid}/")

    def test_nothing_of_it_becomes_markup(self, valley: Valley, as_secretary: Client) -> None:
        bad = "<script>alert(1)</script>"
        row = brought(as_secretary, pec(subject=bad, error_words=bad, error=""))
        for address in (LISTED, f"{LISTED}{row.uid}/", f"{LISTED}{row.uid}/risponde-a/"):
            assert bad not in page_of(as_secretary, address)
            assert "&lt;script&gt;" in page_of(as_secretary, f"{LISTED}{row.uid}/")


class TestBinding:
    def test_a_receipt_is_bound_to_what_its_identifier_names(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        first = brought(as_secretary, pec(kind="posta-certificata", receipt=""))
        row = brought(as_secretary)
        here = f"{LISTED}{row.uid}/"
        page = page_of(as_secretary, here)
        assert "Collega a questo" in page
        answer = as_secretary.post(here, keys(page))
        assert answer["Location"] == here
        after = page_of(as_secretary, here)
        assert f"{LISTED}{first.uid}/" in after
        assert "Collega a questo" not in after
        assert "Chiara Neri: collegato a" in after
        original = page_of(as_secretary, f"{LISTED}{first.uid}/")
        assert "Ricevute collegate" in original
        assert here in original

    def test_another_thing_is_looked_for_and_chosen(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        first = brought(as_secretary, pec(kind="posta-certificata", receipt="", msgid="altro@x"))
        row = brought(as_secretary)
        here = f"{LISTED}{row.uid}/risponde-a/"
        assert f"pec:{first.uid}" not in page_of(as_secretary, f"{here}?q=inesistente")
        page = page_of(as_secretary, f"{here}?q=giugno")
        assert f'value="pec:{first.uid}"' in page
        assert f"pec:{row.uid}" not in page
        nothing = as_secretary.post(here, keys(page))
        assert "Scegline uno." in nothing.content.decode()
        answer = as_secretary.post(here, {**keys(page), "thing": f"pec:{first.uid}"})
        assert answer["Location"] == f"{LISTED}{row.uid}/"
        again = as_secretary.post(
            here, {**keys(page_of(as_secretary, here)), "thing": f"pec:{first.uid}"}
        )
        assert again.status_code == 200
        assert 'id="id_reason"' in again.content.decode()

    def test_what_answers_nothing_is_set_aside_with_its_reason(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        row = brought(as_secretary)
        here = f"{LISTED}{row.uid}/metti-da-parte/"
        form = keys(page_of(as_secretary, here))
        assert as_secretary.post(here, form).status_code == 200
        assert as_secretary.post(here, {**form, "reason": "Pubblicità"}).status_code == 302
        assert "Pubblicità" in page_of(as_secretary, f"{LISTED}{row.uid}/")
        assert (
            row.subject not in page_of(as_secretary, f"{LISTED}?stato=to_bind").split("<tbody")[-1]
        )
        assert row.subject in page_of(as_secretary, f"{LISTED}?stato=set_aside")

    def test_a_duplicate_says_of_what(self, valley: Valley, as_secretary: Client) -> None:
        first = brought(as_secretary)
        again = brought(as_secretary, b"Received: from altrove\r\n" + pec())
        assert f"era già arrivata come {first.code}" in page_of(
            as_secretary, f"{LISTED}{again.uid}/"
        )


class TestNumbers:
    def envelope(self, client: Client, **changes: Any) -> PecMessage:
        return brought(client, pec(kind="posta-certificata", receipt="", **changes))

    def test_a_number_is_entered_and_corrected(self, valley: Valley, as_secretary: Client) -> None:
        row = self.envelope(as_secretary)
        waiting = page_of(as_secretary, NUMBERS)
        assert row.code in waiting
        here = f"{NUMBERS}pec/{row.uid}/"
        told = {"number": "0001234", "day": "2026-07-01", "register": "PG"}
        page = page_of(as_secretary, here)
        assert as_secretary.post(here, {**keys(page), **told}).status_code == 302
        assert row.code not in page_of(as_secretary, NUMBERS)
        page = page_of(as_secretary, here)
        assert 'value="0001234"' in page
        wrong = as_secretary.post(here, {**keys(page), **told, "number": "0001243"})
        assert wrong.status_code == 200
        fixed = {**keys(page), **told, "number": "0001243", "reason": "Cifre scambiate"}
        assert as_secretary.post(here, fixed).status_code == 302
        after = page_of(as_secretary, here)
        assert "0001234" in after
        assert "Cifre scambiate" in after
        assert "0001243 del 01/07/2026" in page_of(as_secretary, f"{LISTED}{row.uid}/")

    def test_a_day_in_the_future_is_said_beside_the_day(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        here = f"{NUMBERS}pec/{self.envelope(as_secretary).uid}/"
        told = {**keys(page_of(as_secretary, here)), "number": "1", "day": "2998-01-01"}
        page = as_secretary.post(here, told).content.decode()
        assert 'href="#id_day"' in page
        assert ExternalNumber.objects.count() == 0

    def test_a_list_is_looked_at_and_then_entered(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        rows = [self.envelope(as_secretary, identifier=f"{each}@x") for each in range(3)]
        lines = [
            f"{rows[0].code}\t0000010\t01/07/2026",
            f"{rows[1].code.lower()};0000011;2026-07-02;",
            f"{rows[0].code}\t0000012\t01/07/2026",
            f"{rows[2].code}\t0000013\t31/02/2026",
            f"{rows[2].code}\t0000013\t31/12/2997",
            f"{rows[2].code}\t\t01/07/2026",
            "R-2020-00001\t1\t01/07/2026",
            "ricevuta numero data",
            "",
        ]
        text = "\n".join(lines)
        here = f"{NUMBERS}incolla/"
        first = {**keys(page_of(as_secretary, here)), "text": text, "register": "PG"}
        page = as_secretary.post(here, first).content.decode()
        assert "2 righe possono essere inserite." in page
        assert "6 righe hanno errori" in page
        for words in (
            "compare già in una riga precedente",
            "Scrivi la data come 30/06/2026.",
            "non può essere futura",
            "al massimo 60 caratteri",
            "ulla con la ricevuta R-2020-00001",
            "separati da una tabulazione",
        ):
            assert words in page
        assert ExternalNumber.objects.count() == 0
        answer = as_secretary.post(here, {**first, "enter": "1"})
        assert answer["Location"] == NUMBERS
        told = ExternalNumber.objects.order_by("number").values_list(
            "subject", "number", "register"
        )
        assert list(told) == [(rows[0].uid, "0000010", "PG"), (rows[1].uid, "0000011", "PG")]
        nothing = as_secretary.post(here, {"form_key": str(uuid4()), "text": "x", "enter": "1"})
        assert nothing.status_code == 200

    def test_a_segnatura_is_read_and_written(self, valley: Valley, as_secretary: Client) -> None:
        row = self.envelope(as_secretary)
        here = f"{NUMBERS}pec/{row.uid}/"
        assert as_secretary.get(f"{here}segnatura.xml").status_code == 404
        page = page_of(as_secretary, f"{here}leggi-segnatura/")
        bad = {**keys(page), "file": SimpleUploadedFile("Segnatura.xml", b"<html/>")}
        assert as_secretary.post(f"{here}leggi-segnatura/", bad).status_code == 200
        good = {**keys(page), "file": SimpleUploadedFile("Segnatura.xml", SEGNATURA)}
        assert as_secretary.post(f"{here}leggi-segnatura/", good)["Location"] == here
        (number,) = ExternalNumber.objects.all()
        assert (number.number, number.source) == ("0004321", "segnatura")
        written = as_secretary.get(f"{here}segnatura.xml")
        assert b"<NumeroRegistrazione>0004321</NumeroRegistrazione>" in written.content
        assert row.content_id.encode() in written.content

    def test_without_codes_no_segnatura_is_made_up(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        row = self.envelope(as_secretary)
        here = f"{NUMBERS}pec/{row.uid}/"
        told = {"number": "1", "day": "2026-07-01"}
        as_secretary.post(here, {**keys(page_of(as_secretary, here)), **told})
        answer = as_secretary.get(f"{here}segnatura.xml")
        assert answer.status_code == 409
        assert "servono i codici" in answer.content.decode()

    def test_the_same_number_of_another_thing_is_said(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        for each in range(2):
            here = f"{NUMBERS}pec/{self.envelope(as_secretary, identifier=f'{each}@x').uid}/"
            told = {"number": "7", "day": "2026-07-01", "register": "PG"}
            as_secretary.post(here, {**keys(page_of(as_secretary, here)), **told})
        assert "stesso numero dello stesso registro" in page_of(as_secretary, here)


class TestMailbox:
    def test_it_is_entered_and_its_password_never_shown(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        here = f"{LISTED}casella/"
        told = {
            "host": "imap.gestore.example",
            "port": "993",
            "security": "tls",
            "folder": "INBOX",
            "user": "rete",
            "password": "segretissima",
            "active": "on",
        }
        form = keys(page_of(as_secretary, here))
        wrong = as_secretary.post(here, {**form, **told, "port": "25"})
        assert 'href="#id_host"' in wrong.content.decode()
        broken = as_secretary.post(here, {**form, **told, "user": "a\nb"})
        assert 'href="#id_user"' in broken.content.decode()
        assert as_secretary.post(here, {**form, **told}).status_code == 302
        page = page_of(as_secretary, here)
        assert "imap.gestore.example" in page
        assert "segretissima" not in page
        moved = {**keys(page), **told, "host": "imap.altro.example", "password": ""}
        assert 'href="#id_password"' in as_secretary.post(here, moved).content.decode()

    def test_trying_says_what_is_wrong(self, valley: Valley, as_secretary: Client) -> None:
        here = f"{LISTED}casella/"
        told = {"host": "127.0.0.1", "port": "993", "security": "tls", "folder": "INBOX"}
        told |= {"user": "rete", "password": "x", "active": "on"}
        as_secretary.post(here, {**keys(page_of(as_secretary, here)), **told})
        page = as_secretary.post(here, {**keys(page_of(as_secretary, here)), "try": "1"})
        assert "non è sulla rete pubblica" in page.content.decode()
        fetch_all()
        listed = page_of(as_secretary, LISTED)
        assert "Non è stato possibile leggere la casella." in listed

    def test_trying_says_how_many_are_new(
        self, valley: Valley, as_secretary: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        settings.TAVOLO_IMAP_PRIVATE = True
        monkeypatch.setattr("tavolo.messages.pec.imap.Connection", Bare)
        with imap_server() as server:
            server.messages = {3: pec(), 4: pec()}
            told = MailboxTold(account(server.port))
            set_mailbox(network=valley.network, told=told, version=None, by=OPERATOR)
            here = f"{LISTED}casella/"
            form = keys(page_of(as_secretary, here))
            after = as_secretary.post(here, {**form, "try": "1"}, follow=True).content.decode()
        assert "La casella si apre. 2 messaggi sono nuovi." in after
        assert PecMessage.objects.count() == 0


@pytest.mark.parametrize("number", [1, 10, 200])
def test_the_lists_cost_the_same(valley: Valley, as_secretary: Client, number: int) -> None:
    row = brought(as_secretary, pec(kind="posta-certificata", receipt=""))
    values = {
        field.attname: getattr(row, field.attname)
        for field in PecMessage._meta.concrete_fields
        if field.attname not in {"id", "uid", "content_id", "number"}
    }
    contents = Blob.objects.bulk_create(
        Blob(digest=f"{each:064x}", size=1, created_at=row.received_at)
        for each in range(number - 1)
    )
    PecMessage.objects.bulk_create(
        PecMessage(**values, content=each, number=place + 2) for place, each in enumerate(contents)
    )
    for address in (LISTED, NUMBERS, f"{LISTED}{row.uid}/", f"{LISTED}{row.uid}/risponde-a/"):
        assert queries_of(as_secretary, address) <= 20


def test_nobody_else_finds_any_of_it(
    valley: Valley, as_secretary: Client, as_member: Client, as_stranger: Client
) -> None:
    row = brought(as_secretary)
    a_founded_network("colle")
    for address in (
        LISTED,
        f"{LISTED}{row.uid}/",
        f"{LISTED}{row.uid}/messaggio.eml",
        f"{LISTED}{row.uid}/risponde-a/",
        f"{LISTED}{row.uid}/metti-da-parte/",
        f"{LISTED}casella/",
        NUMBERS,
        f"{NUMBERS}incolla/",
        f"{NUMBERS}pec/{row.uid}/",
        f"{NUMBERS}pec/{row.uid}/leggi-segnatura/",
        f"{NUMBERS}pec/{row.uid}/segnatura.xml",
    ):
        assert as_member.get(address).status_code == 404
        assert as_stranger.post(address, {}).status_code in {404, 405}
        assert SameSiteClient().get(address).status_code == 302
        assert as_secretary.get(address.replace("valle", "colle")).status_code == 404
    absent = as_secretary.get(f"{LISTED}{uuid4()}/")
    assert absent.status_code == 404
    assert as_secretary.get(f"{NUMBERS}nulla/{row.uid}/").status_code == 404

"""Templates of letters, filled and downloaded; and what becomes of documents past their term."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.desk.fields import meanings, sample
from tavolo.desk.holders import TEMPLATE
from tavolo.documents.actions import add_document, delete_expired
from tavolo.documents.filling import fields_of, fill
from tavolo.documents.filling.ready import ready_templates, written
from tavolo.documents.intake import Upload
from tavolo.documents.models import Document, KeptLonger, Version
from tavolo.journal.actions import seal
from tavolo.journal.models import Entry
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.registry.models import Contact, Identifier, Seat
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley
from tests.documents.letters import an_odt, docx_says, odt_says
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.facts import a_fact
from tests.factories.in_office import an_office
from tests.factories.people import a_network, a_person
from tests.factories.territory import a_municipality

HERE = "/lavoro/reti/valle/"
TEMPLATES, KEEPING = f"{HERE}modelli/", f"{HERE}conservazione/"
LETTER = f"{TEMPLATES}lettera-a-un-organizzazione/"
OLD = datetime(2018, 3, 5, tzinfo=UTC)
WORK = 20
OK, FOUND, NOT_FOUND, WRONG = 200, 302, 404, 400


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.TAVOLO_HOME = tmp_path


def a_template(network: Network, content: bytes, title: str = "Convocazione") -> Document:
    return add_document(
        holder=(TEMPLATE, network.uid),
        network=network,
        file=Upload("convocazione.odt", content),
        title=title,
        visibility="private",
        by=OPERATOR,
    )


def an_old_document(network: Network, retention: str = "ordinary", number: int = 0) -> Document:
    row = Document.objects.create(
        network=network,
        holder_kind="nothing",
        holder_uid=uuid4(),
        title=f"Carteggio {number}",
        visibility="network",
        retention=retention,
        created_at=OLD,
    )
    blob = blobs.store([b"carteggio"])
    Version.objects.create(
        document=row,
        number=1,
        blob=blob,
        digest=blob.digest,
        file_name="carteggio.pdf",
        media_type="application/pdf",
        size=blob.size,
        entered_at=OLD,
    )
    return row


def many_more(row: Document, version: Version, number: int) -> None:
    """One more that waits, one that is kept longer, one that was deleted; with one content."""
    rows = [row_like(row, f"{kind} {number}") for kind in ("waits", "kept", "gone")]
    for each in rows:
        version.pk, version.document = None, each
        version.save()
    KeptLonger.objects.create(document=rows[1], reason="Causa", decided_at=clock.now())
    rows[2].versions.update(blob=None, emptied_at=clock.now())


def row_like(row: Document, title: str) -> Document:
    row.pk, row.uid, row.title = None, uuid4(), title
    row.save()
    return Document.objects.get(uid=row.uid)


def decides(row: Document) -> str:
    return f"{KEEPING}?documento={row.uid}"


def keys(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(form_key)" value="([^"]+)"', page))


# Templates


def test_whoever_has_no_part_in_it_finds_none_of_these_pages(
    valley: Valley, as_member: Client, as_stranger: Client
) -> None:
    row = an_old_document(valley.network)
    pages = (TEMPLATES, LETTER, f"{LETTER}compilato/", KEEPING, decides(row))
    for client in (as_member, as_stranger):
        assert [client.get(page).status_code for page in pages] == [NOT_FOUND] * len(pages)
    assert SameSiteClient().get(TEMPLATES).status_code == FOUND


@pytest.mark.parametrize("ending", ["odt", "docx"])
def test_what_is_ready_names_known_fields_alone_and_can_be_filled(db: None, ending: str) -> None:
    for ready in ready_templates:
        made = written(ready, ending)
        assert {each.field for each in fields_of(made)} <= set(meanings())
        assert fill(made, sample()).ending == ending


def test_a_letter_is_filled_for_an_organisation(valley: Valley, as_secretary: Client) -> None:
    here = valley.organisation
    town = a_municipality("Lucca")
    a_fact(Seat, here, kind="registered", municipality=town, address="Via Roma 1", public=True)
    a_fact(Contact, here, channel="certified_email", value="casa@pec.example", public=True)
    a_fact(Identifier, here, scheme="tax_code", value="00000000000")
    an_office(here, a_person("Bianca", "Verdi"), "president")
    assert here.name in as_secretary.get(LETTER).content.decode()
    asked = f"{LETTER}compilato/?organizzazione={here.code}"
    answer = as_secretary.get(asked)
    assert answer["Content-Disposition"].endswith(f'{here.code}.odt"')
    said = odt_says(answer.content)
    for words in ("Via Roma 1", "casa@pec.example", "Bianca Verdi", "Chiara Neri"):
        assert any(words in line for line in said), words
    assert "Casa dei Sentieri" in " ".join(
        docx_says(as_secretary.get(f"{asked}&formato=docx").content)[0]
    )


def test_a_sample_shows_where_each_field_stands(valley: Valley, as_secretary: Client) -> None:
    said = " ".join(odt_says(as_secretary.get(f"{LETTER}compilato/").content))
    assert "[organizzazione]" in said
    assert "{{" not in said


def test_no_organisation_of_another_network_is_written_to(
    valley: Valley, as_secretary: Client
) -> None:
    assert as_secretary.get(f"{LETTER}compilato/?organizzazione=altra").status_code == NOT_FOUND
    assert as_secretary.get(f"{TEMPLATES}nessuno/").status_code == NOT_FOUND


def test_a_template_of_their_own_is_listed_and_filled(valley: Valley, as_secretary: Client) -> None:
    row = a_template(valley.network, an_odt("Alla {{ organizzazione }}"))
    assert "Convocazione" in as_secretary.get(TEMPLATES).content.decode()
    href = f"{TEMPLATES}{row.uid}/"
    assert as_secretary.get(href).status_code == OK
    answer = as_secretary.get(f"{href}compilato/?organizzazione={valley.organisation.code}")
    assert odt_says(answer.content) == ["Alla Casa dei Sentieri"]


def test_fields_that_nobody_fills_are_named_with_where_they_stand(
    valley: Valley, as_secretary: Client
) -> None:
    row = a_template(valley.network, an_odt("Alla {{ organizazione }} di qui"))
    page = as_secretary.get(f"{TEMPLATES}{row.uid}/").content.decode()
    assert "Alla {{ organizazione }} di qui" in page
    assert '<form method="get"' not in page.split("<main")[1]
    answer = as_secretary.get(f"{TEMPLATES}{row.uid}/compilato/")
    assert (answer.status_code, "organizazione" in answer.content.decode()) == (WRONG, True)


def test_a_template_that_is_none_says_why(valley: Valley, as_secretary: Client) -> None:
    blob = blobs.store([b"%PDF-1.7"])
    row = a_template(valley.network, an_odt("x"))
    row.versions.update(blob=blob, digest=blob.digest)
    page = as_secretary.get(f"{TEMPLATES}{row.uid}/").content.decode()
    assert "Questo modello non può essere compilato" in page


def test_the_template_of_another_network_is_not_there(valley: Valley, as_secretary: Client) -> None:
    other = a_template(a_network("piana", "Rete della piana"), an_odt("x"))
    assert as_secretary.get(f"{TEMPLATES}{other.uid}/").status_code == NOT_FOUND
    assert as_secretary.get(f"/documenti/{other.uid}/").status_code == NOT_FOUND


# Retention


def test_a_person_deletes_what_is_past_its_term_and_the_page_says_what_was_there(
    valley: Valley, as_secretary: Client
) -> None:
    row = an_old_document(valley.network)
    assert "Carteggio 0" in as_secretary.get(KEEPING).content.decode()
    page = as_secretary.get(decides(row)).content.decode()
    told = {**keys(page), "fate": "delete", "reason": "Autorizzazione n. 3 del 2026"}
    for _twice in range(2):
        assert as_secretary.post(decides(row), told).status_code in {FOUND, NOT_FOUND}
    shown = as_secretary.get(KEEPING).content.decode()
    digest = row.versions.get().digest
    assert all(words in shown for words in ("Autorizzazione n. 3 del 2026", digest[:12]))
    assert row.versions.get().blob is None


def test_the_page_says_what_goes_by_itself_and_where_the_journal_proves_it(
    valley: Valley, as_secretary: Client
) -> None:
    soon, gone = (an_old_document(valley.network, "passing", number) for number in (1, 2))
    began = clock.now() - timedelta(days=360)
    soon.versions.update(entered_at=began)
    delete_expired(document=gone, on=clock.today(), by=OPERATOR)
    assert "sigillata entro un minuto" in as_secretary.get(KEEPING).text
    seal()
    proof = Entry.objects.get(action="documents.content_deleted").seal
    shown = as_secretary.get(KEEPING).text
    assert "Carteggio 1" in shown.split('id="prossimi"')[1].split('id="trattenuti"')[0]
    assert f"annotazione {proof.sequence}" in shown
    assert proof.hash[:12] in shown


def test_a_person_keeps_it_longer(valley: Valley, as_secretary: Client) -> None:
    row = an_old_document(valley.network)
    page = as_secretary.get(decides(row)).content.decode()
    told = {**keys(page), "fate": "keep", "until": "", "reason": "Causa pendente"}
    assert "Indica fino a quale giorno" in as_secretary.post(decides(row), told).content.decode()
    answer = as_secretary.post(decides(row), told | {"until": "2020-01-01"})
    assert "è già passato" in answer.content.decode()
    assert as_secretary.post(decides(row), told | {"until": "2999-01-01"}).status_code == FOUND
    assert "Causa pendente" in as_secretary.get(KEEPING).content.decode()
    for gone in (decides(row), f"{KEEPING}?documento=nessuno"):
        assert as_secretary.get(gone).status_code == NOT_FOUND


def test_for_ever_needs_no_day(valley: Valley, as_secretary: Client) -> None:
    row = an_old_document(valley.network)
    page = as_secretary.get(decides(row)).content.decode()
    told = {**keys(page), "fate": "for_ever", "until": "2030-01-01", "reason": "Valore storico"}
    assert as_secretary.post(decides(row), told).status_code == FOUND
    assert KeptLonger.objects.get().until is None
    assert "per sempre" in as_secretary.get(KEEPING).content.decode()


def test_the_pages_take_the_same_queries_however_many_there_are(
    valley: Valley, as_secretary: Client
) -> None:
    first, found, made = an_old_document(valley.network), [], 0
    version = first.versions.get()
    for number in ENOUGH:
        for each in range(made, number):
            many_more(first, version, each)
        made = number
        found.append(queries_of(as_secretary, KEEPING))
    assert len(set(found)) == 1, found
    assert found[0] <= WORK
    assert queries_of(as_secretary, TEMPLATES) <= WORK

"""The class that says how long a document is kept: chosen, changed, and what follows from it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tavolo.documents import jobs
from tavolo.documents.actions import edit_document, keep_longer
from tavolo.documents.due import PastTheirTerm
from tavolo.documents.errors import OverAtOnce, UnknownClass
from tavolo.documents.expired import leaving, proofs_of
from tavolo.documents.models import Document, Version
from tavolo.documents.terms import source_of, terms_entered
from tavolo.journal.actions import seal
from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.models import DatedValue, Network
from tavolo.kernel.network import one_rule_book, rule_book
from tavolo.people.terms import ANSWER
from tests.documents.conftest import Desk
from tests.documents.hostile.making import pdf_with
from tests.documents.test_keeping import a_document
from tests.factories.people import a_network, secretary_of

TODAY = date(2026, 11, 22)
Add, SignIn = Callable[..., Document], Callable[..., Client]


def years_before(years: int, days: int = 0) -> datetime:
    return datetime(2026 - years, 11, 22, 12, tzinfo=UTC) + timedelta(days=days)


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.TAVOLO_HOME = tmp_path
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def network(db: None) -> Network:
    return a_network()


@pytest.fixture
def secretary(desk: Desk, as_account: SignIn) -> Client:
    return as_account(desk.secretary)


def sent(desk: Desk, secretary: Client, **changes: str) -> object:
    told = {"form_key": uuid4(), "title": "Bozza", "visibility": "public", "language": "it"}
    file = {"file": SimpleUploadedFile("bozza.pdf", pdf_with())}
    page = f"/lavoro/documenti/organisation/{desk.organisation.uid}/nuovo/"
    return secretary.post(page, {**told, **file, **changes})


# Choosing


def test_the_form_says_until_when_and_what_becomes_of_it_then(
    desk: Desk, secretary: Client
) -> None:
    page = secretary.get(f"/lavoro/documenti/organisation/{desk.organisation.uid}/nuovo/").text
    assert "Documenti ordinari: fino al 22 novembre 2031, poi decide una persona" in page
    assert "Bozze e copie: fino al 22 novembre 2027, poi si cancella da sé" in page
    assert "verbali, deliberazioni: per sempre" in page


def test_a_document_gets_the_class_that_was_chosen(desk: Desk, secretary: Client) -> None:
    assert sent(desk, secretary, retention="passing").status_code == 302
    row = Document.objects.get()
    assert row.retention == "passing"
    page = secretary.get(f"/documenti/{row.uid}/").text
    assert "fino al 22 novembre 2027, poi si cancella da sé (Bozze e copie)" in page
    values = Entry.objects.get(action="documents.document_added").values
    assert values is not None
    assert values["retention"] == "passing"


@pytest.mark.parametrize("retention", ["", "eternal"])
def test_a_class_that_is_none_is_refused_beside_its_field(
    desk: Desk, secretary: Client, retention: str
) -> None:
    answer = sent(desk, secretary, retention=retention)
    assert answer.context["form"].form.errors.keys() == {"retention"}
    assert Document.objects.count() == 0


def test_whoever_only_reads_it_is_not_told_how_long_it_is_kept(
    add: Add, client: Client, secretary: Client
) -> None:
    href = f"/documenti/{add().uid}/"
    assert ["poi decide una persona" in each.get(href).text for each in (client, secretary)] == [
        *(False, True)
    ]


def test_another_class_is_given_and_none_that_would_delete_it_tonight(desk: Desk, add: Add) -> None:
    row = add()
    told = {"title": row.title, "language": "it", "visibility": "public", "by": desk.actor}
    edit_document(document=row, version=1, retention="permanent", **told)
    with pytest.raises(UnknownClass):
        edit_document(document=row, version=2, retention="eternal", **told)
    Version.objects.update(entered_at=years_before(2))
    with pytest.raises(OverAtOnce):
        edit_document(document=row, version=2, retention="passing", **told)
    edit_document(document=row, version=2, **told)
    row.refresh_from_db()
    assert (row.retention, row.version) == ("permanent", 3)


def test_the_page_of_one_that_is_kept_longer_says_why(add: Add, secretary: Client) -> None:
    row = add()
    keep_longer(document=row, until=date(2040, 3, 8), reason="Causa", by=OPERATOR)
    assert "fino all’8 marzo 2040: Causa" in secretary.get(f"/documenti/{row.uid}/").text
    keep_longer(document=row, until=None, reason="Storia", by=OPERATOR)
    assert "per sempre: Storia" in secretary.get(f"/documenti/{row.uid}/").text


# What goes soon, and the proof of what went


def test_what_the_job_deletes_in_ninety_days_stands_in_order(network: Network) -> None:
    ends = {name: years_before(1, days) for name, days in (("today", 0), ("last", 89))}
    today, last = (a_document(network, at=at, said=name.encode()) for name, at in ends.items())
    a_document(network, at=years_before(1, 90), said=b"beyond")
    a_document(network, at=years_before(1, -1), said=b"past")
    a_document(network, "ordinary", at=years_before(5, 3), said=b"decided")
    a_document(a_network("altra", "Altra"), at=years_before(1), said=b"elsewhere")
    held = a_document(network, at=years_before(2), said=b"held")
    keep_longer(document=held, until=date(2026, 12, 31), reason="Causa", by=OPERATOR)
    ever = a_document(network, at=years_before(1, 5), said=b"ever")
    keep_longer(document=ever, until=None, reason="Storia", by=OPERATOR)
    assert [(each.document, each.day) for each in leaving(network, on=TODAY)] == [
        (today, date(2026, 11, 23)),
        (held, date(2027, 1, 1)),
        (last, date(2027, 2, 20)),
    ]


def test_what_is_said_to_go_on_a_day_goes_on_that_day(network: Network) -> None:
    row = a_document(network, at=years_before(1, 10))
    (told,) = leaving(network, on=TODAY)
    for days, count in ((-1, 0), (0, 1)):
        with time_machine.travel(
            datetime(told.day.year, told.day.month, told.day.day, 12, tzinfo=UTC)
            + timedelta(days=days)
        ):
            assert jobs.delete_what_is_past_its_term() == count
    seal()
    proof = proofs_of([row])[row.uid]
    assert (proof.action, len(proof.seal.hash)) == ("documents.content_deleted", 64)


def test_a_shorter_term_that_was_entered_is_believed(network: Network) -> None:
    row = a_document(network, at=years_before(0, -20))
    assert leaving(network, on=TODAY) == []
    DatedValue.objects.create(
        key="term.documents.passing",
        value={"length": 30, "unit": "days"},
        valid_from=date(2026, 1, 1),
        source="Massimario",
    )
    assert [(each.document, each.source) for each in leaving(network, on=TODAY)] == [
        (row, "Massimario")
    ]


# Oggi


def test_the_numbers_of_all_terms_are_read_once_where_every_room_is_asked(
    network: Network, django_assert_num_queries
) -> None:
    DatedValue.objects.create(
        key="term.documents.passing",
        value={"length": 30, "unit": "days"},
        valid_from=date(2026, 1, 1),
        source="Massimario",
    )
    with one_rule_book(), django_assert_num_queries(1):
        assert rule_book(ANSWER).on(ANSWER, TODAY).length == 1
        assert source_of("passing", terms_entered(), on=TODAY) == "Massimario"
    with django_assert_num_queries(2):
        assert (rule_book(ANSWER).entered, len(terms_entered().entered)) == ({}, 1)


def test_what_a_person_decides_stands_on_oggi_of_who_decides(network: Network) -> None:
    row = a_document(network, "ordinary", at=years_before(6))
    a_document(network, "passing", at=years_before(6))
    a_document(network, "unknown", at=years_before(4))
    source = PastTheirTerm()

    def due(actor):
        return source.due(actor, on=TODAY, until=TODAY)

    (told,) = due(secretary_of(network))
    page = f"/lavoro/reti/{network.slug}/conservazione/?documento={row.uid}"
    assert (told.title, told.action[1], told.last_day) == (row.title, page, None)
    assert told.since == date(2025, 11, 23)
    assert [due(each) for each in (ANONYMOUS, secretary_of(a_network("altra", "Altra")))] == [
        *([], [])
    ]
    keep_longer(document=row, until=date(2030, 1, 1), reason="Causa", by=OPERATOR)
    assert due(secretary_of(network)) == []

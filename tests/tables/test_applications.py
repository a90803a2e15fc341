from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tavolo.documents.intake import Upload
from tavolo.journal.models import Entry
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.kernel.errors import NotAllowed, NotFound, StaleVersion
from tavolo.kernel.models import AnnouncedFact, Blob, Network
from tavolo.kernel.plugs import DemoContext, demo_parts
from tavolo.messages.models import Message, PecMessage, SignedLink
from tavolo.messages.tokens import token_of
from tavolo.tables import errors
from tavolo.tables.actions.applications import (
    Answers,
    Named,
    begin_application,
    draft_by_pec,
    recognise_applicant,
    register_by_pec,
    save_draft,
    submit_application,
    withdraw_application,
)
from tavolo.tables.actions.papers import add_paper, empty_papers, open_paper, take_paper_away
from tavolo.tables.models import Application, ApplicationPaper, Body, Notice
from tavolo.tables.queries.applications import (
    application_at,
    applications_of,
    pec_drafts,
    same_applicant,
)
from tests.factories.counting import queries_of
from tests.factories.notices import a_draft, a_notice, on_paper
from tests.factories.people import a_network, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, an_organisation
from tests.factories.tables import a_body

pytestmark = pytest.mark.django_db

TEXT = Upload("domanda.txt", "Domanda dell’associazione, firmata.\n".encode())
SECOND = timedelta(seconds=1)


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    cache.clear()


@pytest.fixture
def run(client: Client) -> Body:
    """A body whose network the client runs."""
    network, account = a_network_with_secretary()
    sign_in(client, with_second_factor(account))
    return a_body(network, "Tavolo permanente", since="2015-06-01")


@pytest.fixture
def body(network: Network) -> Body:
    return a_body(network, "Tavolo permanente", since="2015-06-01")


@pytest.fixture
def notice(body: Body) -> Notice:
    return a_notice(body)


def secretary(network: Network) -> Actor:
    role = Role("network_secretary", network=network.uid)
    return Actor(UUID(int=7), network=network.uid, roles=frozenset({role}))


def filled(notice: Notice, **values: object) -> tuple[Application, SignedLink]:
    """A draft that only has to be handed in."""
    row, link = a_draft(notice)
    told = {"name": "Auser", "tax_code": "IT 12345678903", "way": "signed", **values}
    saved = save_draft(application=row, expected=row.version, answers=Answers(told), link=link)
    add_paper(application=saved, upload=TEXT, kind="form", link=link)
    return saved, link


def a_pec(network: Network, **values: object) -> PecMessage:
    blob = blobs.store([b"PEC"])
    now = clock.now()
    told = {
        "received_at": now,
        "kind": "transport",
        "integrity": "whole",
        "trust": "trusted",
        "told_at": now - timedelta(hours=1),
        "sender": "auser@pec.example",
        "subject": "Manifestazione di interesse",
        "way": "file",
    }
    return PecMessage.objects.create(
        network=network, year=2026, number=1, content=blob, **(told | values)
    )


def test_whoever_begins_gets_a_link_and_nobody_a_number(notice: Notice) -> None:
    row, link = a_draft(notice)
    letter = Message.objects.get(about=row.uid)
    assert (letter.recipient, letter.kind) == (row.email, "tables.application_begun")
    assert str(link.uid) in letter.text
    assert (row.state, row.code, row.counts_at) == ("draft", "", None)
    assert list(applications_of(notice, OPERATOR)) == []


def test_only_an_open_notice_is_answered_on_line(body: Body) -> None:
    closed = a_notice(body, closes_at=clock.now() - SECOND)
    with pytest.raises(errors.NoticeNotOpen):
        begin_application(notice=closed, email="a@b.example")
    with pytest.raises(errors.NotOnLine):
        begin_application(notice=a_notice(body, ways=["pec"]), email="a@b.example")


def test_a_draft_keeps_what_is_said_step_by_step(network: Network, body: Body) -> None:
    group = a_body(network, "Gruppo 1", parent=body, number=1, kind="thematic_group")
    notice = a_notice(body, groups=[group])
    row, link = a_draft(notice)
    given = list(notice.asks.filter(kind="declaration"))
    named = [Named("effective", "Ada", "Rossi", "presidente")]
    row = save_draft(
        application=row,
        expected=1,
        answers=Answers({"name": " Auser  Milano "}, [group], named, given),
        link=link,
    )
    assert row.name == "Auser Milano"
    assert [each.group for each in row.groups.all()] == [group]
    assert [(each.kind, each.family_name) for each in row.delegates.all()] == [
        ("effective", "Rossi")
    ]
    assert row.declarations.count() == 2
    with pytest.raises(StaleVersion):
        save_draft(application=row, expected=1, answers=Answers({"name": "X"}), link=link)
    with pytest.raises(errors.GroupOfAnother):
        save_draft(application=row, expected=2, answers=Answers(groups=[body]), link=link)
    row = save_draft(application=row, expected=2, answers=Answers({}, [], [], given[:1]), link=link)
    counts = (row.groups.count(), row.delegates.count(), row.declarations.count())
    assert counts == (0, 0, 1)


def test_nobody_writes_in_a_draft_but_by_its_link(notice: Notice) -> None:
    row, _link = a_draft(notice)
    _other, foreign = a_draft(notice, "altra@rete.example")
    told = {"application": row, "expected": 1, "answers": Answers({"name": "Ladri"})}
    for more in ({"link": foreign}, {"by": OPERATOR}, {"by": ANONYMOUS}):
        with pytest.raises(NotAllowed):
            save_draft(**told, **more)
    with pytest.raises(NotAllowed):
        add_paper(application=row, upload=TEXT, kind="form", link=foreign)
    with pytest.raises(NotAllowed):
        submit_application(application=row, link=foreign)


def test_handed_in_twice_it_is_one(notice: Notice) -> None:
    row, link = filled(notice)
    first = submit_application(application=row, link=link)
    again = submit_application(application=row, link=link)
    assert (first.code, again.code) == (f"I-{clock.today().year}-00001",) * 2
    assert (first.state, first.timing, first.tax_code) == ("submitted", "in_time", "12345678903")
    assert Message.objects.filter(kind="tables.application_received").count() == 1
    assert Entry.objects.filter(action="tables.application_received").count() == 1
    assert AnnouncedFact.objects.filter(key="tables.ApplicationReceived").count() == 1
    with pytest.raises(errors.AlreadySubmitted):
        save_draft(application=first, expected=9, answers=Answers(), link=link)
    with pytest.raises(errors.AlreadySubmitted):
        add_paper(application=first, upload=TEXT, kind="other", link=link)


def test_what_is_handed_in_is_signed(notice: Notice) -> None:
    row, link = a_draft(notice)
    with pytest.raises(errors.WayNotValid):
        submit_application(application=row, link=link)
    row = save_draft(application=row, expected=1, answers=Answers({"way": "scanned"}), link=link)
    with pytest.raises(errors.FormMissing):
        submit_application(application=row, link=link)
    add_paper(application=row, upload=TEXT, kind="form", link=link)
    with pytest.raises(errors.IdentityMissing):
        submit_application(application=row, link=link)
    add_paper(application=row, upload=TEXT, kind="identity", link=link)
    with pytest.raises(errors.ApplicantMissing):
        submit_application(application=row, link=link)
    only = a_notice(row.notice.body, ways=["signed"])
    other, other_link = a_draft(only)
    with pytest.raises(errors.WayNotValid):
        save_draft(
            application=other, expected=1, answers=Answers({"way": "scanned"}), link=other_link
        )


def test_a_draft_handed_in_after_the_term_is_late_and_there(notice: Notice) -> None:
    row, link = filled(notice)
    Notice.objects.filter(pk=notice.pk).update(ends_at=clock.now() - SECOND * 2)
    received = submit_application(application=row, link=link)
    assert (received.timing, received.state) == ("late", "submitted")
    assert [each.code for each in applications_of(notice, OPERATOR)] == [received.code]
    assert "fuori termine" in Message.objects.get(kind="tables.application_received").text


def test_what_is_attached_lies_encrypted_and_opening_it_is_told(notice: Notice) -> None:
    row, link = filled(notice)
    paper = row.papers.get()
    assert (paper.kind, paper.signature) == ("form", "unchecked")
    assert b"Domanda" not in blobs.path_of(paper.blob_id or "").read_bytes()
    assert open_paper(paper=paper, by=secretary(notice.network)).startswith(b"Domanda")
    assert Entry.objects.filter(action="tables.paper_opened").count() == 1
    with pytest.raises(NotAllowed):
        open_paper(paper=paper, by=secretary(a_network("altra")))
    again = add_paper(application=row, upload=TEXT, kind="form", link=link)
    assert again.pk == paper.pk
    other = add_paper(
        application=row, upload=Upload("b.txt", b"Altro testo.\n"), kind="form", link=link
    )
    assert list(row.papers.all()) == [other]
    take_paper_away(paper=other, link=link)
    assert row.papers.count() == 0


def test_past_its_term_a_paper_is_emptied_and_its_digest_stays(notice: Notice) -> None:
    row, link = filled(notice)
    submit_application(application=row, link=link)
    paper = row.papers.get()
    digest = paper.blob_id
    with pytest.raises(NotAllowed):
        empty_papers(application=row, kinds=("form",), by=ANONYMOUS)
    assert empty_papers(application=row, kinds=("form",), by=OPERATOR) == 1
    paper.refresh_from_db()
    assert (paper.blob_id, paper.sealed_key, len(paper.digest)) == (None, "", 64)
    assert Blob.objects.get(pk=digest).doomed_at is not None
    with pytest.raises(NotFound):
        open_paper(paper=paper, by=OPERATOR)


def test_no_more_than_twenty_papers(notice: Notice) -> None:
    row, link = a_draft(notice)
    blob = blobs.store([b"x"])
    ApplicationPaper.objects.bulk_create(
        ApplicationPaper(
            application=row, kind="other", file_name="x", media_type="text/plain", size=1,
            digest=str(n), blob=blob, sealed_key="x", added_at=clock.now(),
        )
        for n in range(20)
    )  # fmt: skip
    with pytest.raises(errors.TooManyPapers):
        add_paper(application=row, upload=TEXT, kind="other", link=link)


def test_a_pec_becomes_a_draft_that_the_clerk_completes(notice: Notice) -> None:
    pec = a_pec(notice.network)
    row = draft_by_pec(notice=notice, pec=pec, by=OPERATOR)
    assert draft_by_pec(notice=notice, pec=pec, by=OPERATOR).pk == row.pk
    assert list(pec_drafts(notice, OPERATOR)) == [row]
    assert list(pec_drafts(notice, ANONYMOUS)) == []
    with pytest.raises(errors.ApplicantMissing):
        register_by_pec(application=row, expected=1, by=OPERATOR)
    row.refresh_from_db()
    row = save_draft(
        application=row, expected=row.version, answers=Answers({"name": "Auser"}), by=OPERATOR
    )
    with pytest.raises(errors.ToCome):
        later = clock.now() + timedelta(hours=1)
        register_by_pec(application=row, expected=row.version, delivered=later, by=OPERATOR)
    row = register_by_pec(application=row, expected=row.version, by=OPERATOR)
    assert (row.counts_at, row.accepted_at, row.way) == (pec.told_at, pec.told_at, "pec")
    with pytest.raises(NotAllowed):
        draft_by_pec(notice=notice, pec=a_pec(a_network("altra")), by=OPERATOR)
    with pytest.raises(NotAllowed):
        draft_by_pec(notice=notice, pec=pec, by=secretary(a_network("terza")))


def test_what_no_provider_certified_counts_from_our_receipt(notice: Notice) -> None:
    pec = a_pec(notice.network, integrity="altered")
    row = draft_by_pec(notice=notice, pec=pec, by=OPERATOR)
    row = save_draft(application=row, expected=1, answers=Answers({"name": "A"}), by=OPERATOR)
    assert register_by_pec(application=row, expected=2, by=OPERATOR).counts_at == pec.received_at


def test_the_desk_registers_what_came_on_paper(notice: Notice) -> None:
    first, second = on_paper(notice, "Auser"), on_paper(notice, "Arci", notice.opens_at - SECOND)
    assert (first.number, second.number, second.timing) == (1, 2, "early")
    assert [each.name for each in applications_of(notice, OPERATOR)] == ["Arci", "Auser"]
    with pytest.raises(errors.ToCome):
        on_paper(notice, "Acli", clock.now() + SECOND * 9)
    with pytest.raises(errors.ApplicantMissing):
        on_paper(notice, "  ")
    with pytest.raises(TypeError):
        on_paper(notice, "Acli", state="admitted")
    assert Application.objects.count() == 2


def test_strangers_read_no_application(notice: Notice) -> None:
    row = on_paper(notice)
    for actor in (ANONYMOUS, secretary(a_network("altra"))):
        assert list(applications_of(notice, actor)) == []
        assert application_at(row.uid, actor) is None
    assert application_at(row.uid, secretary(notice.network)) == row


def test_who_stands_twice_is_seen(notice: Notice) -> None:
    first = on_paper(notice, tax_code="12345678903")
    second = on_paper(notice, "Auser di nuovo", tax_code="123 456 789 03")
    on_paper(notice, "Altra")
    assert list(same_applicant(first)) == [second]
    known = an_organisation(notice.network, "Auser Milano")
    for row in (first, second):
        recognise_applicant(application=row, organisation=known, expected=row.version, by=OPERATOR)
    first.refresh_from_db()
    assert list(same_applicant(first)) == [second]
    with pytest.raises(NotAllowed):
        recognise_applicant(application=first, organisation=None, expected=9, by=ANONYMOUS)


def test_what_is_withdrawn_stays(notice: Notice) -> None:
    row, link = filled(notice)
    row = submit_application(application=row, link=link)
    own = SignedLink.objects.get(subject=row.uid, purpose="tables.application_own")
    with pytest.raises(NotAllowed):
        withdraw_application(application=row, by=ANONYMOUS)
    gone = withdraw_application(application=row, reason=" non  possiamo ", link=own)
    assert (gone.state, gone.withdrawn_reason) == ("withdrawn", "non possiamo")
    assert [each.pk for each in applications_of(notice, OPERATOR)] == [row.pk]
    with pytest.raises(errors.NotToBeWithdrawn):
        withdraw_application(application=row, by=OPERATOR)


def test_the_database_keeps_number_and_time_together(notice: Notice) -> None:
    row, _link = a_draft(notice)
    for values in ({"state": "submitted"}, {"number": 3}, {"state": "withdrawn"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("count", [1, 10, 200])
def test_the_list_asks_as_often_whatever_the_number(notice: Notice, count: int) -> None:
    now = clock.now()
    Application.objects.bulk_create(
        Application(
            network=notice.network, notice=notice, state="submitted", name=f"Ente {n}", way="paper",
            year=2026, number=n, received_at=now, counts_at=now, timing="in_time", begun_at=now,
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        assert len(applications_of(notice, OPERATOR)) == count
    assert len(asked) == 5


def shown(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_person_answers_a_notice_without_account(client: Client, notice: Notice) -> None:
    assert "Avviso pubblico" in shown(client, "/avvisi/")
    assert "Rispondi all’avviso" in shown(client, f"/avvisi/{notice.code}/")
    begin = f"/avvisi/{notice.code}/domanda/"
    key = str(uuid4())
    told = {"email": "ada@auser.example", "form_key": key}
    assert [client.post(begin, told).status_code for _time in range(2)] == [302, 302]
    link = SignedLink.objects.get(purpose="tables.application_draft")
    path = f"/c/{token_of(link.uid)}/domanda/"
    assert client.get(f"/c/{token_of(link.uid)}/").headers["Location"] == path
    evil = "<script>alert(1)</script>"
    steps = [
        {"name": evil, "email": "ada@auser.example"},
        {"motivation": evil},
        {"effective_given_name": "Ada", "effective_family_name": evil},
        {"way": "signed", "declarations": [str(notice.asks.first().pk)]},
    ]
    for number, values in enumerate(steps, start=1):
        version = Application.objects.get().version
        hidden = {"version": version, "form_key": str(uuid4())}
        answer = client.post(f"{path}?passo={number}", {**values, **hidden})
        assert answer.headers["Location"] == f"{path}?passo={number + 1}"
    file = SimpleUploadedFile("domanda.txt", b"Domanda firmata.\n")
    told = {"what": "form", "file": file, "form_key": str(uuid4())}
    assert client.post(f"{path}?passo=5", told).status_code == 302
    last = shown(client, f"{path}?passo=6")
    assert evil not in last
    assert "Statuto" in last
    assert client.post(f"{path}?passo=6", {"form_key": str(uuid4())}).status_code == 302
    row = Application.objects.get()
    assert (row.state, row.name) == ("submitted", evil)
    assert row.code in shown(client, path)
    assert client.get(path).headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert client.post(f"{path}?passo=1", {"name": "x"}).status_code == 200
    own = SignedLink.objects.get(purpose="tables.application_own")
    assert row.code in shown(client, f"/c/{token_of(own.uid)}/")
    told = {"reason": "", "form_key": str(uuid4())}
    assert client.post(f"/c/{token_of(own.uid)}/", told).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_strangers_find_no_draft_and_no_work_page(client: Client, body: Body) -> None:
    draft = a_notice(body, "Bozza", published=False)
    shown(client, f"/avvisi/{draft.code}/", 404)
    shown(client, f"/avvisi/{draft.code}/avviso.pdf", 404)
    shown(client, f"/c/{'x' * 43}/domanda/", 404)
    assert client.get(f"/lavoro/avvisi/{draft.code}/").status_code == 302
    closed = a_notice(body, closes_at=clock.now() - SECOND)
    assert "non è aperto" in shown(client, f"/avvisi/{closed.code}/domanda/", 409)


@pytest.mark.parametrize("count", [1, 10])
def test_pages_ask_as_often_whatever_the_number(client: Client, body: Body, count: int) -> None:
    for number in range(count):
        row = a_notice(body, f"Avviso {number}")
    assert queries_of(client, "/avvisi/") <= 12
    assert queries_of(client, f"/avvisi/{row.code}/") <= 12


def test_the_secretariat_runs_a_notice_from_its_pages(client: Client, run: Body) -> None:
    body = run
    told = {
        "name": "Avviso per il tavolo",
        "act": "decreto 1/2026",
        "contact": "tavoli@rete.example",
        "privacy": "Informativa.",
        "ways": ["paper", "pec"],
        "pec_counts": "acceptance",
        "declarations": "di accettare\n\ndi non avere conflitti",
        "papers": "Statuto",
        "optional": "Curriculum",
    }

    def send(path: str, **values: object) -> str:
        answer = client.post(path, {"form_key": str(uuid4()), **values})
        assert answer.status_code == 302, answer.content.decode()
        return answer.headers["Location"]

    here = send(f"/lavoro/avvisi/nuovo/{body.code}/", **told)
    row = Notice.objects.get()
    assert row.asks.count() == 4
    assert "Pubblica" in shown(client, here)
    assert "Statuto" in shown(client, f"{here}modifica/")
    late = {"closes_day": "2999-01-01", "closes_hour": "12:00:00"}
    send(f"{here}modifica/", version=row.version, **told | late)
    send(f"{here}pubblica/")
    row.refresh_from_db()
    assert clock.in_rome(row.ends_at).strftime("%H:%M:%S") == "12:00:00"
    known = {"name": row.name, "contact": "altri@rete.example", "privacy": "Informativa."}
    correction = {"act": "decreto 2/2026", "reason": "errore", **late, **known}
    send(f"{here}rettifica/", **correction)
    assert row.corrections.get().changes == {"contact": "altri@rete.example"}
    day = clock.today().isoformat()
    came = {"name": "Auser", "day": day, "hour": "00:00:00", "version": 1}
    send(f"{here}carta/", **came)
    pec = a_pec(row.network)
    assert "Manifestazione di interesse" in shown(client, here)
    assert "Certificata" in shown(client, f"{here}pec/{pec.uid}/")
    send(f"{here}pec/{pec.uid}/", name="Arci", version=1)
    page = shown(client, here)
    assert "Auser" in page
    assert "Arci" in page
    assert "Avviso per il tavolo" in shown(client, "/lavoro/avvisi/")
    assert queries_of(client, here) <= 20


def test_the_demonstration_can_be_looked_at(client: Client, network: Network) -> None:
    body = a_body(network, "Tavolo permanente sulle pari opportunità", since="2015-06-01")
    a_body(network, "Gruppo 1", parent=body, number=1, kind="thematic_group")
    part = demo_parts.get("tables.notices")
    part.load(DemoContext(seed=1, reference_day=clock.today()))
    public = [example for example in part.examples() if example.who == "anyone"]
    assert len(public) == 11
    for example in public:
        path = reverse(example.url_name, kwargs=dict(example.kwargs)) + example.query
        answer = client.get(path)
        assert (path, answer.status_code) == (path, 200)
        if path.endswith(".pdf"):
            assert answer.content.startswith(b"%PDF")

"""Documents of organisations, evidence of commitments, a network's logo: where they show, and to whom."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from tavolo.documents.actions import add_document, withdraw_document
from tavolo.documents.choices import Visibility
from tavolo.documents.errors import VisibilityNotOffered
from tavolo.documents.models import Document, Version
from tavolo.documents.queries import documents_of
from tavolo.documents.rules import seen_among
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.kernel.blobs import path_of
from tavolo.kernel.errors import NotAllowed
from tavolo.registry.actions import add_commitment
from tavolo.registry.models import Commitment, CommitmentStep, Organisation
from tavolo.registry.queries import evidence_of, logo_of, papers
from tests.documents.conftest import Desk, as_account, desk, kept
from tests.documents.papers import tags, words
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.registry import acting, many_participants

__all__ = ["as_account", "desk"]

SignIn = Callable[..., Client]
VISIBILITIES = ("public", "network", "private")


def add(desk: Desk, visibility: str = "public", **more: object) -> Document:
    told: dict[str, object] = {
        "holder": desk.holder,
        "network": desk.network,
        "file": kept(),
        "title": f"Atto {visibility}",
        "visibility": visibility,
        "by": OPERATOR,
    }
    return add_document(**(told | more))


def titles(answer: object) -> list[str]:
    text = answer.content.decode()  # type: ignore[attr-defined]
    return [title for title in VISIBILITIES if f"Atto {title}" in text]


def test_the_page_shows_what_its_reader_may_see(
    desk: Desk, client: Client, as_account: SignIn
) -> None:
    for visibility in VISIBILITIES:
        add(desk, visibility)
    page = f"/organizzazioni/{desk.organisation.code}/"
    assert titles(client.get(page)) == ["public"]
    assert titles(as_account(desk.member).get(page)) == ["public", "network"]
    secretary = as_account(desk.secretary)
    assert titles(secretary.get(page)) == [*VISIBILITIES]
    work = secretary.get(f"/lavoro/organizzazioni/{desk.organisation.code}/")
    assert titles(work) == [*VISIBILITIES]
    assert "nuovo/" in work.content.decode()


def test_who_acts_for_it_sees_what_is_its_own(desk: Desk) -> None:
    uid, network = desk.organisation.uid, desk.network.uid
    scope = ("organisation", uid)
    whole = Actor(roles=frozenset({Role("organisation_member", network, scope)}))
    part = Role("organisation_member", network, scope, parts=frozenset({"commitments"}))
    seen = {
        name: [v for v in VISIBILITIES if seen_among(actor, "organisation", {uid}, v)]
        for name, actor in (
            ("whole", whole),
            ("part", Actor(roles=frozenset({part}))),
            ("member", acting(desk.member.person)),
            ("nobody", ANONYMOUS),
        )
    }
    assert seen == {
        "whole": [*VISIBILITIES],
        "part": ["public"],
        "member": ["public", "network"],
        "nobody": ["public"],
    }


def test_only_the_steward_enters_them(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        add(desk, by=acting(desk.member.person))
    with pytest.raises(VisibilityNotOffered):
        add(desk, "body")
    assert Document.objects.count() == 0


def test_queries_do_not_grow_with_documents(desk: Desk, client: Client) -> None:
    found = []
    for number in ENOUGH:
        for _each in range(number - Document.objects.count()):
            add(desk)
        found.append(queries_of(client, f"/organizzazioni/{desk.organisation.code}/"))
    assert len(set(found)) == 1, found
    assert found[0] <= 12


def test_queries_do_not_grow_with_holders(desk: Desk, django_assert_num_queries) -> None:
    many_participants(desk.network, 200)
    add(desk)
    uids, actor = list(Organisation.objects.values_list("uid", flat=True)), desk.actor
    for asked in (uids[:1], uids):
        # Documents, who may see those of the one visibility that there is, their versions.
        with django_assert_num_queries(3):
            documents_of("organisation", [*asked, desk.organisation.uid], actor=actor)


def a_step(desk: Desk, *, public: bool) -> CommitmentStep:
    commitment: Commitment = add_commitment(
        network=desk.network,
        name="Aprire uno sportello",
        owner=desk.organisation,
        due=clock.today() + timedelta(days=9),
        public=public,
        by=OPERATOR,
    )
    return CommitmentStep.objects.get(commitment=commitment)


@pytest.mark.parametrize("public", [False, True])
def test_evidence_is_seen_with_its_commitment(desk: Desk, public: bool) -> None:
    step = a_step(desk, public=public)
    for visibility in ("public", "network"):
        add(desk, visibility, holder=("commitment_step", step.uid))

    def seen(actor: Actor) -> list[str]:
        rows = evidence_of([step], actor=actor).get(step.uid, [])
        return [row.visibility for row in reversed(rows)]

    assert seen(acting(desk.member.person)) == [Visibility.PUBLIC, Visibility.NETWORK]
    assert seen(ANONYMOUS) == ([Visibility.PUBLIC] if public else [])


def test_evidence_stands_in_the_history(desk: Desk, as_account: SignIn) -> None:
    step = a_step(desk, public=False)
    add(desk, "network", holder=("commitment_step", step.uid))
    page = f"/lavoro/impegni/{step.commitment.uid}/"
    secretary = as_account(desk.secretary)
    told = [browser.get(page) for browser in (secretary, as_account(desk.member))]
    assert [titles(answer) for answer in told] == [["network"], ["network"]]
    asks = f"/lavoro/documenti/commitment_step/{step.uid}/nuovo/"
    assert [asks in answer.content.decode() for answer in told] == [True, False]
    assert secretary.get(asks).status_code == 200


def a_logo(desk: Desk, words: str) -> Document:
    picture = kept(words.encode(), media_type="image/png", file_name="logo.png")
    holder = ("network_logo", desk.network.uid)
    return add(desk, holder=holder, file=picture, alternative=words)


def test_the_newest_logo_stands_on_the_page(desk: Desk, client: Client) -> None:
    assert logo_of(desk.network) is None
    first = a_logo(desk, "Un tavolo")
    newest = a_logo(desk, "Due mani")
    page = client.get(f"/reti/{desk.network.slug}/").content.decode()
    assert (str(newest.uid) in page, str(first.uid) in page) == (True, False)
    withdraw_document(document=newest, version=1, reason="Non è il nostro", by=OPERATOR)
    found = logo_of(desk.network)
    assert found is not None
    assert (found.words, client.get(found.href).status_code) == ("Un tavolo", 200)


def test_the_logo_is_brought_from_the_settings(desk: Desk, as_account: SignIn) -> None:
    asks = f"/lavoro/documenti/network_logo/{desk.network.uid}/nuovo/"
    secretary = as_account(desk.secretary)
    page = secretary.get(f"/lavoro/reti/{desk.network.slug}/dati/").content.decode()
    assert asks in page
    assert secretary.get(asks).status_code == 200
    assert as_account(desk.member).get(asks).status_code == 404


def drawn_logo(desk: Desk, content: bytes, media_type: str) -> Document:
    file = kept(content, media_type=media_type, file_name="logo.img")
    return add(desk, holder=("network_logo", desk.network.uid), file=file, alternative="Una torre")


def picture(mode: str, kind: str) -> bytes:
    drawn = BytesIO()
    Image.new(mode, (60, 20)).save(drawn, kind)
    return drawn.getvalue()


def test_a_logo_stands_in_the_header_of_the_networks_pages_and_on_its_papers(
    desk: Desk, client: Client
) -> None:
    organisation = desk.organisation
    paper = f"/organizzazioni/{organisation.code}/scheda.pdf"
    assert "Figure" not in tags(client.get(paper).content)
    logo = drawn_logo(desk, picture("RGB", "PNG"), "image/png")
    for path in ("", "grafo/"):
        header = client.get(f"/reti/{desk.network.slug}/{path}").content.decode()
        assert f'<img class="tv-brand-logo" src="/documenti/{logo.uid}/' in header
    assert "Figure" in tags(client.get(paper).content)


@pytest.mark.parametrize("fault", ["inks", "large", "gone"])
def test_a_logo_that_cannot_be_printed_leaves_the_paper_whole(
    desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    organisation = desk.organisation
    drawn_logo(desk, picture("CMYK", "JPEG"), "image/jpeg")
    if fault == "large":
        monkeypatch.setattr(papers, "PRINTED_BYTES", 10)
    if fault == "gone":
        path_of(Version.objects.latest("id").digest).unlink()
    made = client.get(f"/organizzazioni/{organisation.code}/scheda.pdf").content
    assert "Figure" not in tags(made)
    assert organisation.name in words(made)

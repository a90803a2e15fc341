"""Documents are added, renamed, shown to others and withdrawn: rows, journal, facts, and who may not."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tavolo.documents.actions import (
    add_document,
    add_version,
    change_visibility,
    edit_document,
    withdraw_document,
)
from tavolo.documents.errors import (
    AlreadyWithdrawn,
    AlternativeMissing,
    SameContent,
    TitleMissing,
    VisibilityNotOffered,
    WithdrawalReasonMissing,
)
from tavolo.documents.intake import Kept
from tavolo.documents.models import Document, Version
from tavolo.documents.personal import Entered, Pages
from tavolo.documents.queries import documents_of, held_by
from tavolo.journal.models import Entry
from tavolo.kernel import blobs
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import NotAllowed, NotFound, StaleVersion
from tavolo.kernel.models import AnnouncedFact, Blob
from tests.documents.conftest import PDF, Desk, kept
from tests.factories.registry import acting

Add = Callable[..., Document]


def entries() -> list[str]:
    rows = Entry.objects.filter(action__startswith="documents.").order_by("id")
    return [row.action.removeprefix("documents.") for row in rows]


def facts() -> list[str]:
    rows = AnnouncedFact.objects.filter(key__startswith="documents.").order_by("id")
    return [row.key.removeprefix("documents.") for row in rows]


def test_a_document_with_its_first_version(desk: Desk, add: Add) -> None:
    document = add(title="  Statuto\u202e \n 2026 ")
    version = Version.objects.get()
    assert (document.title, document.visibility, document.version) == ("Statuto 2026", "public", 1)
    assert (version.number, version.blob_id, version.size) == (1, version.digest, len(PDF))
    assert version.entered_by == desk.secretary.person
    assert (entries(), facts()) == (["document_added"], ["DocumentAdded"])


def test_the_operator_enters_in_nobodys_name(add: Add) -> None:
    add(by=OPERATOR)
    assert Version.objects.get().entered_by is None


def test_who_may_not_changes_nothing(desk: Desk, add: Add) -> None:
    document, member = add(), acting(desk.member.person)
    with pytest.raises(NotAllowed):
        add(by=member)
    with pytest.raises(NotAllowed):
        add_version(document=document, version=1, file=kept(b"x"), by=member)
    with pytest.raises(NotAllowed):
        change_visibility(document=document, version=1, visibility="private", by=member)
    with pytest.raises(NotAllowed):
        withdraw_document(document=document, version=1, reason="no", by=member)
    assert (entries(), Version.objects.count()) == (["document_added"], 1)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"title": " \u200b "}, TitleMissing),
        ({"visibility": "body"}, VisibilityNotOffered),
        ({"holder": ("meeting", uuid4())}, NotFound),
        ({"holder": ("organisation", uuid4())}, NotAllowed),
    ],
)
def test_what_is_refused(told: dict[str, object], refusal: type[Exception], add: Add) -> None:
    with pytest.raises(refusal):
        add(**told)
    assert (Document.objects.count(), entries()) == (0, [])


def picture(content: bytes = b"points") -> Kept:
    return kept(content, media_type="image/png", file_name="logo.png")


def test_a_picture_is_described(add: Add) -> None:
    with pytest.raises(AlternativeMissing):
        add(file=picture(), alternative="  ")
    assert Document.objects.count() == 0
    add(file=picture(), alternative=" Una casa ")
    assert Version.objects.get().alternative == "Una casa"


def test_only_a_picture_is_described(add: Add) -> None:
    add(alternative="Un testo")
    assert Version.objects.get().alternative == ""


def test_versions_follow_each_other(desk: Desk, add: Add) -> None:
    document = add()
    add_version(document=document, version=1, file=kept(b"due"), by=desk.actor)
    with pytest.raises(SameContent):
        add_version(document=document, version=2, file=kept(b"due"), by=desk.actor)
    document.refresh_from_db()
    with pytest.raises(StaleVersion):
        add_version(document=document, version=1, file=kept(b"tre"), by=desk.actor)
    # What was said once may be said again.
    document.refresh_from_db()
    add_version(document=document, version=2, file=kept(), by=desk.actor)
    assert [*document.versions.order_by("number").values_list("number", flat=True)] == [1, 2, 3]
    assert entries() == ["document_added", "version_added", "version_added"]


def test_other_words_and_other_readers(desk: Desk, add: Add) -> None:
    document = add()
    edit_document(
        document=document,
        version=1,
        title="Atto",
        language="en",
        visibility="network",
        by=desk.actor,
    )
    change_visibility(document=document, version=2, visibility="private", by=desk.actor)
    with pytest.raises(StaleVersion):
        change_visibility(document=document, version=1, visibility="public", by=desk.actor)
    document.refresh_from_db()
    told = (document.title, document.language, document.visibility, document.version)
    assert told == ("Atto", "en", "private", 3)
    assert entries() == ["document_added", "document_edited", "visibility_changed"]
    assert facts() == ["DocumentAdded", "DocumentEdited", "DocumentEdited"]


def test_a_withdrawn_document_stays_withdrawn(desk: Desk, add: Add) -> None:
    document = add()
    with pytest.raises(WithdrawalReasonMissing):
        withdraw_document(document=document, version=1, reason=" \n", by=desk.actor)
    withdraw_document(document=document, version=1, reason="Era doppio", by=desk.actor)
    assert documents_of("organisation", [desk.organisation.uid], actor=desk.actor) == {}
    with pytest.raises(AlreadyWithdrawn):
        add_version(document=document, version=2, file=kept(b"x"), by=desk.actor)
    with pytest.raises(AlreadyWithdrawn):
        change_visibility(document=document, version=2, visibility="private", by=desk.actor)
    # The content goes by retention alone.
    assert Blob.objects.get(pk=Version.objects.get().digest).doomed_at is None
    assert facts() == ["DocumentAdded", "DocumentWithdrawn"]


def test_a_content_that_is_needed_is_not_swept(add: Add, settings, tmp_path) -> None:
    add()
    digest = Version.objects.get().digest
    blobs.doom(digest)
    loose = blobs.store([b"nobody wants it"])
    blobs.doom(loose.digest)
    Blob.objects.update(doomed_at="2026-01-01T00:00:00Z")
    blobs.sweep()
    assert list(Blob.objects.values_list("digest", "doomed_at")) == [(digest, None)]


def test_the_database_has_the_last_word(add: Add) -> None:
    document = add()
    version = Version.objects.get()
    wrong: list[Callable[[], object]] = [
        lambda: Document.objects.filter(pk=document.pk).update(title=""),
        lambda: Document.objects.filter(pk=document.pk).update(withdrawn_reason="perché"),
        lambda: Version.objects.filter(pk=version.pk).update(number=0),
        lambda: Version.objects.filter(pk=version.pk).update(blob=None),
        lambda: Version.objects.filter(pk=version.pk).update(media_type="image/png"),
    ]
    for write in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_what_is_held_about_whoever_entered_it(desk: Desk, add: Add) -> None:
    person = desk.secretary.person
    assert Entered().erase(person, by=OPERATOR) == []
    document = add()
    (told,) = Entered().held(person)
    assert told.value == "Statuto (atto.pdf)"
    assert Entered().known_in(person) == {desk.network.uid}
    (stays,) = Entered().erase(person, by=OPERATOR)
    assert stays.label.startswith("1 ")
    assert Version.objects.get().entered_by == person
    assert Entered().held(desk.member.person) == []
    owner = Pages().network_of("documents:document", {"uid": document.uid})
    assert owner == desk.network


def test_nobody_is_told_whose_a_hidden_page_is(add: Add) -> None:
    document = add("private")
    pages = Pages()
    asked = ("documents:document", "registry:organisation")
    assert [pages.network_of(name, {"uid": document.uid}) for name in asked] == [None, None]
    assert pages.network_of("documents:document", {}) is None


def test_what_no_room_tells_belongs_to_nothing(add: Add) -> None:
    document = add()
    told = held_by(document)
    assert told is not None
    assert told.name == "Comune di Prova"
    document.holder_kind = "meeting"
    assert held_by(document) is None


def test_an_upload_is_looked_at_on_the_way(desk: Desk) -> None:
    from tavolo.documents.intake import Upload

    document = add_document(
        holder=desk.holder,
        network=desk.network,
        file=Upload("appunti.txt", b"Due righe\nsenza altro\n"),
        title="Appunti",
        visibility="network",
        by=desk.actor,
    )
    version = document.versions.get()
    assert (version.media_type, version.file_name) == ("text/plain", "appunti.txt")
    assert Blob.objects.get(pk=version.digest).doomed_at is None

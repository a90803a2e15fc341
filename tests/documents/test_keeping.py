"""Retention: what is past its term goes by itself or waits for a person, and what went is proved."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from tavolo.documents import jobs
from tavolo.documents.actions import delete_expired, keep_longer
from tavolo.documents.errors import DecisionReasonMissing, KeptUntilThePast, NotPastItsTerm
from tavolo.documents.expired import deleted_of, expired, kept_longer_of
from tavolo.documents.models import Document, Version
from tavolo.documents.terms import class_of, kept_until, retention_classes, source_of, terms_entered
from tavolo.journal.models import Entry, EntryValue
from tavolo.kernel import blobs
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Blob, DatedValue, Network
from tavolo.people.plugs import personal_data
from tests.factories.people import a_network, a_person, secretary_of

TODAY = date(2026, 11, 22)
OLD = datetime(2018, 3, 5, 23, 30, tzinfo=UTC)  # on an Italian clock it is the sixth
WHY = "Deciso con determinazione n. 3"


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.TAVOLO_HOME = tmp_path
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def network(db: None) -> Network:
    return a_network()


def a_document(
    network: Network, retention: str = "passing", *, said: bytes = b"x", at: datetime = OLD
) -> Document:
    row = Document.objects.create(
        network=network,
        holder_kind="nothing",
        holder_uid=uuid4(),
        title="Elenco di Ada Rossi",
        visibility="network",
        retention=retention,
        created_at=at,
    )
    a_version(row, said, at=at)
    return row


def a_version(row: Document, said: bytes, *, number: int = 1, at: datetime = OLD) -> Version:
    blob = blobs.store([said])
    return Version.objects.create(
        document=row,
        number=number,
        blob=blob,
        digest=blob.digest,
        file_name="ada-rossi.png",
        media_type="image/png",
        alternative="Il volto di Ada Rossi",
        size=blob.size,
        entered_at=at,
    )


def found(**asked: object) -> list[Document]:
    return [each.document for each in expired(on=TODAY, **asked)]  # type: ignore[arg-type]


# Which are past their term


@pytest.mark.parametrize(
    ("retention", "since", "last_day"),
    [
        ("ordinary", date(2020, 2, 29), date(2025, 2, 28)),
        ("passing", date(2025, 11, 21), date(2026, 11, 21)),
        ("accounting", date(2016, 11, 22), date(2026, 11, 22)),
        ("personal", date(2024, 1, 31), date(2026, 1, 31)),
        ("permanent", date(1861, 3, 17), None),
        ("a class of another day", date(2020, 2, 29), date(2025, 2, 28)),
    ],
)
def test_until_when_a_class_is_kept(
    db: None, retention: str, since: date, last_day: date | None
) -> None:
    assert kept_until(retention, since, terms_entered(), on=TODAY) == last_day


def test_each_class_says_by_what_it_has_its_term(db: None) -> None:
    book = terms_entered()
    assert all(source_of(each.key, book, on=TODAY) for each in retention_classes)


def test_the_body_enters_its_own_numbers_with_their_source(network: Network) -> None:
    row = a_document(network, "ordinary", at=datetime(2024, 1, 1, tzinfo=UTC))
    assert found() == []
    DatedValue.objects.create(
        key="term.documents.ordinary",
        value={"length": 1, "unit": "years"},
        source="Piano di conservazione 2026",
        valid_from=date(2026, 1, 1),
    )
    (told,) = expired(on=TODAY)
    assert (told.document, told.source) == (row, "Piano di conservazione 2026")
    assert source_of("ordinary", terms_entered(), on=date(2025, 1, 1)).startswith("proposta")


def test_the_term_runs_from_the_last_version_or_from_the_withdrawal_on_an_italian_clock(
    network: Network,
) -> None:
    first, second, third = (a_document(network) for _ in range(3))
    a_version(second, b"y", number=2, at=datetime(2026, 1, 1, tzinfo=UTC))
    third.withdrawn_at, third.withdrawn_reason = datetime(2020, 1, 1, tzinfo=UTC), "Sbagliato"
    third.save()
    told = {each.document: (each.since, each.last_day) for each in expired(on=TODAY)}
    assert told == {
        first: (date(2018, 3, 6), date(2019, 3, 6)),
        third: (date(2020, 1, 1), date(2021, 1, 1)),
    }


def test_those_that_go_by_themselves_are_told_from_those_that_wait(network: Network) -> None:
    goes, waits = a_document(network, "passing"), a_document(network, "ordinary")
    a_document(network, "permanent")
    a_document(a_network("piana", "Rete della piana"), "passing")
    assert found(network=network) == [goes, waits]
    assert found(network=network, by_itself=True) == [goes]
    assert found(network=network, by_itself=False) == [waits]


# What is deleted


def test_the_job_deletes_what_is_past_its_term_and_nothing_else(network: Network) -> None:
    gone = a_document(network, said=b"gone")
    young = a_document(network, said=b"young", at=datetime(2026, 10, 1, tzinfo=UTC))
    waits = a_document(network, "ordinary", said=b"waits")
    assert jobs.delete_what_is_past_its_term() == 1
    version = gone.versions.get()
    assert (version.blob, version.emptied_at is not None, version.size) == (None, True, 4)
    assert all(row.versions.get().blob for row in (young, waits))
    doomed = Blob.objects.exclude(doomed_at=None).values_list("digest", flat=True)
    assert list(doomed) == [version.digest]
    gone.refresh_from_db()
    assert gone.withdrawn_reason == "proposta, non legge; art. 68 d.P.R. 445/2000"
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC)):
        assert blobs.sweep() == 1


def test_twice_deletes_nothing_twice(network: Network) -> None:
    a_document(network)
    assert jobs.delete_what_is_past_its_term() == 1
    before = Entry.objects.count()
    assert jobs.delete_what_is_past_its_term() == 0
    assert Entry.objects.count() == before


def test_killed_in_the_middle_it_goes_on_with_the_rest(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [a_document(network, said=bytes([number])) for number in range(3)]
    done = []

    def killed(**told: object) -> Document:
        if done:
            raise KeyboardInterrupt
        done.append(1)
        return delete_expired(**told)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "delete_expired", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.delete_what_is_past_its_term()
    monkeypatch.undo()
    assert jobs.delete_what_is_past_its_term() == len(rows) - 1
    assert Entry.objects.filter(action="documents.content_deleted").count() == len(rows)


def test_a_content_that_something_else_needs_stays(network: Network) -> None:
    gone, stays = a_document(network, said=b"same"), a_document(network, "permanent", said=b"same")
    delete_expired(document=gone, on=TODAY, by=OPERATOR)
    blob = Blob.objects.get()
    assert (blob.doomed_at, stays.versions.get().blob) == (None, blob)
    assert blobs.doom(blob.digest) is False
    value = EntryValue.objects.get(entry__action="documents.content_deleted")
    assert '"given_up":[]' in value.text


def test_the_journal_proves_what_was_deleted(network: Network) -> None:
    row = a_document(network, said=b"uno")
    a_version(row, b"due!", number=2)
    delete_expired(document=row, on=TODAY, by=OPERATOR)
    told = EntryValue.objects.get(entry__action="documents.content_deleted").text
    digests = sorted(row.versions.values_list("digest", flat=True))
    said = ",".join(f'"{digest}"' for digest in digests)
    for part in (
        f'"digests":[{said}]',
        f'"given_up":[{said}]',
        '"versions":2',
        '"bytes":7',
        '"class":"passing"',
        '"since":"2018-03-06"',
        '"last_day":"2019-03-06"',
    ):
        assert part in told


def test_of_papers_about_a_person_the_names_go_too(network: Network) -> None:
    row = a_document(network, "personal")
    delete_expired(document=row, on=TODAY, by=OPERATOR)
    row.refresh_from_db()
    version = row.versions.get()
    assert (version.file_name, version.alternative) == ("—", "—")
    assert "Ada" not in f"{row.title}{row.withdrawn_reason}"


def test_of_other_papers_title_and_name_stay(network: Network) -> None:
    row = a_document(network)
    delete_expired(document=row, on=TODAY, by=OPERATOR)
    row.refresh_from_db()
    assert (row.title, row.versions.get().file_name) == ("Elenco di Ada Rossi", "ada-rossi.png")
    assert list(deleted_of(network)) == [row]


# What a person decides


def test_of_the_other_classes_a_person_decides_and_says_why(network: Network) -> None:
    row, secretary = a_document(network, "ordinary"), secretary_of(network)
    with pytest.raises(DecisionReasonMissing):
        delete_expired(document=row, reason=" \u202e", on=TODAY, by=secretary)
    delete_expired(document=row, reason=WHY, on=TODAY, by=secretary)
    row.refresh_from_db()
    assert row.withdrawn_reason == WHY
    with pytest.raises(NotPastItsTerm):
        delete_expired(document=row, reason=WHY, on=TODAY, by=secretary)


def test_what_was_withdrawn_keeps_its_own_reason(network: Network) -> None:
    row = a_document(network, "ordinary")
    row.withdrawn_at, row.withdrawn_reason = OLD, "Sbagliato"
    row.save()
    delete_expired(document=row, reason=WHY, on=TODAY, by=OPERATOR)
    row.refresh_from_db()
    assert (row.withdrawn_at, row.withdrawn_reason) == (OLD, "Sbagliato")


def test_what_is_kept_longer_is_not_found_until_then(network: Network) -> None:
    row, secretary = a_document(network), secretary_of(network)
    first = keep_longer(document=row, until=TODAY, reason=WHY, by=secretary)
    assert found() == []
    assert list(kept_longer_of(network)) == [first]
    assert [each.document for each in expired(on=TODAY + timedelta(days=1))] == [row]
    assert jobs.delete_what_is_past_its_term() == 0
    last = keep_longer(document=row, until=None, reason=WHY, by=OPERATOR)
    assert not list(expired(on=date(2200, 1, 1)))
    assert list(kept_longer_of(network)) == [last]
    keep_longer(document=row, until=TODAY, reason=WHY, by=OPERATOR)
    assert [each.document for each in expired(on=date(2200, 1, 1))] == [row]


def test_keeping_longer_wants_a_reason_a_day_to_come_and_something_to_keep(
    network: Network,
) -> None:
    row = a_document(network)
    with pytest.raises(DecisionReasonMissing):
        keep_longer(document=row, until=None, reason=" ", by=OPERATOR)
    with pytest.raises(KeptUntilThePast):
        keep_longer(document=row, until=date(2026, 11, 21), reason=WHY, by=OPERATOR)
    delete_expired(document=row, on=TODAY, by=OPERATOR)
    with pytest.raises(NotPastItsTerm):
        keep_longer(document=row, until=None, reason=WHY, by=OPERATOR)


def test_nobody_decides_for_another_network(network: Network) -> None:
    row = a_document(network)
    for actor in (ANONYMOUS, secretary_of(a_network("piana", "Rete della piana"))):
        with pytest.raises(NotAllowed):
            delete_expired(document=row, reason=WHY, on=TODAY, by=actor)
        with pytest.raises(NotAllowed):
            keep_longer(document=row, until=None, reason=WHY, by=actor)


def test_the_job_leaves_what_somebody_kept_meanwhile(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = a_document(network)
    late = list(expired(on=TODAY))
    keep_longer(document=row, until=None, reason=WHY, by=OPERATOR)
    monkeypatch.setattr(jobs, "expired", lambda **_told: late)
    assert jobs.delete_what_is_past_its_term() == 0
    assert class_of(row.retention).by_itself


def test_who_decided_is_told_so_and_stays_under_a_pseudonym(network: Network) -> None:
    person = a_person("Chiara", "Neri")
    by = secretary_of(network, person)
    keep_longer(document=a_document(network), until=None, reason=WHY, by=by)
    plug = personal_data.get("documents.kept_longer")
    assert [row.value for row in plug.held(person)] == [f"Elenco di Ada Rossi: {WHY}"]
    assert plug.known_in(person) == {network.uid}
    assert [kept.label for kept in plug.erase(person, by=OPERATOR)]
    stranger = a_person()
    told = plug.held(stranger), plug.known_in(stranger), plug.erase(stranger, by=OPERATOR)
    assert told == ([], set(), [])

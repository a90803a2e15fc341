"""Nothing that is not public is in the index: what could leak is planted, then looked for in its bytes."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.actions import erase_person
from tavolo.people.models import Person
from tavolo.registry.actions import merge_organisations
from tavolo.registry.choices import (
    Channel,
    GrammaticalForm,
    NameKind,
    OfficeTitle,
    OrganisationKind,
    SeatKind,
    UnitKind,
)
from tavolo.registry.models import (
    Contact,
    Delegation,
    OfficeHolding,
    Organisation,
    OrganisationName,
    OrganisationUnit,
    Seat,
)
from tavolo.search import indexing
from tavolo.search.index import asking, fields, shelf
from tavolo.search.queries import search
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network, acting_for, an_organisation

pytestmark = pytest.mark.django_db

PUBLIC = ("quarzopub", "jykelmov", "vodrexim", "kixwofal", "hyzubdek")
PLANTED = (
    "pwoqxdel", "gajfwyno", "tuxkeqri", "mewvopzy", "bifqusho", "lakzyxem",
    "dohwujek", "cyvopqal", "nujzeqof", "roxviwby", "fegukpaw",
)  # fmt: skip


@pytest.fixture
def valley(home: Path) -> Network:
    return a_founded_network()


@pytest.fixture
def planted(valley: Network) -> dict[str, object]:
    """A municipality with all that is public of it, and an association with all that is not."""
    town = an_organisation(valley, "Comune di Quarzopub", kind=OrganisationKind.MUNICIPALITY)
    club = an_organisation(valley, "Circolo Discreto")
    named(town, "Jykelmov", valid_until=date(2016, 1, 1))
    named(club, "Bifqusho", superseded_at=clock.now())
    named(club, "Lakzyxem", superseded_at=clock.now())
    Contact.objects.create(
        organisation=club, channel=Channel.EMAIL, value="pwoqxdel@segreto.example",
        public=False, recorded_at=clock.now(),
    )  # fmt: skip
    Seat.objects.create(
        organisation=club, kind=SeatKind.REGISTERED, address="Via Gajfwyno 1",
        public=False, recorded_at=clock.now(),
    )  # fmt: skip
    mayor = holds(town, a_person("Olga", "Vodrexim"))
    matter(mayor, "Hyzubdek")
    hidden = holds(club, a_person("Olga", "Tuxkeqri"), public=False)
    matter(hidden, "Mewvopzy")
    holds(town, a_person("Olga", "Roxviwby"), valid_until=clock.today() - timedelta(days=1))
    unit(town, "Kixwofal")
    unit(town, "Fegukpaw", valid_until=clock.today() - timedelta(days=1))
    acting_for(club, a_person("Olga", "Nujzeqof"))
    erased = a_person("Olga", "Dohwujek")
    holds(town, erased)
    merged = an_organisation(valley, "Cyvopqal")
    return {"erased": erased, "merged": merged, "club": club}


def named(organisation: Organisation, name: str, **more) -> None:
    row = OrganisationName(
        organisation=organisation, name=name, kind=NameKind.PUBLIC, recorded_at=clock.now(), **more
    )
    row.save()


def holds(organisation: Organisation, person: Person, **more) -> OfficeHolding:
    return OfficeHolding.objects.create(
        organisation=organisation,
        person=person,
        title=OfficeTitle.MAYOR,
        form=GrammaticalForm.FEMININE,
        recorded_at=clock.now(),
        **more,
    )


def matter(office: OfficeHolding, words: str) -> None:
    Delegation.objects.create(
        organisation=office.organisation,
        person=office.person,
        theme="other",
        words=words,
        holding=office.uid,
        recorded_at=clock.now(),
    )


def unit(organisation: Organisation, name: str, **more) -> None:
    OrganisationUnit(
        organisation=organisation,
        name=name,
        code=name.lower(),
        kind=UnitKind.CORPS,
        created_at=clock.now(),
        **more,
    ).save()


def in_files() -> set[str]:
    """The planted words that the index holds: in its dictionaries, or anywhere in the bytes of its files."""
    whole = b"".join(
        path.read_bytes().lower() for path in shelf.folder().rglob("*") if path.is_file()
    )
    return {word for word in (*PUBLIC, *PLANTED) if word.encode() in whole or in_dictionaries(word)}


def in_dictionaries(word: str) -> bool:
    """By its first letters: a stem is shorter than its word, and no two planted words begin alike."""
    names = (fields.ALL, fields.STEMS, fields.WHOLE, fields.WHOLE_BEFORE)
    held = asking.with_searcher(
        lambda searcher: [searcher.terms_with_prefix(name, word[:6], limit=1) for name in names]
    )
    return any(held or ())


def found() -> set[str]:
    return {word for word in (*PUBLIC, *PLANTED) if search(word).exact and search(word).count}


def test_no_two_planted_words_begin_alike() -> None:
    assert len({word[:6] for word in (*PUBLIC, *PLANTED)}) == len((*PUBLIC, *PLANTED))


def test_the_bytes_of_the_files_tell_what_is_shown(valley: Network) -> None:
    an_organisation(valley, "Wyxqomel")
    indexing.rebuild()
    files = [path for path in shelf.folder().rglob("*") if path.is_file()]
    assert any(b"Wyxqomel" in path.read_bytes() for path in files)


def test_what_is_public_is_in_the_index_and_nothing_else(planted) -> None:
    erase_person(person=planted["erased"], by=OPERATOR)
    merge_organisations(
        organisation=planted["merged"], into=planted["club"], reason="la stessa", by=OPERATOR
    )
    indexing.rebuild()
    assert found() == set(PUBLIC)
    assert in_files() == set(PUBLIC)


def test_what_is_withdrawn_later_leaves_answers_at_once_and_files_by_the_next_building(
    planted,
) -> None:
    indexing.rebuild()
    later = {"dohwujek", "cyvopqal"}
    assert found() == set(PUBLIC) | later
    assert in_files() == set(PUBLIC) | later
    erase_person(person=planted["erased"], by=OPERATOR)
    merge_organisations(
        organisation=planted["merged"], into=planted["club"], reason="la stessa", by=OPERATOR
    )
    indexing.refresh()
    assert found() == set(PUBLIC)
    indexing.rebuild()
    assert in_files() == set(PUBLIC)

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.journal.chain import GENESIS, SEALED, Sealed, canonical, commitment_to, link

ENTRY = Sealed(
    uid=UUID(int=1),
    network=UUID(int=2),
    action="tests.tried",
    actor="operator",
    acting_for="",
    subject_kind="kernel.network",
    subject_uid=UUID(int=2),
    at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    commitment="c" * 64,
)
OTHERS = {
    "uid": UUID(int=9),
    "network": None,
    "action": "tests.denied",
    "actor": "anonymous",
    "acting_for": "operator",
    "subject_kind": "people.person",
    "subject_uid": None,
    "at": datetime(2026, 11, 22, 12, 0, 0, 1, tzinfo=UTC),
    "commitment": "",
}


def test_the_hash_of_a_known_entry_never_changes() -> None:
    """Chains that are written must stay verifiable: a change here breaks every journal there is."""
    assert (
        link(GENESIS, 1, ENTRY)
        == "0bd50881696bae1375db59035b78834f3e42d2fe7ffc0a4337fbd7a373a4894b"
    )


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_changes_in_an_entry_changes_its_hash(name: str) -> None:
    other = ENTRY._replace(**{name: OTHERS[name]})
    assert link(GENESIS, 1, other) != link(GENESIS, 1, ENTRY)


def test_every_column_is_sealed() -> None:
    assert set(OTHERS) == set(Sealed._fields)
    assert len(SEALED) == len(Sealed._fields)


def test_place_and_predecessor_are_in_the_hash() -> None:
    hashes = {link(GENESIS, 1, ENTRY), link(GENESIS, 2, ENTRY), link("f" * 64, 1, ENTRY)}
    assert len(hashes) == 3


def test_the_same_instant_is_the_same_text() -> None:
    rome = ENTRY.at.astimezone(timezone(timedelta(hours=1)))
    assert link(GENESIS, 1, ENTRY._replace(at=rome)) == link(GENESIS, 1, ENTRY)


def test_the_chain_of_an_entry() -> None:
    assert ENTRY.chain == str(UUID(int=2))
    assert ENTRY._replace(network=None).chain == "installation"


words = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(words, st.none() | st.integers() | words | st.lists(words)))
def test_canonical_text_does_not_depend_on_the_order(values: dict[str, object]) -> None:
    backwards = dict(reversed(list(values.items())))
    assert canonical(values) == canonical(backwards)
    assert json.loads(canonical(values)) == values
    assert canonical(values).isascii()


@given(words, words)
def test_a_commitment_binds_to_its_text(one: str, other: str) -> None:
    assert (commitment_to(one, "salt") == commitment_to(other, "salt")) == (one == other)


@dataclass
class Unknown:
    name: str


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"it": Unknown("x")})

"""Elections by round and by tie, also against a walk through all candidates."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.tables.regulation.elections import Elected, Round, elect
from tests.factories.regulations import HALF, ruled


def elections(tie: str = "again", among: str = "voters") -> Any:
    return ruled(
        elections__first_round={"among": among, "part": HALF}, elections__tie=tie
    ).elections


ROUNDS = [
    ("a majority in the first", "again", Round({"a": 6, "b": 4}, 10), Elected(("a",), (), 0, 6, again=False)),
    ("none: another round", "again", Round({"a": 5, "b": 5}, 10), Elected((), (), 1, 6, again=True)),
    ("most votes in the second", "again", Round({"a": 4, "b": 3}, 10, number=2), Elected(("a",), (), 0, 1, again=False)),
    ("level, voted again", "again", Round({"a": 4, "b": 4}, 10, number=2), Elected((), ("a", "b"), 1, 1, again=True)),
    ("level, by lot", "lot", Round({"a": 4, "b": 4}, 10, number=2), Elected((), ("a", "b"), 1, 1, again=False)),
    ("one in, two level", "lot", Round({"a": 5, "b": 4, "c": 4}, 10, posts=2, number=2), Elected(("a",), ("b", "c"), 1, 1, again=False)),
    ("level beyond the posts", "lot", Round({"a": 5, "b": 4, "c": 4}, 10, number=2), Elected(("a",), (), 0, 1, again=False)),
    ("the eldest", "eldest", Round({"a": 4, "b": 4}, 10, number=2, born={"a": date(1980, 1, 1), "b": date(1970, 1, 1)}), Elected(("b",), (), 0, 1, again=False)),
    ("no day of birth", "eldest", Round({"a": 4, "b": 4}, 10, number=2), Elected((), ("a", "b"), 1, 1, again=False)),
    ("born on one day", "eldest", Round({"a": 4, "b": 4}, 10, number=2, born=dict.fromkeys("ab", date(1980, 1, 1))), Elected((), ("a", "b"), 1, 1, again=False)),
    ("nobody votes", "again", Round({"a": 0}, 0, number=2), Elected((), (), 1, 1, again=False)),
]  # fmt: skip


@pytest.mark.parametrize(("tie", "held", "expected"), [each[1:] for each in ROUNDS], ids=[each[0] for each in ROUNDS])  # fmt: skip
def test_each_round(tie: str, held: Round, expected: Elected) -> None:
    assert elect(elections(tie), held) == expected


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 5)),
    st.integers(1, 4),
    st.integers(1, 2),
)
def test_whoever_is_elected_has_more_votes_than_who_is_not(
    votes: dict[str, int], posts: int, number: int
) -> None:
    found = elect(elections("lot"), Round(votes, sum(votes.values()), posts, number))
    ahead = {name for name in votes if votes[name] >= found.needed}
    sure = {
        name
        for name in ahead
        if len([other for other in ahead if votes[other] >= votes[name]]) <= posts
    }
    assert set(found.elected) == sure
    assert found.posts == posts - len(sure)
    assert not set(found.level) & sure
    assert bool(found.level) == (found.posts > 0 and len(ahead) > posts)

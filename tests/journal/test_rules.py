from uuid import UUID

import pytest

from tavolo.journal.rules import may_erase
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor


@pytest.mark.parametrize(
    ("actor", "may"), [(ANONYMOUS, False), (OPERATOR, True), (Actor(person=UUID(int=1)), True)]
)
def test_who_may_erase(actor: Actor, may: bool) -> None:
    assert may_erase(actor) is may

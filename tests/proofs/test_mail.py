"""A thousand letters through a mail server that refuses, hangs, answers twice and dies."""

from collections.abc import Callable

import pytest

from tavolo.messages import transports
from tests.messages.hostile import (
    FAULTS,
    figures,
    hostile,
    send_until_all_is_said,
    unaccounted,
    write_letters,
)
from tests.share import share_of

LETTERS = share_of(1000)


@pytest.mark.prove
@pytest.mark.django_db
def test_a_thousand_letters_are_sent_once_or_reported(
    figure: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transports, "PATIENCE", 0.08)
    write_letters(LETTERS)
    with hostile(2, share=0.15) as server:
        rounds = send_until_all_is_said(server.url)
    figure("mail", rounds=rounds, **figures(server.taken), faults=dict(server.done))
    assert unaccounted(server.taken) == []
    assert set(server.done) == {*FAULTS, "takes it"}

"""A mail server that refuses, hangs, answers twice and dies: each letter exactly once, or reported."""

import pytest

from tavolo.messages import transports
from tavolo.messages.actions import send_waiting
from tavolo.messages.models import Message
from tests.messages.hostile import (
    FAULTS,
    hostile,
    send_until_all_is_said,
    unaccounted,
    write_letters,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transports, "PATIENCE", 0.08)


def test_sixty_letters_are_sent_once_or_reported() -> None:
    write_letters(60)
    with hostile(1, share=0.25) as server:
        send_until_all_is_said(server.url)
    assert unaccounted(server.taken) == []
    assert Message.objects.filter(state="queued").count() == 0
    assert set(server.done) <= {*FAULTS, "takes it"}


def test_a_server_that_is_away_is_left_alone_after_three_letters() -> None:
    write_letters(10)
    with hostile(1, share=0) as server:
        url = server.url
    send_waiting(transports.transport_for(url))
    assert Message.objects.filter(attempts=1).count() == 3

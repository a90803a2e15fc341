"""A worker that is killed while it sends: run with the number of kills, prints its figures.

A warm process forks a child that sends, and kills it at a random moment; the mail server stands in the
parent and counts what it took. Between two kills time passes, so that a letter whose worker died is free.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta

import django

django.setup()

from django.db import connections  # noqa: E402  after Django has been set up

from tavolo.kernel import clock  # noqa: E402
from tavolo.messages.actions import send_waiting  # noqa: E402
from tavolo.messages.choices import MessageState  # noqa: E402
from tavolo.messages.composing import message_id  # noqa: E402
from tavolo.messages.models import Message, MessageEvent  # noqa: E402
from tavolo.messages.transports import transport_for  # noqa: E402
from tests.messages.hostile import hostile, write_letters  # noqa: E402

LETTERS = 3  # a kill: some are sent before it, one perhaps while it comes
LONGEST = 0.12  # seconds until a kill


def time_passes() -> None:
    Message.objects.filter(state=MessageState.QUEUED).update(
        next_attempt_at=clock.now() - timedelta(seconds=1)
    )


def send_and_die(url: str, after: float) -> bool:
    """Whether the kill came before the child was done."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        send_waiting(transport_for(url))
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def prove(kills: int) -> dict[str, int]:
    chance, killed = random.Random(5), 0
    with hostile(5, share=0) as server:
        while killed < kills:
            write_letters(LETTERS)
            time_passes()
            killed += send_and_die(server.url, chance.uniform(0, LONGEST))
        while Message.objects.filter(state=MessageState.QUEUED).exists():
            time_passes()
            send_waiting(transport_for(server.url))
        return counted(killed, server.taken)


def counted(killed: int, taken: Counter[str]) -> dict[str, int]:
    """Nothing is lost, nothing is sent that we do not know of, and a duplicate only where a worker died."""
    rows = {message_id(row): row for row in Message.objects.all()}
    sent = Counter(MessageEvent.objects.filter(kind="sent").values_list("message__uid", flat=True))
    return {
        "killed": killed,
        "letters": len(rows),
        "lost": sum(taken[number] == 0 for number in rows),
        "unknown": len(set(taken) - set(rows)),
        "said_sent_more_than_once": sum(times > 1 for times in sent.values()),
        "duplicates": sum(times - 1 for times in taken.values() if times > 1),
        "more_than_attempted": sum(taken[number] > row.attempts for number, row in rows.items()),
        "not_sent": sum(row.state != MessageState.SENT for row in rows.values()),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prove(int(sys.argv[1]))) + "\n")

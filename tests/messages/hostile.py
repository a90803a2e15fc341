"""A mail server that misbehaves by lot, and the count of what it took against what we say was sent."""

import random
import re
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from tavolo.kernel import clock
from tavolo.messages.actions import enqueue_message, send_waiting
from tavolo.messages.choices import EventKind, MessageState
from tavolo.messages.composing import message_id
from tavolo.messages.models import Message
from tavolo.messages.transports import transport_for

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.MULTILINE | re.IGNORECASE)
HANGS = 0.2  # seconds, longer than the patience that a test has
FAULTS = (
    "4xx to the recipient",
    "4xx to the body",
    "5xx to the recipient",
    "5xx to the body",
    "hangs at the greeting",
    "hangs before the body",
    "hangs after it took the body",
    "answers twice to the recipient",
    "answers twice to the body",
    "says go on twice",
    "drops in the body",
    "drops after it took the body",
    "is away",
)


class Hostile(socketserver.ThreadingTCPServer):
    """Misbehaves for a share of the letters; what it took is counted by Message-ID."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, seed: int, share: float) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.chance, self.share, self.lock = random.Random(seed), share, threading.Lock()
        self.taken: Counter[str] = Counter()
        self.done: Counter[str] = Counter()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def fault(self) -> str:
        """What goes wrong with the next letter, "" where nothing does."""
        with self.lock:
            told = self.chance.choice(FAULTS) if self.chance.random() < self.share else ""
            self.done[told or "takes it"] += 1
            return told

    def take(self, body: bytes) -> None:
        found = MESSAGE_ID.search(body)
        assert found is not None
        with self.lock:
            self.taken[found[1].decode()] += 1


class Talk(socketserver.StreamRequestHandler):
    server: Hostile

    def handle(self) -> None:
        self.wrong = self.server.fault()
        if self.wrong == "is away":
            return
        if self.wrong == "hangs at the greeting":
            time.sleep(HANGS)
            return
        try:
            self.say("220 hostile")
            while (line := self.rfile.readline()) and self.answer(line.decode().split()[0].upper()):
                pass
        except OSError:
            # The other side has lost its patience.
            return

    def answer(self, word: str) -> bool:
        """Whether the conversation goes on."""
        if word == "QUIT":
            self.say("221 bye")
            return False
        if word == "RCPT":
            return self.recipient()
        if word == "DATA":
            return self.body()
        self.say("250 ok")
        return True

    def recipient(self) -> bool:
        told = {"4xx to the recipient": "451 later", "5xx to the recipient": "550 5.1.1 unknown"}
        self.say(told.get(self.wrong, "250 ok"))
        if self.wrong == "answers twice to the recipient":
            self.say("250 ok")
        return True

    def body(self) -> bool:
        self.say("354 go on")
        if self.wrong == "says go on twice":
            self.say("354 go on")
        if self.wrong == "drops in the body":
            return False
        if self.wrong == "hangs before the body":
            time.sleep(HANGS)
            return False
        lines = list(iter(self.rfile.readline, b".\r\n"))
        if b"" in lines[-1:]:
            return False
        return self.after(b"".join(lines))

    def after(self, body: bytes) -> bool:
        if self.wrong.endswith("xx to the body"):
            self.say("451 4.3.0 later" if self.wrong.startswith("4") else "554 5.7.1 no")
            return True
        self.server.take(body)
        if self.wrong == "hangs after it took the body":
            time.sleep(HANGS)
            return False
        if self.wrong == "drops after it took the body":
            return False
        self.say("250 taken")
        if self.wrong == "answers twice to the body":
            self.say("250 taken")
        # Another letter over the same line has its own luck.
        self.wrong = self.server.fault()
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def hostile(seed: int, *, share: float = 0.4) -> Iterator[Hostile]:
    server = Hostile(seed, share)
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    ).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def write_letters(number: int) -> None:
    for each in range(number):
        enqueue_message(
            to=f"persona{each}@rete.example", subject=f"Lettera {each}", text=f".\nNumero {each}.\n"
        )


def send_until_all_is_said(url: str, *, round_over: Callable[[], None] = lambda: None) -> int:
    """Round after round, as if each pause were over, until nothing waits; returns the rounds."""
    rounds = 0
    waiting = Message.objects.filter(state=MessageState.QUEUED)
    while waiting.exists():
        assert rounds < 2000, "letters wait for ever"
        waiting.update(next_attempt_at=clock.now() - timedelta(seconds=1))
        send_waiting(transport_for(url))
        round_over()
        rounds += 1
    return rounds


def unaccounted(taken: Counter[str]) -> list[str]:
    """The letters of which we say something else than the server, one line each.

    Taken once and said to be sent; taken more often, or taken and said to be refused, with the note that
    this was not certain; or refused, and not taken.
    """
    found = []
    for message in Message.objects.prefetch_related("events"):
        times = taken[message_id(message)]
        unsure = any(event.kind == EventKind.UNCERTAIN for event in message.events.all())
        once = times == 1 and message.state == MessageState.SENT
        told = times > 0 and unsure and message.state in {MessageState.SENT, MessageState.REFUSED}
        refused = times == 0 and message.state == MessageState.REFUSED
        if not (once or told or refused):
            found.append(f"{message.subject}: taken {times} times, {message.state}")
    return found


def figures(taken: Counter[str]) -> dict[str, int]:
    states = Counter(Message.objects.values_list("state", flat=True))
    return {
        "letters": sum(states.values()),
        "sent": states[MessageState.SENT],
        "refused_and_said": states[MessageState.REFUSED],
        "taken_once": sum(times == 1 for times in taken.values()),
        "taken_twice_and_said": sum(times > 1 for times in taken.values()),
        "unaccounted": len(unaccounted(taken)),
    }

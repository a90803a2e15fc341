"""A mail server of a few lines: takes what is sent, or answers with the code that a test wants."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile


class Mailbox(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.letters: list[str] = []
        self.connections = 0
        self.answers: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Talk(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.server.connections += 1
        self.say("220 stub")
        for line in self.rfile:
            word = line.decode().split()[0].upper()
            if word == "QUIT":
                self.say("221 bye")
                return
            self.say(self.server.answers.get(word, "354 go on" if word == "DATA" else "250 ok"))
            if word == "DATA" and word not in self.server.answers:
                self.server.letters.append(self.body())
                self.say(self.server.answers.get("BODY", "250 taken"))

    def body(self) -> str:
        # Whoever goes away in the middle of a letter sends nothing more, for ever.
        ends = {b".\r\n", b""}
        return b"".join(takewhile(lambda line: line not in ends, self.rfile)).decode()

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    server = Mailbox()
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    ).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

"""An IMAP server of a few lines, with a folder of messages, that can hang, lie, talk nonsense or die."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

USER, PASSWORD = "rete@pec.example", 'se"gre\\to'


class ImapServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.messages: dict[int, bytes] = {}
        self.validity = 7
        self.seen: set[int] = set()
        self.commands: list[str] = []
        self.sizes: dict[int, int] = {}
        # What stands here is answered in place of the command whose name it has; None hangs.
        self.instead: dict[str, bytes | None] = {}
        # After so many messages the connection dies.
        self.dies_after: int | None = None
        self.released = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def fetched(self) -> list[int]:
        found = [re.search(r"UID FETCH (\d+) \(UID BODY", each) for each in self.commands]
        return [int(each[1]) for each in found if each]


class Talk(socketserver.StreamRequestHandler):
    server: ImapServer

    def handle(self) -> None:
        self.say(self.server.instead.get("GREETING", b"* OK stub"))
        for line in self.rfile:
            tag, _blank, command = line.decode("latin-1").rstrip("\r\n").partition(" ")
            self.server.commands.append(command)
            name = (
                " ".join(command.split()[:2]) if command.startswith("UID") else command.split()[0]
            )
            if name in self.server.instead:
                told = self.server.instead[name]
                if told is None:
                    self.server.released.wait(20)
                    return
                self.say(told.replace(b"TAG", tag.encode()))
                continue
            if not self.answer(tag, name, command):
                return

    def answer(self, tag: str, name: str, command: str) -> bool:
        if name == "CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1")
        elif name == "LOGIN":
            if command != rf'LOGIN "{USER}" "se\"gre\\to"':
                self.say(f"{tag} NO wrong".encode())
                return True
        elif name in {"SELECT", "EXAMINE"}:
            if '"INBOX"' not in command:
                self.say(f"{tag} NO no such folder".encode())
                return True
            self.say(f"* {len(self.server.messages)} EXISTS".encode())
            self.say(f"* OK [UIDVALIDITY {self.server.validity}] valid".encode())
        elif name == "UID SEARCH":
            first = int(re.findall(r"UID (\d+):\*", command)[0])
            uids = sorted(self.server.messages)
            found = [each for each in uids if each >= first] or uids[-1:]
            self.say(("* SEARCH " + " ".join(map(str, found))).encode())
        elif name == "UID FETCH":
            return self.fetch(tag, command)
        elif name == "UID STORE":
            self.server.seen.add(int(command.split()[2]))
        self.say(f"{tag} OK done".encode())
        return True

    def fetch(self, tag: str, command: str) -> bool:
        uid = int(command.split()[2])
        content = self.server.messages[uid]
        if "RFC822.SIZE" in command:
            size = self.server.sizes.get(uid, len(content))
            self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {size})".encode())
        else:
            if (
                self.server.dies_after is not None
                and len(self.server.fetched()) > self.server.dies_after
            ):
                self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode())
                self.wfile.write(content[: len(content) // 2])
                return False
            self.wfile.write(f"* 1 FETCH (UID {uid} BODY[] {{{len(content)}}}\r\n".encode())
            self.wfile.write(content)
            self.say(b")")
        self.say(f"{tag} OK done".encode())
        return True

    def say(self, line: bytes | None) -> None:
        if line is None:
            self.server.released.wait(20)
            return
        with suppress(OSError):
            self.wfile.write(line + b"\r\n")


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    with ImapServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()

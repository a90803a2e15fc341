import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.config import demonstration
from tavolo.config.commands.demonstration import sign_in_lines
from tavolo.config.commands.terminal import Subjects, command, say
from tavolo.config.progress import progress
from tavolo.config.setup import collect_static
from tavolo.config.upgrade import pending
from tavolo.config.worker import WorkLoop
from tavolo.kernel.errors import Refusal
from tavolo.registry.demo import sign_ins

THREADS = 4
RESTART_AFTER = 1.0


class NotMigrated(Refusal):
    sentence = gettext_lazy("The database is not of this version.")
    advice = gettext_lazy("Run `tavolo migrate` first.")


def add_serve(subjects: Subjects) -> None:
    parser = command(subjects, "serve", _("Serve the pages."), run_serve)
    parser.add_argument("--host", default="127.0.0.1", help=_("where to listen"))
    parser.add_argument("--port", type=int, default=8000, help=_("where to listen"))
    parser.add_argument(
        "--processes", type=int, default=1, help=_("how many; one serves a province")
    )
    parser.add_argument("--with-worker", action="store_true", help=_("with a worker beside it"))
    parser.add_argument(
        "--with-demo",
        action="store_true",
        help=_("prepare the database and load the demonstration"),
    )


def add_work(subjects: Subjects) -> None:
    parser = command(subjects, "work", _("Do the background jobs."), run_work)
    parser.add_argument("--parent", type=int, help=_("end when this process is gone"))


def run_work(options: argparse.Namespace) -> None:
    WorkLoop(parent=options.parent).run()


def run_serve(options: argparse.Namespace) -> None:
    """Serve until stopped. Refuses with NotMigrated a database of another version."""
    if options.with_demo:
        demonstration.load(
            seed=1, on=None, progress=progress(_("Municipalities of Italy")), say=say
        )
    elif pending():
        raise NotMigrated
    collect_static()
    with worker_beside(wanted=options.with_worker):
        if options.with_demo:
            for line in sign_in_lines(sign_ins()):
                say(line)
        say(
            _("Open http://%(host)s:%(port)d (stop with Ctrl-C)")
            % {
                "host": "localhost" if options.host == "127.0.0.1" else options.host,
                "port": options.port,
            }
        )
        listen(options)


def listen(options: argparse.Namespace) -> None:
    # Imported here: the server's library is for this command alone.
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "tavolo.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=THREADS,
        log_enabled=False,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


@contextmanager
def worker_beside(*, wanted: bool) -> Iterator[None]:
    """A worker as a child of this process: started again where it dies, ended where this one ends."""
    if not wanted:
        yield
        return
    companion = Companion([sys.executable, "-m", "tavolo", "work", "--parent", str(os.getpid())])
    companion.start()
    try:
        yield
    finally:
        companion.end()


class Companion(threading.Thread):
    """Keeps one child process running until `end`."""

    def __init__(self, command: list[str]) -> None:
        super().__init__(daemon=True)
        self.command = command
        self.over = threading.Event()
        self.child = self._begin()

    def run(self) -> None:
        while not self.over.is_set():
            self.child.wait()
            if not self.over.wait(RESTART_AFTER):
                self.child = self._begin()

    def end(self) -> None:
        """Ask the child to finish what it does, and wait for it."""
        self.over.set()
        self.child.send_signal(signal.SIGTERM)
        self.child.wait()

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self.command, stdin=subprocess.DEVNULL)

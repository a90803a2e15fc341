import argparse
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.config import demonstration
from tavolo.config.commands.demonstration import sign_in_lines
from tavolo.config.commands.terminal import Subjects, command, say
from tavolo.config.progress import progress
from tavolo.config.setup import collect_static, lay_territory
from tavolo.config.upgrade import pending
from tavolo.config.worker import WorkLoop
from tavolo.desk import beginning
from tavolo.kernel.errors import Refusal
from tavolo.registry.demo import sign_ins

THREADS = 4
SIGNALLED_WITHIN, KILLED_AFTER = 1, 10


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
    command(subjects, "work", _("Do the background jobs."), run_work)


def run_work(_options: argparse.Namespace) -> None:
    WorkLoop().run()


def run_serve(options: argparse.Namespace) -> None:
    """Serve until stopped. Refuses with NotMigrated a database of another version."""
    if options.with_demo:
        demonstration.load(
            seed=1, on=None, progress=progress(_("Municipalities of Italy")), say=say
        )
    elif pending():
        raise NotMigrated
    collect_static()
    say_how_to_begin(options)
    with worker_beside(wanted=options.with_worker):
        if options.with_demo:
            for line in sign_in_lines(sign_ins()):
                say(line)
        say(_("Open http://%(host)s:%(port)d (stop with Ctrl-C)") % where(options))
        listen(options)


def where(options: argparse.Namespace) -> dict[str, object]:
    host = "localhost" if options.host == "127.0.0.1" else options.host
    return {"host": host, "port": options.port}


def say_how_to_begin(options: argparse.Namespace) -> None:
    """Where there is neither network nor account: lay the municipalities, and print the code that begins."""
    if beginning.has_begun():
        beginning.end()
        return
    lay_territory(progress(_("Municipalities of Italy")))
    say(_("Here is no network yet. Begin at http://%(host)s:%(port)d/inizio/") % where(options))
    say(_("with this code, valid for a day, once: %(code)s") % {"code": beginning.new_code()})


def listen(options: argparse.Namespace) -> None:
    # Imported here: the server's library is for this command alone.
    from granian import Granian
    from granian.constants import Interfaces

    class Server(Granian):  # type: ignore[misc, valid-type]
        def _stop_workers(self) -> None:
            # Ctrl-C reaches the workers too, and a second signal makes them hang: they are waited for first.
            for worker in self.wrks:
                worker.join(SIGNALLED_WITHIN)
            super()._stop_workers()

    server = Server(
        "tavolo.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=THREADS,
        log_enabled=False,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=KILLED_AFTER,
    )
    try:
        server.serve()
    except SystemExit:
        # It calls Ctrl-C a fault of its workers; whoever pressed it does not.
        if not server.interrupt_signal:
            raise


@contextmanager
def worker_beside(*, wanted: bool) -> Iterator[None]:
    """A worker as a child of this process: started again where it dies, ended where this one ends."""
    if not wanted:
        yield
        return
    command = [sys.executable, "-m", "tavolo.config.companion"]
    companion = subprocess.Popen([*command, sys.executable, "-m", "tavolo", "work"])
    try:
        yield
    finally:
        companion.send_signal(signal.SIGTERM)
        companion.wait()

"""`kill -9` of server and worker in the middle of writes: what was acknowledged is there, once; all else moves on."""

import http.client
import http.cookiejar
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from tests.journeys.site import environment, free_port, wait_until_well
from tests.journeys.test_rights import Still
from tests.proofs.installations import Installation, installation
from tests.share import share_of

pytestmark = pytest.mark.prove

ROUNDS = share_of(100)
WRITERS, UPLOADERS = 4, 2

AFTERWARDS = """
import json, time, django
django.setup()
from collections import Counter
from django_tasks_db.models import DBTaskResult
from tavolo.journal.models import Entry
from tavolo.kernel import schedule
from tavolo.kernel.models import AnnouncedFact
from tavolo.documents.models import Document, Version
from tavolo.kernel.blobs import open_blob
from tavolo.registry.models import Organisation
import hashlib

def whole(version):
    with open_blob(version.digest) as stream:
        content = stream.read()
    told = hashlib.sha256(content).hexdigest(), len(content)
    return told == (version.digest, version.size) and version.blob.doomed_at is None

def waiting():
    return AnnouncedFact.objects.filter(delivered_at=None).count() + DBTaskResult.objects.exclude(
        status__in=["SUCCESSFUL", "FAILED"]).count()

names = Counter(Organisation.objects.filter(name__startswith="Proof ").values_list("name", flat=True))
entries = Entry.objects.filter(action="registry.organisation_added").values_list("subject_uid", flat=True)
until = time.monotonic() + 90
while waiting() and time.monotonic() < until:
    time.sleep(0.5)
print(json.dumps({
    "names": names,
    "journaled": len({str(uid) for uid in entries} & {str(uid) for uid in
        Organisation.objects.filter(name__startswith="Proof ").values_list("uid", flat=True)}),
    "titles": Counter(Document.objects.filter(title__startswith="Proof ").values_list("title", flat=True)),
    "not_whole": sum(not whole(row) for row in Version.objects.select_related("blob")),
    "undelivered": AnnouncedFact.objects.filter(delivered_at=None).count(),
    "stuck_jobs": DBTaskResult.objects.exclude(status__in=["SUCCESSFUL", "FAILED"]).count(),
    "failed_jobs": DBTaskResult.objects.filter(status="FAILED").count(),
}))
"""


class Machine:
    """A server and a worker that are killed and started again, always on the same port."""

    def __init__(self, here: Installation) -> None:
        self.here, self.port = here, free_port()
        self.url = f"http://localhost:{self.port}"
        self.kills = 0
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str) -> None:
        commands = {"serve": ["serve", "--port", str(self.port)], "work": ["work"]}
        for name in names or commands:
            with (self.here.home / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [sys.executable, "-m", "tavolo", *commands[name]],
                    env=environment(self.here.home, TAVOLO_BASE_URL=self.url, **self.here.urls),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    def kill(self, name: str) -> None:
        """All processes of the server, or the worker, without a word of warning."""
        with suppress(ProcessLookupError):
            os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()
        self.kills += 1


class Writer(threading.Thread):
    """Adds organisations one after the other; what is not acknowledged is sent again with the same key."""

    def __init__(self, url: str, cookies: http.cookiejar.CookieJar, number: int) -> None:
        super().__init__(daemon=True)
        self.url, self.number = url, number
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(cookies), Still()
        )
        self.acknowledged: list[str] = []
        self.resent = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            name, key = f"Proof {self.number} {len(self.acknowledged)}", str(uuid4())
            while not self.send(self.asked(name, key)):
                self.resent += 1
                time.sleep(0.1)
            self.acknowledged.append(name)

    def asked(self, name: str, key: str) -> urllib.request.Request:
        fields = {
            "name": name,
            "kind": "association",
            "form_key": key,
            "network": "milano",
            "role": "participant",
        }
        return urllib.request.Request(
            f"{self.url}/lavoro/organizzazioni/nuova/",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Origin": self.url},
        )

    def told(self, address: str) -> None:
        """Where what was done is to be seen."""

    def send(self, request: urllib.request.Request) -> bool:
        try:
            with self.opener.open(request, timeout=10):
                pass
        except urllib.error.HTTPError as answer:
            if answer.code == 302:
                self.told(answer.headers["Location"])
                return True
            if answer.code < 500:
                raise AssertionError(f"{answer.code}: {answer.read()[:400]!r}") from answer
            return False
        except OSError:
            return False
        except Exception:  # noqa: BLE001 - a killed server may break off in the middle of an answer
            return False
        raise AssertionError("the form was shown again instead of being carried out")


class Uploader(Writer):
    """Adds documents, and looks at each that was acknowledged: it is there whole, or the server is not."""

    holder = ""
    looked_at = 0

    def asked(self, name: str, key: str) -> urllib.request.Request:
        fields = {
            "form_key": key,
            "title": name,
            "visibility": "public",
            "retention": "ordinary",
            "language": "it",
        }
        body, boundary = uploaded(fields, content_of(name))
        return urllib.request.Request(
            f"{self.url}/lavoro/documenti/organisation/{self.holder}/nuovo/",
            data=body,
            headers={
                "Origin": self.url,
                "Content-Type": f"multipart/form-data; boundary={boundary}",
            },
        )

    def told(self, address: str) -> None:
        name = f"Proof {self.number} {len(self.acknowledged)}"
        try:
            with urllib.request.urlopen(f"{self.url}{address}prova.txt", timeout=10) as answer:
                served = answer.read()
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                raise AssertionError(f"{name}: {answer.code}") from answer
        except (OSError, http.client.HTTPException):
            return
        else:
            assert served == content_of(name), name
            self.looked_at += 1


def content_of(name: str) -> bytes:
    """Half a megabyte of text, another for each name."""
    return "".join(f"{name} riga {line}\n" for line in range(25_000)).encode()


def uploaded(fields: dict[str, str], content: bytes) -> tuple[bytes, str]:
    """A form with a file, as browsers send it."""
    boundary = uuid4().hex
    told = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="prova.txt"\r\n\r\n'
    )
    return b"".join(
        ("".join(told).encode(), head.encode(), content, f"\r\n--{boundary}--\r\n".encode())
    ), boundary


def signed_in(machine: Machine, account: dict[str, str]) -> http.cookiejar.CookieJar:
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Still())
    data = urllib.parse.urlencode({"login": account["email"], "password": account["password"]})
    request = urllib.request.Request(
        f"{machine.url}/accesso/", data=data.encode(), headers={"Origin": machine.url}
    )
    with pytest.raises(urllib.error.HTTPError) as answer:
        opener.open(request, timeout=20)
    assert answer.value.code == 302
    return jar


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    with installation(tmp_path / "home", request.param) as here:
        here.run("demo", "--on", "2026-11-22")
        machine = Machine(here)
        machine.start()
        wait_until_well(machine.url)
        yield machine
        for name in machine.processes:
            machine.kill(name)


def test_nothing_acknowledged_is_lost(machine: Machine, figure: Callable[..., None]) -> None:
    chance = random.Random(4)
    account = json.loads(run_in(machine, SECRETARY))
    kinds = [Writer] * WRITERS + [Uploader] * UPLOADERS
    writers = [kind(machine.url, signed_in(machine, account), n) for n, kind in enumerate(kinds)]
    Uploader.holder = account["holder"]
    for writer in writers:
        writer.start()
    for _round in range(ROUNDS):
        for name in ("serve", "work"):
            time.sleep(chance.uniform(0.02, 0.5))
            machine.kill(name)
        machine.start()
        wait_until_well(machine.url)
    for writer in writers:
        writer.over.set()
    for writer in writers:
        writer.join(60)
    result = json.loads(run_in(machine, AFTERWARDS))
    acknowledged = [name for writer in writers[:WRITERS] for name in writer.acknowledged]
    uploaders = [writer for writer in writers if isinstance(writer, Uploader)]
    files = [name for writer in uploaders for name in writer.acknowledged]
    figure(
        "kills",
        database="postgresql" if machine.here.urls else "sqlite",
        kills=machine.kills,
        acknowledged=len(acknowledged),
        sent_again=sum(writer.resent for writer in writers),
        files=len(files),
        files_read_at_once=sum(writer.looked_at for writer in uploaders),
        **{key: value for key, value in result.items() if key not in {"names", "titles"}},
    )
    assert result["names"] == dict.fromkeys(acknowledged, 1)
    assert result["titles"] == dict.fromkeys(files, 1)
    assert result["not_whole"] == 0
    assert result["journaled"] == len(acknowledged)
    assert (result["undelivered"], result["stuck_jobs"], result["failed_jobs"]) == (0, 0, 0)
    machine.here.run("check")


SECRETARY = """
import json, django
django.setup()
from dataclasses import asdict
from tavolo.registry.demo import sign_ins
from tavolo.registry.models import Organisation
holder = Organisation.objects.get(code="comune-di-rozzano").uid
told = [asdict(a) for a in sign_ins() if a.role_key == "secretary"][0]
print(json.dumps(told | {"holder": str(holder)}))
"""


def run_in(machine: Machine, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(
            machine.here.home, DJANGO_SETTINGS_MODULE="tavolo.config.settings", **machine.here.urls
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout

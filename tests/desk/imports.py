"""A file in the hands of a browser: uploaded, worked on, looked at."""

import re
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tavolo.imports.models import Batch
from tavolo.kernel.models import NetworkSetting
from tests.desk.conftest import Valley

HERE = "/lavoro/reti/valle/importa/"
KIND = f"{HERE}valori-di-prova/"


def work() -> None:
    """The worker, here and now: it does what waits."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="here",
        excluded_queue_names=[],
    )
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        worker.run_task(job)


def hidden(page: str) -> dict[str, str]:
    """What a form sends along without being asked."""
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))


def upload(client: Client, content: bytes, name: str = "valori.csv", **more: Any) -> HttpResponse:
    told = {"form_key": str(uuid4()), "file": SimpleUploadedFile(name, content), **more}
    return client.post(KIND, told)


def uploaded(client: Client, content: bytes, name: str = "valori.csv", **more: Any) -> Batch:
    """The batch of a file that was uploaded and worked on."""
    answer = upload(client, content, name, **more)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return Batch.objects.latest("id")


def where(batch: Batch, beneath: str = "") -> str:
    return f"{HERE}caricamenti/{batch.uid}/{beneath}"


def shown(client: Client, batch: Batch, beneath: str = "") -> str:
    answer = client.get(where(batch, beneath))
    assert answer.status_code == 200, answer.get("Location")
    return answer.content.decode()


def send(client: Client, batch: Batch, beneath: str, **told: Any) -> HttpResponse:
    """Send the form of a page with what is hidden in it."""
    page = shown(client, batch, beneath)
    return client.post(where(batch, beneath), {**hidden(page), **told})


def done(client: Client, batch: Batch, beneath: str, **told: Any) -> Batch:
    """The same, carried out, and worked on."""
    answer = send(client, batch, beneath, **told)
    assert answer.status_code == 302, answer.content.decode()
    work()
    batch.refresh_from_db()
    return batch


def there(valley: Valley) -> dict[str, Any]:
    rows = NetworkSetting.objects.filter(network=valley.network).exclude(key__contains=".")
    return dict(rows.values_list("key", "value"))

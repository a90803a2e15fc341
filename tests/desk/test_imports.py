"""The screens of the import engine, from the upload of a file to its undoing."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tavolo.imports.models import Batch
from tavolo.kernel.models import NetworkSetting
from tests.desk.conftest import Valley
from tests.imports.toy import csv_of, registered

HERE = "/lavoro/reti/valle/importa/"
KIND = f"{HERE}valori-di-prova/"


@pytest.fixture(autouse=True)
def toy(settings: Any, tmp_path: Any) -> Iterator[Any]:
    settings.TAVOLO_HOME = tmp_path
    with registered() as kind:
        yield kind


def work() -> None:
    """The worker, here and now: it does what waits."""
    told = {"queue_names": ["*"], "interval": 0, "batch": True, "backend_name": "default"}
    more = {"startup_delay": False, "max_tasks": None, "worker_id": "t", "excluded_queue_names": []}
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        Worker(**told, **more).run_task(job)


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))


def upload(client: Client, content: bytes, name: str = "valori.csv", **more: str) -> HttpResponse:
    told = {"form_key": str(uuid4()), "file": SimpleUploadedFile(name, content), **more}
    return client.post(KIND, told)


def uploaded(client: Client, content: bytes, name: str = "valori.csv", **more: str) -> Batch:
    answer = upload(client, content, name, **more)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return Batch.objects.latest("id")


def page_of(client: Client, batch: Batch, beneath: str = "") -> str:
    answer = client.get(f"{HERE}caricamenti/{batch.uid}/{beneath}")
    assert answer.status_code == 200, answer.get("Location")
    return answer.content.decode()


def send(client: Client, batch: Batch, beneath: str, **told: str) -> HttpResponse:
    """Send the form of a page as a browser would, with what is hidden in it."""
    page = page_of(client, batch, beneath)
    return client.post(f"{HERE}caricamenti/{batch.uid}/{beneath}", {**hidden(page), **told})


def there(valley: Valley) -> dict[str, Any]:
    return dict(NetworkSetting.objects.filter(network=valley.network).values_list("key", "value"))


def test_a_file_is_uploaded_checked_imported_and_undone(
    as_secretary: Client, valley: Valley
) -> None:
    answer = upload(as_secretary, csv_of(("a", 1, ""), ("b", 2, "")))
    batch = Batch.objects.get()
    where = f"{HERE}caricamenti/{batch.uid}/"
    assert answer["Location"] == where
    waiting = as_secretary.get(where)
    assert waiting["Refresh"] == f"1; url={where}"
    work()
    checked = as_secretary.get(where)
    assert "Refresh" not in checked
    assert there(valley) == {}
    page = checked.content.decode()
    assert send(as_secretary, batch, "conferma/").status_code == 302
    work()
    assert there(valley) == {"a": 1, "b": 2}
    page_of(as_secretary, batch)
    assert send(as_secretary, batch, "annulla/")["Location"] == where
    work()
    assert there(valley) == {}
    batch.refresh_from_db()
    assert batch.state == "undone"
    page_of(as_secretary, batch)

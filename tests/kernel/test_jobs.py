from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tavolo.kernel import blobs, clock
from tavolo.kernel.idempotency import once
from tavolo.kernel.models import Blob, FormKey
from tavolo.kernel.schedule import periodic_jobs, run_periodic


def test_kernel_tidies_each_hour_and_sweeps_four_times_a_day():
    found = {job.key: job.every for job in periodic_jobs if job.key.startswith("kernel.")}
    assert found == {
        "kernel.jobs.tidy": timedelta(hours=1),
        "kernel.jobs.sweep_blobs": timedelta(hours=6),
    }


@pytest.mark.django_db
def test_tidying_forgets_old_form_keys_and_finished_jobs():
    long_ago = clock.now() - timedelta(days=40)
    once(uuid4(), by=UUID(int=1), do=lambda: "/")
    FormKey.objects.update(created_at=long_ago)
    DBTaskResult.objects.create(
        status=TaskResultStatus.SUCCESSFUL,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x",
        backend_name="default",
        run_after=long_ago,
        finished_at=long_ago,
    )
    run_periodic.call("kernel.jobs.tidy")
    assert (FormKey.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_the_sweep_goes_by_itself(settings, tmp_path):
    settings.TAVOLO_HOME = tmp_path
    row = blobs.store([b"verbale"])
    Blob.objects.update(doomed_at=clock.now() - timedelta(days=2))
    run_periodic.call("kernel.jobs.sweep_blobs")
    assert not Blob.objects.filter(pk=row.pk).exists()

"""Each dangerous act of the work area asks again who has proved it longer ago than a quarter of an hour."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tests.desk.conftest import Valley

SOMEBODY = UUID(int=7)
HERE = "/lavoro/reti/valle/"
DANGEROUS = [
    f"{HERE}persone/segreteria/",
    f"{HERE}persone/incarichi/{SOMEBODY}/",
    f"{HERE}persone/dati/{SOMEBODY}/cancella/",
    f"{HERE}sostituti/nuovo/",
    f"{HERE}consegne/",
    f"{HERE}pec/casella/",
    "/lavoro/organizzazioni/casa-dei-sentieri/porta-via/",
    "/accesso/gettoni/",
    "/accesso/email/",
]


@pytest.mark.parametrize("address", DANGEROUS)
def test_it_asks_again_before_anything_is_done(
    valley: Valley, as_secretary: Client, address: str
) -> None:
    before = Entry.objects.count()
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        answer = as_secretary.post(address, {"words": "x"})
        assert answer.status_code == 302
        assert answer["Location"] == f"/accesso/conferma/?next={quote(address, safe='')}"
    assert Entry.objects.count() == before

"""Two months more for an answer about personal data (GDPR, art. 12(3)): once, in time, with a reason and a letter."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed, StaleVersion
from tavolo.kernel.models import AnnouncedFact
from tavolo.people.actions import answer_request, extend_request, receive_request
from tavolo.people.due import Requests
from tavolo.people.errors import (
    AlreadyAnswered,
    AlreadyExtended,
    ExtensionReasonMissing,
    TooLateToExtend,
)
from tavolo.people.models import CorrectionRequest
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley
from tests.factories.people import an_account, secretary_of, sign_in, with_second_factor
from tests.factories.registry import a_founded_network

CAME = datetime(2026, 1, 31, 10, tzinfo=UTC)
# The month ends on a Saturday: it passes to Monday; so does the end of the third, which is a Thursday.
MONTH, THREE = date(2026, 3, 2), date(2026, 4, 30)
WHY = "Le richieste arrivate insieme sono quaranta"


@pytest.fixture
def asked(valley: Valley) -> CorrectionRequest:
    with time_machine.travel(CAME):
        return receive_request(
            page="/reti/valle/",
            wish="removal",
            name="Ada",
            email="ada@x.example",
            text="Via il mio nome.",
            by=ANONYMOUS,
        )


def extended(row: CorrectionRequest, on: date = MONTH, **changes: object) -> CorrectionRequest:
    told = {"request": row, "version": row.version, "reason": WHY, "by": OPERATOR}
    with time_machine.travel(datetime(on.year, on.month, on.day, 12, tzinfo=UTC)):
        return extend_request(**{**told, **changes})  # type: ignore[arg-type]


def here(row: CorrectionRequest) -> str:
    return f"/lavoro/reti/valle/richieste/{row.uid}/proroga/"


def last_day(valley: Valley) -> date | None:
    (told,) = Requests().due(secretary_of(valley.network), on=MONTH, until=MONTH)
    return told.last_day


def test_the_term_is_three_months_and_who_asked_is_told_why(
    valley: Valley, asked: CorrectionRequest
) -> None:
    assert last_day(valley) == MONTH
    extended(asked)
    assert last_day(valley) == THREE
    letter = mail.outbox[-1]
    assert letter.to == ["ada@x.example"]
    assert all(words in letter.body for words in ("30 aprile 2026", WHY, "Garante"))
    entry = Entry.objects.get(action="people.request_extended")
    assert entry.values == {"until": THREE.isoformat(), "reason": WHY}
    assert AnnouncedFact.objects.filter(key__endswith="CorrectionExtended").count() == 1


def test_it_is_done_once_in_time_by_who_answers_and_with_a_reason(
    valley: Valley, asked: CorrectionRequest
) -> None:
    other = secretary_of(a_founded_network("altra", "Altra"))
    for by in (ANONYMOUS, other):
        with pytest.raises(NotAllowed):
            extended(asked, by=by)
    with pytest.raises(ExtensionReasonMissing):
        extended(asked, reason=" ")
    with pytest.raises(TooLateToExtend):
        extended(asked, on=date(2026, 3, 3))
    with pytest.raises(StaleVersion):
        extended(asked, version=7)
    extended(asked)
    with pytest.raises(AlreadyExtended):
        extended(asked, version=2)
    with time_machine.travel(CAME):
        told = {"state": "removed", "answer": "Fatto.", "by": OPERATOR}
        answer_request(request=asked, version=2, **told)
    with pytest.raises(AlreadyAnswered):
        extended(asked, version=3)


def test_by_the_page_it_is_done_after_one_form(
    valley: Valley, as_secretary: Client, asked: CorrectionRequest
) -> None:
    CorrectionRequest.objects.update(received_at=datetime.now(UTC))
    row = CorrectionRequest.objects.get()
    letters = len(mail.outbox)
    page = as_secretary.get(f"/lavoro/reti/valle/richieste/{row.uid}/").text
    assert here(row) in page
    assert as_secretary.get(here(row)).status_code == 200
    told = {"form_key": str(uuid4()), "version": 1, "reason": ""}
    assert as_secretary.post(here(row), told).context["form"].form.errors.keys() == {"reason"}
    for _click in range(2):
        assert as_secretary.post(here(row), {**told, "reason": WHY}).status_code == 302
    assert len(mail.outbox) == letters + 1
    page = as_secretary.get(f"/lavoro/reti/valle/richieste/{row.uid}/").text
    assert (here(row) in page, WHY in page) == (False, True)
    assert as_secretary.get(here(row)).status_code == 404
    receipt = SameSiteClient().get(f"/dati-personali/{row.code}/").text
    assert ("Il termine è stato prorogato" in receipt, WHY in receipt) == (True, False)


def test_a_stranger_finds_nothing_to_extend(valley: Valley, asked: CorrectionRequest) -> None:
    stranger = sign_in(SameSiteClient(), with_second_factor(an_account("x@y.example")))
    told = {"form_key": str(uuid4()), "version": 1, "reason": WHY}
    assert stranger.get(here(asked)).status_code == 404
    assert stranger.post(here(asked), told).status_code == 404
    asked.refresh_from_db()
    assert asked.extended_at is None

"""Notices, applications and their checks, as they stand once they were received."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.tables.actions.checking import answer_items, begin_check, conclude_check
from tavolo.tables.actions.checking.looking import Said
from tavolo.tables.models import (
    Application,
    ApplicationDelegate,
    Body,
    Check,
    ChecklistItem,
    Notice,
)
from tests.factories.registry import a_participant
from tests.factories.tables import a_body

_numbers = count(1)
CLOSED = datetime.fromisoformat("2026-10-30T11:00:00+00:00")


def a_notice(network: Network, body: Body | None = None, **values: Any) -> Notice:
    """Published, closed on 30 October 2026 at noon in Rome; two requirements."""
    number = next(_numbers)
    told = {
        "requirements": "- Sede nel territorio\n- Scopo statutario pertinente",
        "act": "determina 7/2026",
        "opens_at": CLOSED - timedelta(30),
        "closes_at": CLOSED,
        "ends_at": None,
        **values,
    }
    row = Notice(
        network=network,
        body=body or a_body(network),
        name=f"Avviso {number}",
        code=f"avviso-{number}",
        created_at=clock.now(),
        published_at=told["opens_at"],
        **told,
    )
    row.fold()
    row.save()
    return row


def an_application(notice: Notice, **values: Any) -> Application:
    """Received in time from an organisation of the register, with an address."""
    number = next(_numbers)
    told = {
        "organisation": values.pop("organisation", None) or a_participant(notice.network),
        "name": f"Associazione {number}",
        "email": f"applicant{number}@example.org",
        "state": "submitted",
        "timing": "in_time",
        "way": "signed",
        "category": "association",
        **values,
    }
    at = told.pop("at", CLOSED - timedelta(1))
    row = Application(
        network=notice.network,
        notice=notice,
        begun_at=at,
        received_at=at,
        counts_at=at,
        year=at.year,
        number=number,
        **told,
    )
    row.fold()
    row.save()
    return row


def named(application: Application, kind: str = "effective", given_name: str = "Ada") -> None:
    ApplicationDelegate.objects.create(
        application=application, kind=kind, given_name=given_name, family_name="Neri"
    )


def a_check(application: Application) -> Check:
    return begin_check(application=application, by=OPERATOR)


def all_met(check: Check, *, but: int = 0) -> Check:
    """All items met; but for the one with that number."""
    items = ChecklistItem.objects.filter(notice=check.application.notice)
    told = {
        item.number: Said("not_met", "manca") if item.number == but else Said("met")
        for item in items
    }
    return answer_items(check=check, answers=told, version=check.version, by=OPERATOR)


def concluded(application: Application, outcome: str = "admitted", **values: Any) -> Check:
    """Completed with that outcome."""
    check = all_met(a_check(application))
    return conclude_check(
        check=check, outcome=outcome, version=check.version, by=OPERATOR, **values
    )

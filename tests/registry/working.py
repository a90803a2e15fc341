"""The work screens as a secretary uses them: what she sends, and what a page says."""

import re
from typing import Any
from uuid import uuid4

from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.people.models import Person
from tavolo.registry.actions import enter_fact
from tavolo.registry.models import Delegation, OfficeHolding, Organisation
from tests.factories.people import a_person

HERE = "/lavoro/organizzazioni/comune-di-valle/"


def sent(client: Client, path: str, **values: Any) -> Any:
    return client.post(path, {"form_key": str(uuid4()), **values})


def taken(answer: Any) -> str:
    """Where a form that was taken leads; the faults of one that was not."""
    assert answer.status_code == 302, faults(answer)
    return str(answer["Location"])


def faults(answer: Any) -> list[tuple[str, str]]:
    """Each fault of the form that a page shows, with the field that it is about."""
    return [(fault.href, fault.sentence) for fault in answer.context["form"].faults]


def said(answer: Any) -> str:
    """The words of a page, without its markup."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def in_office(
    organisation: Organisation,
    title: str = "assessor",
    person: Person | None = None,
    form: str = "feminine",
    **values: Any,
) -> OfficeHolding:
    return enter_fact(
        fact=OfficeHolding(
            organisation=organisation,
            person=person or a_person(),
            title=title,
            form=form,
            **values,
        ),
        by=OPERATOR,
    )


def delegated(office: OfficeHolding, theme: str = "equal_opportunities") -> Delegation:
    return enter_fact(
        fact=Delegation(
            organisation=office.organisation,
            person=office.person,
            theme=theme,
            holding=office.uid,
            began=office.began,
        ),
        by=OPERATOR,
    )


def partly(text: str) -> PartialDate:
    return PartialDate.parse(text)

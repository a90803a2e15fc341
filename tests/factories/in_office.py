"""Persons in office, made by the room's own actions."""

from datetime import date
from typing import Any

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.people.models import Person
from tavolo.registry.actions import enter_fact
from tavolo.registry.choices import Capacity, DelegationTheme, GrammaticalForm, OfficeTitle
from tavolo.registry.models import Delegation, OfficeHolding, Organisation, Representation

When = str | date | None


def partly(when: When) -> PartialDate | None:
    """A date as a source states it: a day, or the written form of what is known."""
    if isinstance(when, date):
        return PartialDate.of(when)
    return PartialDate.parse(when) if when else None


def an_office(
    organisation: Organisation,
    person: Person,
    title: str = OfficeTitle.ASSESSOR,
    *,
    since: When = None,
    until: When = None,
    form: str = GrammaticalForm.FEMININE,
    **values: Any,
) -> OfficeHolding:
    return enter_fact(
        fact=OfficeHolding(
            organisation=organisation,
            person=person,
            title=title,
            form=form,
            began=partly(since),
            ended=partly(until),
            **values,
        ),
        by=OPERATOR,
    )


def a_delegation(
    organisation: Organisation,
    person: Person,
    theme: str = DelegationTheme.EQUAL_OPPORTUNITIES,
    *,
    since: When = None,
    until: When = None,
    on: OfficeHolding | None = None,
    **values: Any,
) -> Delegation:
    return enter_fact(
        fact=Delegation(
            organisation=organisation,
            person=person,
            theme=theme,
            holding=on.uid if on else None,
            began=partly(since),
            ended=partly(until),
            **values,
        ),
        by=OPERATOR,
    )


def a_representation(
    organisation: Organisation,
    person: Person,
    capacity: str = Capacity.DELEGATE,
    *,
    since: When = None,
    until: When = None,
    **values: Any,
) -> Representation:
    return enter_fact(
        fact=Representation(
            organisation=organisation,
            person=person,
            capacity=capacity,
            began=partly(since),
            ended=partly(until),
            **values,
        ),
        by=OPERATOR,
    )

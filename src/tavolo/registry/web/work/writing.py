"""What a form of a fact has the actions do."""

from typing import Any

from django.db import transaction

from tavolo.people.actions import add_person
from tavolo.people.models import Person
from tavolo.registry.actions import (
    change_fact,
    correct_fact,
    end_fact,
    enter_fact,
    withdraw_fact,
)
from tavolo.registry.forms.facts import (
    About,
    ChangeForm,
    CorrectForm,
    CorrectPersonalForm,
    EndForm,
    NewFactForm,
    NewPersonalForm,
    WithdrawForm,
)
from tavolo.registry.forms.persons import PersonForm
from tavolo.registry.models import Delegation, OfficeHolding
from tavolo.registry.web.work.here import Here


@transaction.atomic
def enter(form: NewFactForm, about: About, here: Here) -> Any:
    """Enter the fact; of an office also the delegations that come with it."""
    fact = about.model(organisation=here.organisation, **form.values(), **form.dates())
    if isinstance(form, NewPersonalForm):
        fact.person = whom(form, here)  # type: ignore[attr-defined]
    if isinstance(fact, Delegation) and form.holder_key:  # type: ignore[attr-defined]
        fact.holding = form.holder_key  # type: ignore[attr-defined]
    entered = enter_fact(fact=fact, by=here.actor)  # type: ignore[type-var]
    if isinstance(entered, OfficeHolding):
        _delegate(form, entered, here)
    return entered


def change(form: ChangeForm, row: Any, here: Here) -> None:
    since = form.cleaned_data["since"]
    change_fact(fact=row, since=since, values=form.values(), by=here.actor)


@transaction.atomic
def correct(form: CorrectForm, row: Any, here: Here) -> None:
    values = form.values() | form.dates()
    if isinstance(form, CorrectPersonalForm):
        values["person"] = whom(form, here)
    correct_fact(fact=row, values=values, by=here.actor)


def end(form: EndForm, row: Any, here: Here) -> None:
    end_fact(fact=row, last=form.cleaned_data["last"], by=here.actor, **form.values())


def withdraw(form: WithdrawForm, row: Any, here: Here) -> None:
    withdraw_fact(fact=row, reason=form.cleaned_data["reason"], by=here.actor)


def whom(form: PersonForm, here: Here) -> Person:
    """Who is meant; somebody new is entered."""
    return form.person or add_person(**form.names, by=here.actor)


def _delegate(form: Any, office: OfficeHolding, here: Here) -> None:
    themes = form.cleaned_data["themes"]
    for theme in themes:
        enter_fact(
            fact=Delegation(
                organisation=office.organisation,
                person=office.person,
                unit=office.unit,
                theme=theme,
                words=form.cleaned_data["themes_words"] if len(themes) == 1 else "",
                holding=office.uid,
                began=office.began,
                ended=office.ended,
                act=office.act,
                source=office.source,
            ),
            by=here.actor,
        )

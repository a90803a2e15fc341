"""By which texts somebody is found where no key leads to her: her names and her addresses."""

from tavolo.kernel.text import Trace
from tavolo.people.models import Account, Invitation, Person

ERASED = "@erased.invalid"


def emails_of(person: Person) -> list[str]:
    """Every e-mail by which she was invited or signs in, in order; two queries."""
    own = Account.objects.filter(person=person).values_list("email", flat=True)
    invited = Invitation.objects.filter(person=person).values_list("email", flat=True)
    return sorted({email for email in (*own, *invited) if email and not email.endswith(ERASED)})


def names_of(person: Person) -> list[Trace]:
    """Her whole name in both orders, and in two halves; a half alone would find too many."""
    given, family = person.given_name, person.family_name
    if not (given and family):
        return []
    return [(f"{given} {family}",), (f"{family} {given}",), (given, family)]


def traces_of(person: Person) -> list[Trace]:
    """Her addresses and her names."""
    return [*((email,) for email in emails_of(person)), *names_of(person)]

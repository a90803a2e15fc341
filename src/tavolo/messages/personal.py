"""Letters to a person, as long as the outbox keeps them."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.messages.actions import forget_letters, forget_links
from tavolo.messages.pec.queries import pecs_naming
from tavolo.messages.queries import letters_to
from tavolo.people.models import Person
from tavolo.people.plugs import HeldAbout, Kept, personal_data
from tavolo.people.traces import emails_of, traces_of
from tavolo.ui.words import instant_words

PEC_STAYS = gettext_lazy(
    "A PEC proves what was sent and when, and only as a whole: it is kept for legal obligations and claims"
    " (GDPR, article 17(3)(b) and (e))."
)


class Letters:
    key = "messages.letters"
    label: Sentence = gettext_lazy("Letters that were sent to the person")
    order = 60

    def held(self, person: Person) -> Sequence[HeldAbout]:
        return [
            HeldAbout(row.subject, row.recipient, instant_words(row.queued_at))
            for row in letters_to(emails_of(person))
        ]

    def known_in(self, person: Person) -> set[UUID]:
        return set()

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        forget_letters(addresses=emails_of(person), traces=traces_of(person))
        forget_links(person=person)
        return []


class Pecs:
    """PEC messages that name an address of hers: kept whole, as what they prove would be lost otherwise."""

    key = "messages.pec"
    label: Sentence = gettext_lazy("PEC messages that name the person")
    order = 65

    def held(self, person: Person) -> Sequence[HeldAbout]:
        return [
            HeldAbout(row.subject or row.code, row.sender, instant_words(row.received_at))
            for row in pecs_naming(emails_of(person))
        ]

    def known_in(self, person: Person) -> set[UUID]:
        found = pecs_naming(emails_of(person)).order_by().values_list("network__uid", flat=True)
        return set(found.distinct())

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        """Nothing is emptied: a signature holds over every byte, and the act rests on it."""
        return [Kept(row.code, PEC_STAYS) for row in pecs_naming(emails_of(person))]


personal_data.add(Letters())
personal_data.add(Pecs())

"""Letters to a person, as long as the outbox keeps them."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.messages.actions import forget_letters
from tavolo.messages.queries import letters_to
from tavolo.people.models import Person
from tavolo.people.plugs import HeldAbout, Kept, personal_data
from tavolo.people.traces import emails_of, traces_of
from tavolo.ui.words import instant_words


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
        return []


personal_data.add(Letters())

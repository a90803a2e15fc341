"""What somebody was told in the work area."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy

from tavolo.desk.models import Notification
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.people.models import Person
from tavolo.people.plugs import HeldAbout, Kept, personal_data
from tavolo.ui.words import instant_words


class Notifications:
    key = "desk.notifications"
    label: Sentence = gettext_lazy("What the person was told in the work area")
    order = 65

    def held(self, person: Person) -> Sequence[HeldAbout]:
        rows = Notification.objects.filter(person=person).order_by("-id")
        return [HeldAbout(row.get_kind_display(), row.about, instant_words(row.at)) for row in rows]

    def known_in(self, person: Person) -> set[UUID]:
        return set()

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        Notification.objects.filter(Q(person=person) | Q(principal=person)).delete()
        return []


personal_data.add(Notifications())

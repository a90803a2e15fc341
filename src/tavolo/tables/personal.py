"""What tables holds about a person, and what of it stays after an erasure."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.people.plugs import HeldAbout, Kept, page_owners, personal_data
from tavolo.tables.actions import leave_all_seats
from tavolo.tables.choices import DelegateKind, SeatRole
from tavolo.tables.models import Body, Delegate, Seat
from tavolo.ui.words import partial_words

WHY_SEATS = gettext_lazy(
    "Who sat in a body belongs to its acts and stays under a pseudonym: what was decided rests on it"
    " (GDPR art. 17(3)(b) and (d))."
)


class Seats:
    """Seats that she has or had in person, and those to which she is or was sent."""

    key = "tables.seats"
    label: Sentence = gettext_lazy("Seats in bodies")
    order = 50

    def held(self, person: Person) -> Sequence[HeldAbout]:
        seats = Seat.objects.known().filter(person=person).select_related("body").order_by("id")
        sent = Delegate.objects.known().filter(person=person).select_related("body").order_by("id")
        return [
            *(_told(_("Seat in a body"), row, str(SeatRole(row.role).label)) for row in seats),
            *(_told(_("Sent to"), row, str(DelegateKind(row.kind).label)) for row in sent),
        ]

    def known_in(self, person: Person) -> set[UUID]:
        bodies = Q(pk__in=Seat.objects.filter(person=person).values("network"))
        bodies |= Q(pk__in=Delegate.objects.filter(person=person).values("body__network"))
        return set(Network.objects.filter(bodies).values_list("uid", flat=True))

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        leave_all_seats(person=person, by=by)
        seats = Seat.objects.known().filter(person=person).count()
        seats += Delegate.objects.known().filter(person=person).count()
        if not seats:
            return []
        return [Kept(_("%(count)s seats in bodies") % {"count": seats}, WHY_SEATS)]


class Pages:
    """The page of a body is its network's."""

    key = "tables"

    def network_of(self, url_name: str, kwargs: Mapping[str, object]) -> Network | None:
        if not url_name.startswith("tables:") or "code" not in kwargs:
            return None
        rows = Body.objects.filter(code=str(kwargs["code"])).select_related("network")
        body = rows.first()
        return body.network if body else None


def _told(label: str, row: Seat | Delegate, what: str) -> HeldAbout:
    since = partial_words(row.began) if row.began else ""
    return HeldAbout(label, f"{row.body.name}, {what}", since, row.source or row.act)


personal_data.add(Seats())
page_owners.add(Pages())

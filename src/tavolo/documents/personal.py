"""What this room holds about a person: which versions she entered; and whose its pages are."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.documents.choices import Visibility
from tavolo.documents.models import Document, KeptLonger, Version
from tavolo.kernel.actor import Actor
from tavolo.kernel.clock import in_rome
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.people.plugs import HeldAbout, Kept, page_owners, personal_data
from tavolo.ui.words import day_words

WHY_ENTERED = gettext_lazy(
    "Who entered a document stays, under a pseudonym: the papers belong to the organisation and to the"
    " network (GDPR art. 17(3)(b) and (d))."
)


class Entered:
    """Documents that somebody entered. What the files say is not looked into."""

    key = "documents.entered"
    label: Sentence = gettext_lazy("Documents entered")
    order = 50

    def held(self, person: Person) -> Sequence[HeldAbout]:
        return [
            HeldAbout(
                _("Document entered"),
                f"{row.document.title} ({row.file_name})",
                day_words(in_rome(row.entered_at).date(), weekday=False),
            )
            for row in _entered(person).select_related("document").order_by("id")
        ]

    def known_in(self, person: Person) -> set[UUID]:
        documents = _entered(person).values("document")
        networks = Document.objects.filter(pk__in=documents).values("network")
        return set(Network.objects.filter(pk__in=networks).values_list("uid", flat=True))

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        count = _entered(person).count()
        if not count:
            return []
        return [Kept(_("%(count)s versions of documents") % {"count": count}, WHY_ENTERED)]


class Decided:
    """That she decided to keep a document beyond its term. The decision stays, under a pseudonym."""

    key = "documents.kept_longer"
    label: Sentence = gettext_lazy("Decisions on documents")
    order = 51

    def held(self, person: Person) -> Sequence[HeldAbout]:
        return [
            HeldAbout(
                _("Decision to keep a document"),
                f"{row.document.title}: {row.reason}",
                day_words(in_rome(row.decided_at).date(), weekday=False),
            )
            for row in _decided(person).select_related("document").order_by("id")
        ]

    def known_in(self, person: Person) -> set[UUID]:
        found = _decided(person).values_list("document__network__uid", flat=True)
        return set(found.distinct())

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        count = _decided(person).count()
        if not count:
            return []
        return [Kept(_("%(count)s decisions on documents") % {"count": count}, WHY_ENTERED)]


class Pages:
    """The page of a document is its network's."""

    key = "documents"

    def network_of(self, url_name: str, kwargs: Mapping[str, object]) -> Network | None:
        if not url_name.startswith("documents:") or "uid" not in kwargs:
            return None
        # Of what not everybody sees, nobody is told whose it is.
        seen = Document.objects.filter(uid=str(kwargs["uid"]), visibility=Visibility.PUBLIC)
        found = seen.select_related("network").first()
        return found.network if found else None


def _entered(person: Person) -> QuerySet[Version]:
    return Version.objects.filter(entered_by=person)


def _decided(person: Person) -> QuerySet[KeptLonger]:
    return KeptLonger.objects.filter(decided_by=person)


personal_data.add(Entered())
personal_data.add(Decided())
page_owners.add(Pages())

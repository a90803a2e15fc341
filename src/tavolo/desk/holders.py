"""What of the desk holds documents: a network's own templates of letters."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.documents.choices import Visibility
from tavolo.documents.plugs import Told, document_holders
from tavolo.documents.rules import works_on_papers
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network

TEMPLATE = "letter_template"


class LetterTemplates:
    """Seen and kept by those who work on the network's papers; the thing is the network itself."""

    key = TEMPLATE
    label: Sentence = gettext_lazy("template of letters")
    visibilities = (Visibility.PRIVATE,)

    def may_see(self, actor: Actor, uids: Iterable[UUID], visibility: Visibility) -> set[UUID]:
        if visibility not in self.visibilities:
            return set()
        known = Network.objects.filter(uid__in=uids).values_list("uid", flat=True)
        return {uid for uid in known if works_on_papers(actor, uid)}

    def may_add(self, actor: Actor, uid: UUID) -> bool:
        return works_on_papers(actor, uid) and Network.objects.filter(uid=uid).exists()

    def told(self, uids: Iterable[UUID]) -> Mapping[UUID, Told]:
        return {
            row.uid: Told(
                _("Templates of %(network)s") % {"network": row.name},
                reverse("desk:templates", kwargs={"slug": row.slug}),
                row,
            )
            for row in Network.objects.filter(uid__in=uids)
        }


document_holders.add(LetterTemplates())

"""What stands on the page of an organisation beside what the register knows: its documents."""

from collections.abc import Hashable, Mapping, Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from tavolo.documents.queries import documents_of
from tavolo.documents.shown import documents_table
from tavolo.kernel.actor import Actor
from tavolo.registry.choices import HOLDS_PAPERS
from tavolo.registry.models import Organisation
from tavolo.ui.components.base import Component
from tavolo.ui.plugs import panels, to_all


class Documents:
    """What the reader may see of an organisation's documents; nothing where there are none."""

    key = "registry.documents"
    subject: type[Model] = Organisation
    order = 60

    def visible(self, actor: Actor) -> bool:
        return to_all(actor)

    def load(self, subjects: Sequence[Model], actor: Actor) -> Mapping[Hashable, Component]:
        known = {row.uid: row.pk for row in subjects if isinstance(row, Organisation)}
        found = documents_of(HOLDS_PAPERS, known, actor=actor)
        return {
            known[uid]: documents_table(
                rows, caption=_("Documents"), empty=_("No document has been entered.")
            )
            for uid, rows in found.items()
        }


panels.add(Documents())

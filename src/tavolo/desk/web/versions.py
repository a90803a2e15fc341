"""Two versions of what a network says of itself, for whoever saved second."""

from django.utils.translation import gettext as _

from tavolo.desk.forms import SettingsForm
from tavolo.kernel.models import Network
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table

FIELDS = ("name", "summary", "active_since")


def compared(theirs: Network, yours: Network) -> Table:
    """Each field in which they differ: as it stands now, and as it was about to be written."""
    different = [name for name in FIELDS if _shown(theirs, name) != _shown(yours, name)]
    return Table(
        caption=_("Where the two versions differ"),
        columns=(Column(_("Field")), Column(_("As it stands now")), Column(_("What you wrote"))),
        rows=tuple(
            Row(
                (
                    Cell(str(SettingsForm.base_fields[name].label)),
                    Cell(_shown(theirs, name) or _("empty")),
                    Cell(_shown(yours, name) or _("empty")),
                )
            )
            for name in different
        ),
        empty=EmptyState(
            _("Both versions say the same"),
            _("Somebody saved these very values. Nothing remains to be done."),
        ),
        key="versions",
    )


def _shown(network: Network, name: str) -> str:
    return str(getattr(network, name) or "")

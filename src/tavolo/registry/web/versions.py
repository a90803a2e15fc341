"""Two versions of one organisation side by side, for whoever saved second."""

from django.utils.translation import gettext as _

from tavolo.registry.forms import OrganisationForm, initial_of
from tavolo.registry.models import Organisation
from tavolo.registry.web.rows import kind_words
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Row, Table


def compared(theirs: Organisation, yours: Organisation) -> Table:
    """Each field in which they differ: as it stands now, and as it was about to be written."""
    now, typed = _shown(theirs), _shown(yours)
    different = [name for name in now if now[name] != typed[name]]
    return Table(
        caption=_("Where the two versions differ"),
        columns=(Column(_("Field")), Column(_("As it stands now")), Column(_("What you wrote"))),
        rows=tuple(
            Row((Cell(label(name)), Cell(now[name] or _("empty")), Cell(typed[name] or _("empty"))))
            for name in different
        ),
        empty=EmptyState(
            _("Both versions say the same"),
            _("Somebody saved these very values. Nothing remains to be done."),
        ),
        key="versions",
    )


def label(name: str) -> str:
    """The words that the form has for a field."""
    return str(OrganisationForm.base_fields[name].label)


def _shown(row: Organisation) -> dict[str, str]:
    values = {name: str(value) for name, value in initial_of(row).items() if name != "version"}
    return values | {"kind": kind_words(row)}

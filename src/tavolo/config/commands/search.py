"""`tavolo search rebuild`: the index, built beside the one that answers."""

import argparse

from django.utils.translation import gettext as _

from tavolo.config.commands.terminal import Subjects, command, say
from tavolo.search.indexing import rebuild


def add(subjects: Subjects) -> None:
    help_text = _("The search index.")
    parser = subjects.add_parser("search", help=help_text, description=help_text)
    verbs = parser.add_subparsers(metavar=_("command"), required=True)
    command(
        verbs, "rebuild", _("Build the search index anew, while the old one answers."), run_rebuild
    )


def run_rebuild(_options: argparse.Namespace) -> None:
    """Say of each kind how much is in it. Refuses with IndexBusy while another process writes."""
    total = rebuild(lambda kind, number: say(f"  {kind}: {number}"))
    say(_("Entries in the search index: %(count)d.") % {"count": total})

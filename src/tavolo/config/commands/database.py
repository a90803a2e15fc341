import argparse

from django.utils.translation import gettext as _

from tavolo.config.commands.terminal import Subjects, command, say
from tavolo.config.setup import bring_territory_up
from tavolo.config.upgrade import migrate


def add(subjects: Subjects) -> None:
    command(subjects, "migrate", _("Bring the databases to this version."), run)


def run(_options: argparse.Namespace) -> None:
    done = migrate()
    bring_territory_up()
    say(_("Changes made to the database: %(count)d.") % {"count": done})

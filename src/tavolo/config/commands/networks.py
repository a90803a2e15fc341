import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.config.commands import moving
from tavolo.config.commands.terminal import Subjects, command, say, say_json
from tavolo.config.progress import progress
from tavolo.config.setup import lay_territory
from tavolo.config.upgrade import migrate
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import Refusal
from tavolo.kernel.network import installation
from tavolo.people.queries import invitation_address
from tavolo.registry.actions import found_network


class InDemonstration(Refusal):
    sentence = gettext_lazy("This is a demonstration: its sign-ins are known to everybody.")
    advice = gettext_lazy("Found the network in another database or another TAVOLO_HOME.")


def add(subjects: Subjects) -> None:
    parser = subjects.add_parser(
        "network", help=_("Networks: found one, move one to another installation.")
    )
    inner = parser.add_subparsers(metavar=_("command"), required=True)
    create = command(
        inner,
        "create",
        _("Found a network and print the invitation of whoever will be its secretariat."),
        run_create,
    )
    create.add_argument("slug", help=_("its word in addresses: /reti/SLUG/"))
    create.add_argument("--name", required=True, help=_("its name, as people read it"))
    create.add_argument("--secretary", required=True, metavar="EMAIL", help=_("whom to invite"))
    create.add_argument("--json", action="store_true", help=_("answer in JSON"))
    moving.add_export(inner)
    moving.add_import(inner)


def run_create(options: argparse.Namespace) -> None:
    """From an empty database to an invitation: migrates and lays the territory where that is still to do.

    Refuses with InDemonstration, and with whatever `registry.actions.found_network` does.
    """
    migrate()
    if installation().demonstration:
        raise InDemonstration
    lay_territory(progress(_("Municipalities of Italy")))
    network, _invitation, token = found_network(
        slug=options.slug, name=options.name, secretary_email=options.secretary, by=OPERATOR
    )
    address = invitation_address(token)
    if options.json:
        say_json({"network": network.slug, "uid": network.uid, "invitation": address})
        return
    say(_("The network “%(name)s” is founded.") % {"name": network.name})
    say(_("Invitation of %(email)s, valid once:") % {"email": options.secretary})
    say(f"  {address}")

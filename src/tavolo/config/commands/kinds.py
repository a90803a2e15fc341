"""What import and export ask alike: the kind, the network, what holds for the whole file."""

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.imports.plugs import import_kinds
from tavolo.kernel.errors import Refusal
from tavolo.kernel.models import Network


class NoSuchNetwork(Refusal):
    sentence = gettext_lazy("There is no network of that address.")


def add_kind(parser: argparse.ArgumentParser) -> None:
    kinds = [kind.key for kind in import_kinds]
    parser.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    parser.add_argument("--network", metavar="SLUG", help=_("the network whose rows they are"))
    parser.add_argument(
        "--option",
        type=_option,
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help=_("what holds for the whole file"),
    )


def network_of(options: argparse.Namespace) -> Network | None:
    """The network that was named, None where none was. Refuses with NoSuchNetwork."""
    if options.network is None:
        return None
    found = Network.objects.filter(slug=options.network).first()
    if found is None:
        raise NoSuchNetwork(advice=options.network)
    return found


def _option(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise argparse.ArgumentTypeError(_("write KEY=VALUE, not “%(text)s”") % {"text": text})
    return key, value

import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from tavolo.config.commands.archive import lost_words
from tavolo.config.commands.kinds import NoSuchNetwork
from tavolo.config.commands.terminal import Subjects, command, say, say_json
from tavolo.config.moving.exporting import export_network
from tavolo.config.moving.importing import import_network
from tavolo.config.moving.manifest import Manifest
from tavolo.config.progress import progress
from tavolo.kernel.models import Network


def add_export(inner: Subjects) -> None:
    parser = command(
        inner,
        "export",
        _("Write everything of a network into a new folder, while the work goes on."),
        run_export,
    )
    parser.add_argument("slug", help=_("its word in addresses: /reti/SLUG/"))
    parser.add_argument("folder", type=Path, help=_("the folder: new or empty"))
    parser.add_argument(
        "--with-accounts",
        action="store_true",
        help=_("passwords and second factors too: keep the folder as you keep keys"),
    )
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def add_import(inner: Subjects) -> None:
    parser = command(
        inner, "import", _("Take in a network from a folder, all of it or nothing."), run_import
    )
    parser.add_argument("folder", type=Path, help=_("the folder that was written out"))
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def run_export(options: argparse.Namespace) -> None:
    network = Network.objects.filter(slug=options.slug).first()
    if network is None:
        raise NoSuchNetwork(advice=options.slug)
    manifest = export_network(
        network, options.folder, accounts=options.with_accounts, progress=progress(_("Network"))
    )
    if options.json:
        say_json(figures(manifest))
        return
    say(
        _("The network “%(name)s” is written out: %(rows)d rows, %(files)d files.")
        % {"name": network.name, "rows": manifest.rows, "files": len(manifest.files)}
    )
    if manifest.lost:
        say(lost_words(len(manifest.lost)))


def run_import(options: argparse.Namespace) -> None:
    manifest = import_network(options.folder, progress=progress(_("Network")))
    if options.json:
        say_json(figures(manifest))
        return
    say(
        _("The network “%(name)s” is here: %(rows)d rows, %(files)d files.")
        % {"name": manifest.network.name, "rows": manifest.rows, "files": len(manifest.files)}
    )
    if not manifest.accounts:
        say(_("Nobody has a password here yet: everybody asks for a new one by e-mail."))


def figures(manifest: Manifest) -> dict[str, object]:
    """What a program is told of a network that moved."""
    return {
        "network": manifest.network.slug,
        "uid": manifest.network.uid,
        "rows": manifest.rows,
        "files": len(manifest.files),
        "lost": manifest.lost,
        "chain": {"entries": manifest.chain.count, "hash": manifest.chain.hash},
        "accounts": manifest.accounts,
    }

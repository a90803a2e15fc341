import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from tavolo.config.backup import backup, restore
from tavolo.config.commands.terminal import Subjects, command, say
from tavolo.config.progress import progress


def add_backup(subjects: Subjects) -> None:
    parser = command(
        subjects,
        "backup",
        _("Write everything into one archive, while the work goes on."),
        run_backup,
    )
    parser.add_argument("file", type=Path, help=_("the archive; the keys go into FILE.keys"))


def add_restore(subjects: Subjects) -> None:
    parser = command(
        subjects, "restore", _("Load an archive into an empty installation."), run_restore
    )
    parser.add_argument("file", type=Path, help=_("the archive"))
    parser.add_argument("--keys", type=Path, help=_("the keys, where they are not in FILE.keys"))


def run_backup(options: argparse.Namespace) -> None:
    manifest = backup(options.file, progress=progress(_("Backup")))
    say(
        _("Rows saved: %(rows)d. Keep %(file)s.keys apart from it.")
        % {"rows": manifest.rows, "file": options.file}
    )
    if manifest.lost:
        say(lost_words(len(manifest.lost)))


def lost_words(count: int) -> str:
    return _("Contents that were missing and are not in the archive: %(count)d.") % {"count": count}


def run_restore(options: argparse.Namespace) -> None:
    manifest = restore(options.file, keys=options.keys, progress=progress(_("Restore")))
    say(_("Rows restored: %(rows)d.") % {"rows": manifest.rows})

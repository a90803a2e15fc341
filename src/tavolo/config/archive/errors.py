from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class ArchiveRefusal(Refusal):
    """A backup or a restore that is not carried out."""


class CannotWrite(ArchiveRefusal):
    sentence = _("The archive cannot be written there.")


class CannotRead(ArchiveRefusal):
    sentence = _("The archive cannot be read.")


class DamagedArchive(ArchiveRefusal):
    """What is in it is not what its manifest says, or its end is missing."""

    sentence = _("The archive is damaged or incomplete; nothing was restored.")
    advice = _("Take another copy of it, or an older backup.")


class UnsafeArchive(ArchiveRefusal):
    """A member that a backup of ours never holds: a link, a path that leads elsewhere."""

    sentence = _("The archive holds a file that no backup holds; nothing was restored.")


class NewerArchive(ArchiveRefusal):
    sentence = _("The archive was made by a newer version; nothing was restored.")
    advice = _("Install that version and restore with it.")


class NotEmpty(ArchiveRefusal):
    sentence = _("The database is not empty; nothing was restored.")
    advice = _("Restore into an empty database: name another one, or another TAVOLO_HOME.")


class KeysMissing(ArchiveRefusal):
    sentence = _("The keys of this archive are missing; nothing was restored.")
    advice = _(
        "Name the file of the keys with --keys; it was written beside the archive as FILE.keys."
    )


class ForeignKeys(ArchiveRefusal):
    sentence = _("These are not the keys of this archive; nothing was restored.")
    advice = _("Name the file that was written together with the archive.")


class OtherKeysHere(ArchiveRefusal):
    sentence = _("TAVOLO_HOME already holds other keys; nothing was restored.")
    advice = _("Restore into an empty TAVOLO_HOME, or put its keys elsewhere first.")


class CannotRestore(ArchiveRefusal):
    """The home cannot be written: the disk is full, or the folder is somebody else's."""

    sentence = _("The restore could not be finished; nothing was restored.")


class JournalBroken(ArchiveRefusal):
    sentence = _("Everything was restored, but the journal in the archive was already broken.")

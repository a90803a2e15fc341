"""Files that anybody may have brought: told by their content, cleaned in a child, then kept.

The child imports this package too and starts without Django, so nothing of it stands up here.
"""

from tavolo.documents.intake.told import Checked, Kept, Upload

__all__ = ["Checked", "Kept", "Upload", "checked", "keep"]


def checked(upload: Upload, *, strip_author: bool = False) -> Checked:
    """What a file is by its content, and that content without what must not be kept.

    Pictures lose what the camera wrote, PDF and office files what runs or is attached, and their
    author where `strip_author` asks; what is signed stays byte for byte. Refuses with
    `errors.FileRefused`, always in one sentence, within 20 seconds and 1 GB of addresses.
    """
    from tavolo.documents.intake.parent import check_in_child  # it knows Django, the child does not

    return check_in_child(upload, strip_author=strip_author)


def keep(upload: Upload, *, strip_author: bool = False) -> Kept:
    """Check a file and keep its content as a blob, before there is any row that points to it.

    Refuses as `checked` does.
    """
    from tavolo.documents.intake.parent import kept  # likewise

    return kept(checked(upload, strip_author=strip_author))

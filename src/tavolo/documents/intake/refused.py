"""The child's refusals: message ids, which the parent turns into `errors.FileRefused`."""

from tavolo.imports.reading.refused import Refused, gettext_noop

__all__ = ["Refused", "gettext_noop"]

EMPTY = gettext_noop("“%(name)s” is empty.")
TOO_LARGE = gettext_noop("“%(name)s” is larger than %(limit)s MB. Make it smaller or divide it.")
DAMAGED = gettext_noop(
    "“%(name)s” is damaged or cut short. Open it where it was made, save it and bring it again."
)
UNKNOWN = gettext_noop(
    "“%(name)s” is of a kind that is not taken here. Bring a PDF, a picture (JPEG, PNG, WebP, GIF), "
    "a document, sheet or presentation (ODF or Office from 2007), a signed file (P7M), "
    "a message (EML) or plain text."
)
TWO_THINGS = gettext_noop(
    "“%(name)s” is two kinds of file in one, which is how harmful files are hidden. "
    "Ask whoever sent it for a plain one."
)
# Pictures.
IS_SVG = gettext_noop(
    "“%(name)s” is an SVG drawing, which can hold programs. Save it as PNG and bring that."
)
IS_HEIC = gettext_noop(
    "“%(name)s” is a picture in a telephone’s own format. Save it as JPEG and bring that."
)
IS_OTHER_PICTURE = gettext_noop(
    "“%(name)s” is a picture in a format that browsers do not show. Save it as JPEG or PNG."
)
PICTURE_TOO_LARGE = gettext_noop(
    "“%(name)s” has more than %(limit)s million points. Save it smaller and bring it again."
)
PICTURE_MOVES = gettext_noop(
    "“%(name)s” is a moving picture, which many people cannot read. Bring a still one."
)
# Others.
IS_WEB_PAGE = gettext_noop(
    "“%(name)s” is a web page, whatever its name says. Print it as PDF and bring that."
)
IS_XML = gettext_noop(
    "“%(name)s” is an XML file, which is not taken here as a document. Print it as PDF and bring that."
)
IS_PROGRAM = gettext_noop("“%(name)s” is a program, whatever its name says. It was not kept.")
IS_SCRIPT = gettext_noop("“%(name)s” holds commands for a computer. It was not kept.")
IS_ARCHIVE = gettext_noop(
    "“%(name)s” is an archive of files. Unpack it and bring each document by itself."
)
IS_OLD_OFFICE = gettext_noop(
    "“%(name)s” was saved in a format of before 2007, which can hold programs. "
    "Save it as DOCX, XLSX, PPTX, in an ODF format or as PDF."
)
IS_RTF = gettext_noop(
    "“%(name)s” is a rich text file, which can hold programs. Save it as ODT, DOCX or PDF."
)
IS_MEDIA = gettext_noop("“%(name)s” is a recording. Recordings are not taken here.")
IS_TEMPLATE = gettext_noop(
    "“%(name)s” is a template, not a document. Open it, save it as a document and bring that."
)
NOT_PLAIN_TEXT = gettext_noop(
    "“%(name)s” looks like text and holds signs that no text has. Save it as plain text in UTF-8."
)
# PDF.
PDF_PROTECTED = gettext_noop(
    "“%(name)s” is protected by a password. Open it, take the password off, save it and bring it again."
)
PDF_TOO_LONG = gettext_noop(
    "“%(name)s” has more than %(limit)s pages. Divide it into several files."
)
PDF_WITHOUT_PAGES = gettext_noop("“%(name)s” has no page that could be read.")
SIGNED_ACTIVE = gettext_noop(
    "“%(name)s” is signed and holds what starts by itself. It cannot be taken out without breaking "
    "the signature: ask for a file without it."
)
SIGNED_ATTACHED = gettext_noop(
    "“%(name)s” is signed and carries a program within. It cannot be taken out without breaking "
    "the signature: ask for a file without it."
)
SIGNED_AUTHOR = gettext_noop(
    "“%(name)s” is signed: taking its author out would break the signature. "
    "Bring it as it is, or a copy without signature."
)
AUTHOR_STAYS = gettext_noop(
    "From “%(name)s” the author cannot be taken out: it is kept as it came, byte for byte. "
    "Bring it without asking for that."
)
# Office.
PACKAGE_PROTECTED = PDF_PROTECTED
UNPACKS_TOO_LARGE = gettext_noop(
    "“%(name)s” would unpack to more than %(limit)s MB. It was not opened."
)
SWELLS = gettext_noop(
    "“%(name)s” holds a part that would swell to more than %(limit)s times its size. It was not opened."
)
TOO_MANY_PARTS = gettext_noop(
    "“%(name)s” consists of more than %(limit)s parts. It was not opened."
)
NESTED_TOO_DEEP = gettext_noop(
    "“%(name)s” holds files within files within files. It was not opened."
)
PATHS_WITHIN = gettext_noop(
    "“%(name)s” holds parts that lead out of the file, or twice the same. It was not opened."
)
HAS_MACROS = gettext_noop(
    "“%(name)s” holds macros, which are programs. Save it without macros and bring it again."
)
HAS_OBJECTS = gettext_noop(
    "“%(name)s” holds objects of other programs. Put them in as pictures and bring it again."
)
LOADS_FROM_OUTSIDE = gettext_noop(
    "“%(name)s” loads something from elsewhere when it is opened. Put it into the file itself."
)
DECLARES_ENTITIES = gettext_noop(
    "“%(name)s” holds declarations that no office program writes, so it was not opened."
)
# Messages and signed files.
MAIL_TOO_MANY = gettext_noop(
    "“%(name)s” is a message of more than %(limit)s parts. It was not opened."
)
MAIL_CARRIES_PROGRAM = gettext_noop(
    "The message “%(name)s” carries a program. Bring what else it holds, each by itself."
)
SIGNED_PROGRAM = gettext_noop("The signed file “%(name)s” holds a program. It was not kept.")
ENVELOPES_TOO_DEEP = gettext_noop(
    "“%(name)s” was signed around more than %(limit)s times. Bring the file that is within."
)
# Said by the parent.
TOOK_TOO_LONG = gettext_noop(
    "Looking at “%(name)s” took longer than %(limit)s seconds and was given up."
)
TOO_MUCH_MEMORY = gettext_noop(
    "“%(name)s” needs more memory than a document may, and was given up. Bring a simpler one."
)
STOPPED = gettext_noop(
    "Looking at “%(name)s” broke off: something in the file is not as it should be. "
    "Open it where it was made, save it and bring it again."
)
# Done to the file.
TOOK_METADATA = gettext_noop("What the camera had noted, place and day included, was taken out.")
TOOK_AUTHOR = gettext_noop("Author and program were taken out of the file.")
TOOK_SCRIPT = gettext_noop("Scripts and what starts by itself were taken out of the file.")
TOOK_ATTACHED = gettext_noop(
    "Files that were attached within were taken out: bring each that is needed by itself."
)
TOOK_SURPLUS = gettext_noop("What stood around the file and did not belong to it was taken off.")
KEPT_AS_SIGNED = gettext_noop("The file is signed and was kept byte for byte.")

"""The message catalogues: compile them, and find what is not in them yet.

    python scripts/messages.py compile          write a .mo beside each .po that is newer
    python scripts/messages.py extract [ROOM…]  add what the code says to each room's Italian catalogue

As a build hook it compiles for wheels and for editable installs, so that neither comes without Italian.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent.parent / "src" / "tavolo"
KEYWORDS: dict[str, object] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

Message = tuple[str, str, str]  # context, singular, plural


def compile_all(source: Path = SOURCE) -> list[Path]:
    """Write a `.mo` beside each `.po` that is newer; return those that were written."""
    written = []
    for catalogue in sorted(source.rglob("*.po")):
        binary = catalogue.with_suffix(".mo")
        if binary.exists() and binary.stat().st_mtime >= catalogue.stat().st_mtime:
            continue
        polib.pofile(str(catalogue)).save_as_mofile(str(binary))
        written.append(binary)
    return written


def messages_of(room: Path) -> dict[Message, list[str]]:
    """Every marked string of a room, templates included, with the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        for message in _messages_in(path):
            found.setdefault(message, []).append(str(path.relative_to(SOURCE)))
    return found


def _messages_in(path: Path) -> Iterator[Message]:
    # Both are development dependencies, absent where the package is only built.
    from babel.messages.extract import extract_python
    from django.utils.translation.template import templatize

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = templatize(text)
    for _line, function, said, _comments in extract_python(
        BytesIO(text.encode()), list(KEYWORDS), [], {"encoding": "utf-8"}
    ):
        yield from _message(function or "_", said)


def _message(function: str, said: object) -> Iterator[Message]:
    words = [
        word for word in (said if isinstance(said, tuple) else (said,)) if isinstance(word, str)
    ]
    context = words.pop(0) if "pgettext" in function and words else ""
    if words:
        yield (
            context,
            words[0],
            words[1] if len(words) > 1 and function.lstrip("n") != function else "",
        )


def catalogue_of(room: Path) -> Path:
    return room / "locale" / "it" / "LC_MESSAGES" / "django.po"


def missing_from(room: Path) -> list[Message]:
    """What the room says that its Italian catalogue leaves without words."""
    path = catalogue_of(room)
    said = messages_of(room)
    if not path.exists():
        return sorted(said)
    translated = {
        (entry.msgctxt or "", entry.msgid)
        for entry in polib.pofile(str(path))
        if entry.translated() and not entry.fuzzy
    }
    return sorted(message for message in said if message[:2] not in translated)


def extract(room: Path) -> int:
    """Add to the room's catalogue what it says and drop what it says no more; count what wants words."""
    said = messages_of(room)
    path = catalogue_of(room)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "it",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for (context, singular, plural), _places in sorted(said.items()):
        entry = known.get((context, singular)) or polib.POEntry(
            msgid=singular,
            msgctxt=context or None,
            msgid_plural=plural,
            msgstr_plural={0: "", 1: ""} if plural else {},
        )
        if re.search(r"%\(\w+\)|%s|%d", singular) and "python-format" not in entry.flags:
            entry.flags.append("python-format")
        new.append(entry)
    if said:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.save(str(path))
    return sum(not entry.translated() for entry in new)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:
    pass
else:

    class CompileMessages(BuildHookInterface):  # type: ignore[type-arg]
        """hatchling calls this before it builds."""

        def initialize(self, version: str, build_data: dict[str, object]) -> None:  # noqa: ARG002
            compile_all()


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile"]:
            for path in compile_all():
                print(path.relative_to(SOURCE))
        case ["extract", *rooms]:
            for room in sorted(path for path in SOURCE.iterdir() if path.is_dir()):
                if not rooms or room.name in rooms:
                    print(f"{room.name}: {extract(room)} without Italian words")
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

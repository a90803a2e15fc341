"""Papers as PDF/A-2a with PDF/UA-1: a template that travels with the package, and what it says as JSON.

A room keeps its templates in `typst/<name>.typ` and names them `"<room>/<name>"`; each imports
`house.typ`, the style of the house. No value is ever put into the source of a template.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext as _

import tavolo
from tavolo.documents.errors import NotPrintable, PaperTookTooLong, PaperTooLarge
from tavolo.documents.lettering import settable, settable_text
from tavolo.documents.typesetting import SECONDS
from tavolo.kernel import clock

logger = logging.getLogger(__name__)

DATA_BYTES = 4 * 1024**2
PDF_BYTES = 40 * 1024**2
# The child counts its own seconds of work; this is the clock on the wall, for a busy machine.
WALL_SECONDS: float = 3 * SECONDS
PACKAGE = Path(tavolo.__file__).parent
NUMBER = "{n}"
# Whoever asks for many papers at once has them made one after the other.
_making = threading.Lock()


@dataclass(frozen=True)
class Logo:
    """A picture in the letterhead; `format` is png, jpg, gif or svg, `alternative` says what it shows."""

    content: bytes
    format: str
    alternative: str


@dataclass(frozen=True)
class Letterhead:
    """Who speaks: a network with its sentence, and how it is reached."""

    name: str = "Tavolo"
    sentence: str = ""
    contact: str = ""
    logo: Logo | None = None


def pdf(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str,
    about: str = "",
    foot: str = "",
    letterhead: Letterhead | None = None,
    on: date | None = None,
) -> bytes:
    """Set a paper and return it as PDF/A-2a with PDF/UA-1; equal bytes for equal input.

    `template` is `"<room>/<name>"`. `data` is what it says, in values that JSON knows. `about` is one
    sentence beneath the title, `foot` stands at the foot of every page, `on` is the day of the paper
    (today), and the only moment in the file. Signs that the typefaces have not are shown as “□”.
    Refuses with PaperTooLarge, PaperTookTooLong and NotPrintable.
    """
    asked = _asked(
        template,
        data,
        title=title,
        language=language,
        about=about,
        foot=foot,
        letterhead=letterhead,
        on=on,
    )
    return _made(json.dumps(asked))


def kept_pdf(template: str, data: Mapping[str, Any], **told: Any) -> bytes:
    """As `pdf`, kept for a week under what it says: for papers that anybody may ask for."""
    asked = json.dumps(_asked(template, data, **told))
    key = sha256(asked.encode()).hexdigest()
    kept = caches["drawings"]
    found: bytes | None = kept.get(key)
    if found is None:
        with _making:
            # Whoever waited finds what another thread has made meanwhile.
            found = kept.get(key)
            if found is None:
                found = _made(asked)
                kept.set(key, found)
    return found


def _made(asked: str) -> bytes:
    made = _set_in_child(asked)
    if len(made) > PDF_BYTES:
        raise PaperTooLarge
    return made


def _asked(
    template: str,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str,
    about: str = "",
    foot: str = "",
    letterhead: Letterhead | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    said = {
        **settable(dict(data)),
        "title": settable_text(title) or _("Without title"),
        "about": settable_text(about),
        "foot": settable_text(foot),
        "language": language,
        "letterhead": _head(letterhead or Letterhead()),
        "words": {"page": _page_words()},
    }
    text = json.dumps(said)
    if len(text) > DATA_BYTES:
        raise PaperTooLarge
    room, name = template.split("/")
    sources = {"main": (room, name), "house.typ": ("documents", "house")}
    moment = datetime.combine(on or clock.today(), time(), tzinfo=UTC)
    return {
        "templates": {
            told: (PACKAGE / room / "typst" / f"{name}.typ").read_text(encoding="utf-8")
            for told, (room, name) in sources.items()
        },
        "data": text,
        "timestamp": int(moment.timestamp()),
    }


def _head(letterhead: Letterhead) -> dict[str, Any]:
    told: dict[str, Any] = settable(asdict(letterhead))
    if letterhead.logo is not None:
        told["logo"]["content"] = list(letterhead.logo.content)
    return told


def _page_words() -> list[str]:
    """What stands before and between the two numbers."""
    first, second, _rest = (_("page %s of %s") % (NUMBER, NUMBER)).split(NUMBER)
    return [first, second]


def _set_in_child(asked: str) -> bytes:
    """What the child made of it. It knows nothing of our environment."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "tavolo.documents.typesetting"],
            input=asked.encode(),
            capture_output=True,
            cwd="/",
            env={"PYTHONPATH": str(PACKAGE.parent), "PYTHONUTF8": "1"},
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise PaperTookTooLong from fault
    if done.returncode == 0:
        return done.stdout
    logger.warning("setting a paper broke off", extra={"status": done.returncode})
    raise PaperTookTooLong if done.returncode < 0 else NotPrintable

"""`tavolo export`: what is there, as a spreadsheet."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.config.commands.kinds import add_kind, network_of
from tavolo.config.commands.terminal import Subjects, command
from tavolo.imports.plugs import import_kinds
from tavolo.imports.queries import export_of
from tavolo.imports.writing import FORMATS, write_table
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import Refusal


class NotForATerminal(Refusal):
    sentence = gettext_lazy("A spreadsheet cannot be shown on a terminal.")
    advice = gettext_lazy("Name a file with --output, or ask for --format csv.")


class CannotWriteThere(Refusal):
    sentence = gettext_lazy("The file cannot be written.")


def add(subjects: Subjects) -> None:
    parser = command(
        subjects, "export", _("Write a spreadsheet that could be imported again."), run
    )
    add_kind(parser)
    parser.add_argument(
        "--format",
        choices=sorted(FORMATS),
        help=_("csv, unless the name of the file says otherwise"),
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help=_("where to write"))


def run(options: argparse.Namespace) -> None:
    """Write to the file, whole or not at all, or to where the output goes.

    Refuses with NotFound what the operator may not export there, NotForATerminal, CannotWriteThere.
    """
    kind, chosen = import_kinds.get(options.kind), options.format or _format_of(options.output)
    leaving = export_of(
        kind, network=network_of(options), actor=OPERATOR, options=dict(options.option)
    )
    with _target(options.output, chosen) as stream:
        write_table(
            stream,
            format=chosen,
            title=str(kind.label),
            headings=leaving.headings,
            rows=leaving.rows,
        )


def _format_of(output: Path | None) -> str:
    """The format that the name of the file asks for."""
    ending = output.suffix.lower() if output else ""
    found = [name for name, (_type, extension) in FORMATS.items() if extension == ending]
    return found[0] if found else "csv"


@contextmanager
def _target(output: Path | None, chosen: str) -> Iterator[BinaryIO]:
    if output is None:
        if chosen != "csv" and sys.stdout.isatty():
            raise NotForATerminal
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = output.with_name(f".{output.name}.part")
    try:
        with draft.open("wb") as stream:
            yield stream
        draft.replace(output)
    except OSError as fault:
        raise CannotWriteThere(advice=str(output)) from fault
    finally:
        draft.unlink(missing_ok=True)
